package io.clawlive.server.platform.web.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads one member of an object and steps over what stands before it: for whoever must know it
 * before the rest deserves to be read. Nothing is built of the rest, and it may be no JSON at all.
 */
public final class FirstLook {
  private FirstLook() {}

  /**
   * The text of a member of the outermost object.
   *
   * @throws io.clawlive.server.platform.grpc.Refusal when there is none
   */
  public static String text(byte[] utf8, String member) {
    try (JsonParser parser = JsonText.FACTORY.createParser(utf8)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Wrong.at("", "The body is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(member);
        JsonToken value = parser.nextToken();
        if (wanted && value == JsonToken.VALUE_STRING) {
          return parser.getText();
        } else if (wanted) {
          break;
        }
        parser.skipChildren();
      }
      throw Wrong.at(member, "expected a text");
    } catch (JsonProcessingException e) {
      throw Wrong.at("", "The body is not JSON: " + JsonText.reason(e));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
