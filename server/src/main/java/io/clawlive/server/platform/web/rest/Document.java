package io.clawlive.server.platform.web.rest;

import io.clawlive.server.platform.web.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a JSON object in the order in which it is told. */
final class Document {
  private final Map<String, Json> members = new LinkedHashMap<>();

  Document put(String name, Json value) {
    members.put(name, value);
    return this;
  }

  Document put(String name, Document value) {
    return put(name, value.json());
  }

  Document put(String name, String value) {
    return put(name, new Json.Text(value));
  }

  Document put(String name, long value) {
    return put(name, new Json.Number(BigDecimal.valueOf(value)));
  }

  Document put(String name, boolean value) {
    return put(name, new Json.Flag(value));
  }

  /** Puts a text that says something; an empty one is left out. */
  Document describe(String text) {
    return text.isEmpty() ? this : put("description", text);
  }

  Json json() {
    return new Json.Members(members);
  }

  static Json list(List<Document> items) {
    List<Json> values = new ArrayList<>();
    items.forEach(item -> values.add(item.json()));
    return new Json.Items(values);
  }

  static Json texts(List<String> items) {
    List<Json> values = new ArrayList<>();
    items.forEach(item -> values.add(new Json.Text(item)));
    return new Json.Items(values);
  }
}
