package io.clawlive.server.platform.web.rest;

import io.clawlive.server.platform.web.json.Wrong;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The path of a request as it was sent, cut before it is decoded: an encoded slash or colon is part
 * of a name and never a border.
 */
final class RequestPath {
  /** All of the last segment is a name. */
  private final List<String> whole;

  /** The last segment ends before its colon. */
  private final List<String> stem;

  private final String verb;

  private RequestPath(List<String> whole, List<String> stem, String verb) {
    this.whole = whole;
    this.stem = stem;
    this.verb = verb;
  }

  /**
   * Cuts a path.
   *
   * @param path without the query
   * @throws io.clawlive.server.platform.grpc.Refusal when it cannot be decoded
   */
  static RequestPath of(String path) {
    String[] raw = path.split("/", -1);
    for (int i = 1; i < raw.length; i++) {
      // What names no thing: an empty segment, and dots that mean a folder.
      if (raw[i].isEmpty() || raw[i].equals(".") || raw[i].equals("..")) {
        return new RequestPath(List.of(), List.of(), "");
      }
    }
    List<String> whole =
        Arrays.stream(raw).skip(1).map(segment -> decoded(segment, false)).toList();
    String last = raw[raw.length - 1];
    int colon = last.lastIndexOf(':');
    if (colon <= 0 || whole.isEmpty()) {
      return new RequestPath(whole, List.of(), "");
    }
    List<String> stem = new ArrayList<>(whole);
    stem.set(stem.size() - 1, decoded(last.substring(0, colon), false));
    return new RequestPath(whole, stem, last.substring(colon + 1));
  }

  /**
   * The decoded segments, the verb taken off the last one; empty when the path has not this verb.
   *
   * @param wanted the word expected after the colon; empty when a colon belongs to the name
   */
  List<String> segments(String wanted) {
    return wanted.isEmpty() ? whole : wanted.equals(verb) ? stem : List.of();
  }

  /**
   * Takes percent signs and what they stand for out of a text.
   *
   * @param plus true where a plus sign stands for a space, as in a query
   * @throws io.clawlive.server.platform.grpc.Refusal when it is not UTF-8 in percent signs
   */
  static String decoded(String text, boolean plus) {
    if (text.indexOf('%') < 0 && !(plus && text.indexOf('+') >= 0)) {
      return text;
    }
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      byte b = encoded[i];
      if (b == '%') {
        boolean three = i + 2 < encoded.length;
        int high = three ? Character.digit(encoded[i + 1], 16) : -1;
        int low = three ? Character.digit(encoded[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw Wrong.at("", "After a percent sign two hexadecimal digits are expected in the URL");
        }
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else {
        bytes.put(plus && b == '+' ? (byte) ' ' : b);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw Wrong.at("", "The URL is not UTF-8 where percent signs are taken out");
    }
  }
}
