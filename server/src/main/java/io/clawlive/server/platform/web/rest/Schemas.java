package io.clawlive.server.platform.web.rest;

import build.buf.validate.FieldRules;
import build.buf.validate.Int32Rules;
import build.buf.validate.Int64Rules;
import build.buf.validate.RepeatedRules;
import build.buf.validate.StringRules;
import build.buf.validate.ValidateProto;
import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import io.clawlive.server.platform.web.json.EnumWords;
import io.clawlive.server.platform.web.json.EventShape;
import io.clawlive.server.platform.web.json.WellKnown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** JSON Schemas of the contract's messages, with the rules that stand beside their fields. */
final class Schemas {
  private static final String TYPE = "type";

  private final Comments comments;
  private final Map<String, Document> named = new TreeMap<>();

  Schemas(Comments comments) {
    this.comments = comments;
  }

  /** The schemas of every message that was referred to. */
  Document all() {
    var all = new Document();
    named.forEach(all::put);
    return all;
  }

  /** Refers to the schema of a message. */
  Document of(Descriptor message) {
    WellKnown known = WellKnown.of(message);
    if (known != null) {
      return wellKnown(known, message);
    }
    String name = message.getFullName();
    if (!named.containsKey(name)) {
      // Before its fields, which may refer back to it.
      named.put(name, new Document());
      named.put(name, EventShape.is(message) ? event(message) : object(message, Set.of()));
    }
    return new Document().put("$ref", "#/components/schemas/" + name);
  }

  /** The schema of a message itself, without some of its fields. */
  Document object(Descriptor message, Set<String> without) {
    var properties = new Document();
    List<String> required = new ArrayList<>();
    for (FieldDescriptor field : message.getFields()) {
      if (!without.contains(field.getName())) {
        properties.put(field.getName(), property(field));
        if (isRequired(field)) {
          required.add(field.getName());
        }
      }
    }
    return object(message, properties, required);
  }

  private Document object(Descriptor message, Document properties, List<String> required) {
    var schema =
        new Document()
            .put(TYPE, "object")
            .describe(comments.of(message.getFullName()))
            .put("properties", properties);
    return required.isEmpty() ? schema : schema.put("required", Document.texts(required));
  }

  private Document event(Descriptor message) {
    List<FieldDescriptor> kinds = EventShape.kinds(message);
    List<Document> payloads = kinds.stream().map(kind -> of(kind.getMessageType())).toList();
    var properties =
        new Document()
            .put(
                EventShape.TYPE,
                new Document()
                    .put(TYPE, "string")
                    .describe("What happened; a kind of a newer server is written unknown:22.")
                    .put(
                        "examples",
                        Document.texts(kinds.stream().map(FieldDescriptor::getName).toList())))
            .put(
                EventShape.PAYLOAD,
                new Document().describe("As its type says.").put("anyOf", Document.list(payloads)));
    message.getFields().stream()
        .filter(field -> !kinds.contains(field))
        .forEach(field -> properties.put(field.getName(), property(field)));
    return object(message, properties, List.of(EventShape.TYPE, EventShape.PAYLOAD));
  }

  /** The schema of a field with what is said of it. */
  Document property(FieldDescriptor field) {
    Document schema = value(field).describe(comments.of(field.getFullName()));
    boolean output =
        field
            .getOptions()
            .getExtension(FieldBehaviorProto.fieldBehavior)
            .contains(FieldBehavior.OUTPUT_ONLY);
    return output ? schema.put("readOnly", true) : schema;
  }

  /** True when a request without it is refused. */
  static boolean isRequired(FieldDescriptor field) {
    FieldRules rules = rules(field);
    StringRules string = rules.getString();
    return !field.hasPresence()
        && (string.getMinLen() > 0
            || string.getUuid()
            || string.hasPattern() && !Pattern.compile(string.getPattern()).matcher("").find()
            || rules.getRepeated().getMinItems() > 0
            || rules.getInt64().getGte() > 0
            || rules.getEnum().getNotInList().contains(0));
  }

  private Document value(FieldDescriptor field) {
    FieldRules rules = rules(field);
    if (field.isMapField()) {
      return new Document()
          .put(TYPE, "object")
          .put("additionalProperties", one(field.getMessageType().findFieldByNumber(2), rules));
    }
    if (!field.isRepeated()) {
      return one(field, rules);
    }
    RepeatedRules list = rules.getRepeated();
    var schema = new Document().put(TYPE, "array").put("items", one(field, list.getItems()));
    if (list.hasMinItems()) {
      schema.put("minItems", list.getMinItems());
    }
    return list.hasMaxItems() ? schema.put("maxItems", list.getMaxItems()) : schema;
  }

  private Document one(FieldDescriptor field, FieldRules rules) {
    return switch (field.getJavaType()) {
      case INT -> bounds(new Document().put(TYPE, "integer").put("format", "int32"), rules);
      case LONG -> bounds(new Document().put(TYPE, "integer").put("format", "int64"), rules);
      case FLOAT, DOUBLE -> new Document().put(TYPE, "number");
      case BOOLEAN -> new Document().put(TYPE, "boolean");
      case STRING -> text(rules.getString());
      case BYTE_STRING -> new Document().put(TYPE, "string").put("contentEncoding", "base64");
      case ENUM -> words(field.getEnumType());
      case MESSAGE -> of(field.getMessageType());
    };
  }

  private static Document bounds(Document schema, FieldRules rules) {
    Int32Rules narrow = rules.getInt32();
    Int64Rules wide = rules.getInt64();
    if (narrow.hasGte() || wide.hasGte()) {
      schema.put("minimum", narrow.hasGte() ? narrow.getGte() : wide.getGte());
    }
    if (narrow.hasLte() || wide.hasLte()) {
      schema.put("maximum", narrow.hasLte() ? narrow.getLte() : wide.getLte());
    }
    return schema;
  }

  private static Document text(StringRules rules) {
    var schema = new Document().put(TYPE, "string");
    if (rules.getUuid()) {
      schema.put("format", "uuid");
    }
    if (rules.hasMinLen()) {
      schema.put("minLength", rules.getMinLen());
    }
    if (rules.hasMaxLen()) {
      schema.put("maxLength", rules.getMaxLen());
    }
    // What JSON Schema's regular expressions do not know is left to the server.
    if (rules.hasPattern() && !rules.getPattern().contains("(?")) {
      schema.put("pattern", rules.getPattern());
    }
    return schema;
  }

  private Document words(EnumDescriptor type) {
    var said = new StringBuilder();
    type.getValues()
        .forEach(value ->
            said.append("- `")
                .append(EnumWords.word(value))
                .append("`: ")
                .append(comments.of(type.getFullName() + "." + value.getName()))
                .append('\n'));
    String name = type.getFullName();
    if (!named.containsKey(name)) {
      named.put(
          name,
          new Document()
              .put(TYPE, "string")
              .put("enum", Document.texts(type.getValues().stream().map(EnumWords::word).toList()))
              .describe(comments.of(name) + "\n\n" + said));
    }
    return new Document().put("$ref", "#/components/schemas/" + name);
  }

  private Document wellKnown(WellKnown known, Descriptor message) {
    return switch (known) {
      case TIMESTAMP -> new Document().put(TYPE, "string").put("format", "date-time");
      case DURATION -> new Document().put(TYPE, "string").put("pattern", "^-?[0-9]+([.][0-9]+)?s$");
      case FIELD_MASK -> new Document().put(TYPE, "string");
      case STRUCT -> new Document().put(TYPE, "object").put("additionalProperties", true);
      case VALUE -> new Document();
      case LIST_VALUE -> new Document().put(TYPE, "array");
      case WRAPPER -> one(message.findFieldByNumber(1), FieldRules.getDefaultInstance());
    };
  }

  /** True for a field that a query parameter can hold. */
  static boolean isSingle(FieldDescriptor field) {
    return field.getJavaType() != JavaType.MESSAGE
        || !field.isMapField() && WellKnown.of(field.getMessageType()) != null;
  }

  private static FieldRules rules(FieldDescriptor field) {
    return field.getOptions().getExtension(ValidateProto.field);
  }
}
