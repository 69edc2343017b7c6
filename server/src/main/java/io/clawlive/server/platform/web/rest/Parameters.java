package io.clawlive.server.platform.web.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a route takes beside its body: in the path, in the query and in headers. */
record Parameters(Schemas schemas) {
  /** The parameters of a route. */
  List<Document> of(Route route) {
    List<Document> parameters = new ArrayList<>();
    Descriptor request = route.rpc().getInputType();
    Set<String> taken = new LinkedHashSet<>();
    for (PathTemplate.Variable variable : route.template().variables()) {
      FieldDescriptor field = request.findFieldByName(variable.field());
      parameters.add(
          parameter("path", variable.field(), schemas.property(field)).put("required", true));
      taken.add(variable.field());
    }
    if (!route.body().equals(Route.WHOLE)) {
      taken.add(route.body());
      query(request, "", taken, parameters);
    }
    if (Following.canFollow(route)) {
      parameters.add(
          parameter("query", Following.FOLLOW, new Document().put("type", "boolean"))
              .describe(
                  "1 follows the stream as server-sent events, as `Accept: text/event-stream`"
                      + " does."));
    }
    if (Following.canFollow(route) || route.rpc().isServerStreaming()) {
      parameters.add(header(Following.LAST_EVENT_ID, "The last event that was seen."));
    }
    if (IdempotencyKey.isUnderstood(request)) {
      parameters.add(
          header(
              IdempotencyKey.HEADER,
              "Any text of the caller's; a call that is repeated with it does nothing twice."));
    }
    return parameters;
  }

  private void query(
      Descriptor message, String prefix, Set<String> taken, List<Document> parameters) {
    for (FieldDescriptor field : message.getFields()) {
      String name = prefix + field.getName();
      if (taken.contains(name)) {
        continue;
      }
      if (Schemas.isSingle(field)) {
        var parameter = parameter("query", name, schemas.property(field));
        parameters.add(
            prefix.isEmpty() && Schemas.isRequired(field)
                ? parameter.put("required", true)
                : parameter);
      } else if (!field.isRepeated()) {
        query(field.getMessageType(), name + ".", taken, parameters);
      }
    }
  }

  private static Document header(String name, String said) {
    return parameter("header", name, new Document().put("type", "string")).describe(said);
  }

  private static Document parameter(String in, String name, Document schema) {
    return new Document().put("name", name).put("in", in).put("schema", schema);
  }
}
