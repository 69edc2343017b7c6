package io.clawlive.server.platform.web.rest;

import io.clawlive.server.platform.web.json.Wrong;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The query of a URL. */
final class QueryText {
  /** More than any request of the contract could need. */
  private static final int MAX_PARAMETERS = 256;

  private QueryText() {}

  /** The values of each parameter in the order in which they came. */
  static Map<String, List<String>> parse(@Nullable String raw) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return parameters;
    }
    String[] pairs = raw.split("&");
    if (pairs.length > MAX_PARAMETERS) {
      throw Wrong.at("", "The URL has more than " + MAX_PARAMETERS + " query parameters");
    }
    for (String pair : pairs) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters
            .computeIfAbsent(RequestPath.decoded(name, true), any -> new ArrayList<>())
            .add(RequestPath.decoded(value, true));
      }
    }
    return parameters;
  }
}
