package io.clawlive.server.platform.web.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as text, RFC 8259 to the letter. */
public final class JsonText {
  /** How deep objects and lists may stand in each other. */
  public static final int MAX_DEPTH = 32;

  /** Digits a number may have; no field of the contract holds more than 20. */
  private static final int MAX_DIGITS = 100;

  static final JsonFactory FACTORY =
      JsonFactory.builder()
          // What callers name is theirs: nothing of it is kept in tables of the process.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_DIGITS)
                  .maxNameLength(1024)
                  .maxStringLength(8 << 20)
                  .build())
          .build();

  private JsonText() {}

  /**
   * Reads one value and nothing beside it.
   *
   * @throws io.clawlive.server.platform.grpc.Refusal when it is not UTF-8, not JSON, deeper than
   *     {@link #MAX_DEPTH}, names a member twice or goes on after the value
   */
  public static Json parse(byte[] utf8) {
    String text = decoded(utf8);
    if (text.startsWith("\uFEFF")) {
      throw Wrong.at("", "The body begins with a byte order mark; JSON has none");
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() == null) {
        throw Wrong.at("", "The body is empty; expected JSON");
      }
      Json value = value(parser, "");
      if (parser.nextToken() != null) {
        throw Wrong.at("", "Something follows the JSON value" + place(parser));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw Wrong.at("", "The body is not JSON: " + reason(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes to a stream, which stays open. */
  public static JsonGenerator generator(OutputStream out) throws IOException {
    JsonGenerator generator = FACTORY.createGenerator(out);
    generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    // One value follows another only where the caller writes what stands between them.
    generator.setRootValueSeparator(new SerializedString(""));
    generator.setCharacterEscapes(new HtmlSafe());
    return generator;
  }

  /** Writes a value. */
  public static void write(Json value, JsonGenerator out) throws IOException {
    switch (value) {
      case Json.Members(Map<String, Json> members) -> {
        out.writeStartObject();
        for (Map.Entry<String, Json> member : members.entrySet()) {
          out.writeFieldName(member.getKey());
          write(member.getValue(), out);
        }
        out.writeEndObject();
      }
      case Json.Items(List<Json> items) -> {
        out.writeStartArray();
        for (Json item : items) {
          write(item, out);
        }
        out.writeEndArray();
      }
      case Json.Text(String text) -> out.writeString(text);
      case Json.Number(BigDecimal number) -> out.writeNumber(number);
      case Json.Flag(boolean flag) -> out.writeBoolean(flag);
      case Json.Nothing _ -> out.writeNull();
    }
  }

  private static Json value(JsonParser parser, String path) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(parser, path);
      case START_ARRAY -> items(parser, path);
      case VALUE_STRING -> new Json.Text(whole(parser.getText(), path));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, path);
      case VALUE_TRUE -> new Json.Flag(true);
      case VALUE_FALSE -> new Json.Flag(false);
      case VALUE_NULL -> Json.Nothing.NULL;
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("no value begins with " + parser.currentToken());
    };
  }

  private static Json members(JsonParser parser, String path) throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String place = Wrong.member(path, name);
      parser.nextToken();
      if (members.put(name, value(parser, place)) != null) {
        throw Wrong.at(place, "stands there twice");
      }
    }
    return new Json.Members(members);
  }

  private static Json items(JsonParser parser, String path) throws IOException {
    List<Json> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, path + "[" + items.size() + "]"));
    }
    return new Json.Items(items);
  }

  private static Json number(JsonParser parser, String path) throws IOException {
    try {
      return new Json.Number(new BigDecimal(parser.getText()));
    } catch (NumberFormatException e) {
      throw Wrong.at(path, "the number is out of every range");
    }
  }

  /** Half a surrogate pair is no text; as UTF-8 it would silently become a question mark. */
  private static String whole(String text, String path) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        if (!Character.isHighSurrogate(unit)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw Wrong.at(path, "the text holds half a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  private static String decoded(byte[] utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw Wrong.at("", "The body is not UTF-8");
    }
  }

  static String reason(JsonProcessingException e) {
    String message = Wrong.quoted(e.getOriginalMessage().lines().findFirst().orElse(""));
    var location = e.getLocation();
    return location == null
        ? message
        : message + " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private static String place(JsonParser parser) {
    var location = parser.currentTokenLocation();
    return " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
