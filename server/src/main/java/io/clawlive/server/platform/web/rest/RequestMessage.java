package io.clawlive.server.platform.web.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.clawlive.server.platform.web.json.Json;
import io.clawlive.server.platform.web.json.MessageReader;
import io.clawlive.server.platform.web.json.WellKnown;
import io.clawlive.server.platform.web.json.Wrong;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds the request message of a route from what an HTTP request brings. */
final class RequestMessage {
  /** How the documents call the size of a page. */
  private static final String LIMIT = "limit";

  private static final String PAGE_SIZE = "page_size";

  private final Route route;
  private final DynamicMessage.Builder message;

  RequestMessage(Route route) {
    this.route = route;
    this.message = DynamicMessage.newBuilder(route.rpc().getInputType());
  }

  /** Fills what the body stands for; a route without a body takes none. */
  RequestMessage body(@Nullable Json body) {
    if (body == null) {
      return this;
    }
    if (route.body().isEmpty()) {
      throw Wrong.at("", route + " takes no body");
    }
    if (route.body().equals(Route.WHOLE)) {
      MessageReader.read(body, message, "");
    } else {
      FieldDescriptor field =
          Objects.requireNonNull(message.getDescriptorForType().findFieldByName(route.body()));
      MessageReader.readField(field, body, message, "");
    }
    return this;
  }

  /** Fills the fields that the path gives. The body may repeat them, but not say otherwise. */
  RequestMessage path(Map<String, String> fields) {
    fields.forEach((path, text) -> {
      Place place = place(path);
      if (place == null) {
        throw new IllegalStateException(route + " has no field " + path);
      }
      Object before = place.in.getField(place.field);
      boolean named =
          place.field.hasPresence()
              ? place.in.hasField(place.field)
              : !before.equals(place.field.getDefaultValue());
      place.in.clearField(place.field);
      MessageReader.readText(place.field, text, place.in, path);
      if (named && !before.equals(place.in.getField(place.field))) {
        throw Wrong.at(path, "the body says otherwise than the path");
      }
    });
    return this;
  }

  /** Fills the fields that the query names. */
  RequestMessage query(Map<String, List<String>> parameters) {
    parameters.forEach((name, values) -> {
      Place place = route.body().equals(Route.WHOLE) ? null : place(name);
      if (place == null || place.field.getName().equals(route.body())) {
        throw Wrong.at(name, "there is no such query parameter of " + route);
      }
      if (place.field.isRepeated()) {
        values.forEach(value -> MessageReader.readText(place.field, value, place.in, name));
      } else if (values.size() > 1) {
        throw Wrong.at(name, "stands there twice");
      } else {
        MessageReader.readText(place.field, values.getFirst(), place.in, name);
      }
    });
    return this;
  }

  /** Marks the call as the one that may have been made before under this key. */
  RequestMessage idempotencyKey(@Nullable String key) {
    if (key != null) {
      IdempotencyKey.apply(key, message);
    }
    return this;
  }

  /** The message. */
  DynamicMessage build() {
    return message.build();
  }

  /** A field and the message that it is set in. */
  private record Place(Message.Builder in, FieldDescriptor field) {}

  /** Where a path such as {@code filter.status} leads; null when it leads nowhere. */
  private @Nullable Place place(String path) {
    Message.Builder in = message;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length; i++) {
      FieldDescriptor field = field(in.getDescriptorForType(), names[i]);
      if (field == null) {
        return null;
      }
      if (i == names.length - 1) {
        return new Place(in, field);
      }
      if (field.getJavaType() != JavaType.MESSAGE
          || field.isRepeated()
          || WellKnown.of(field.getMessageType()) != null) {
        return null;
      }
      in = in.getFieldBuilder(field);
    }
    return null;
  }

  private static @Nullable FieldDescriptor field(Descriptor type, String name) {
    FieldDescriptor field = MessageReader.field(type, name);
    return field == null && name.equals(LIMIT) ? type.findFieldByName(PAGE_SIZE) : field;
  }
}
