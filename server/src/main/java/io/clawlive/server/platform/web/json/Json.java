package io.clawlive.server.platform.web.json;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A JSON value as it was sent, before anybody asks what it means. */
public sealed interface Json {
  /** What it is, for a sentence: "an object". */
  String kind();

  /** Members in the order in which they came. */
  record Members(Map<String, Json> members) implements Json {
    @Override
    public String kind() {
      return "an object";
    }
  }

  /** Items in order. */
  record Items(List<Json> items) implements Json {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /** A text. */
  record Text(String text) implements Json {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /** A number, exactly as it was written. */
  record Number(BigDecimal value) implements Json {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** True or false. */
  record Flag(boolean value) implements Json {
    @Override
    public String kind() {
      return "true or false";
    }
  }

  /** Null, which stands for a field that is not set. */
  enum Nothing implements Json {
    NULL;

    @Override
    public String kind() {
      return "null";
    }
  }
}
