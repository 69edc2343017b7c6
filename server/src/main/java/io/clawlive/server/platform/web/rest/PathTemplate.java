package io.clawlive.server.platform.web.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A path of the contract, in the language of {@code google.api.http}: literal segments, {@code *}
 * for one segment, {@code **} for one or more at the end, {@code {field}} and {@code {field=a/*}}
 * for what becomes a field of the request, and a verb after a colon.
 *
 * @param segments what the path must be made of
 * @param variables which of the segments become fields
 * @param verb the word after the colon; empty when there is none
 */
record PathTemplate(List<String> segments, List<Variable> variables, String verb) {
  private static final String ONE = "*";
  private static final String MANY = "**";
  private static final Pattern VARIABLE = Pattern.compile("\\{([a-z0-9_.]+)(?:=([^{}]+))?}");
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");

  /** The more a template says, the earlier it is tried. */
  static final Comparator<PathTemplate> MOST_LITERAL_FIRST = PathTemplate::compareByLiterals;

  /** Segments from start to end, of which the last may stand for many, make the field. */
  record Variable(String field, int start, int end) {}

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException when it is none, a fault of the contract
   */
  static PathTemplate of(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with '/': " + text);
    }
    int colon = text.indexOf(':', Math.max(text.lastIndexOf('/'), text.lastIndexOf('}')));
    String verb = colon < 0 ? "" : text.substring(colon + 1);
    String path = text.substring(1, colon < 0 ? text.length() : colon);
    List<String> segments = new ArrayList<>();
    List<Variable> variables = new ArrayList<>();
    for (String part : parts(path)) {
      Matcher variable = VARIABLE.matcher(part);
      int start = segments.size();
      if (variable.matches()) {
        String inner = variable.group(2) == null ? ONE : variable.group(2);
        segments.addAll(List.of(inner.split("/", -1)));
        variables.add(new Variable(variable.group(1), start, segments.size()));
      } else {
        segments.add(part);
      }
    }
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      boolean wild = segment.equals(ONE) || segment.equals(MANY) && i == segments.size() - 1;
      if (!wild && !LITERAL.matcher(segment).matches()) {
        throw new IllegalArgumentException("segment '" + segment + "' in " + text);
      }
    }
    if (colon >= 0 && !LITERAL.matcher(verb).matches()) {
      throw new IllegalArgumentException("verb '" + verb + "' in " + text);
    }
    return new PathTemplate(List.copyOf(segments), List.copyOf(variables), verb);
  }

  /** Cuts at slashes, but not inside of braces. */
  private static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i <= path.length(); i++) {
      char c = i == path.length() ? '/' : path.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      } else if (c == '/' && (depth == 0 || i == path.length())) {
        parts.add(path.substring(start, i));
        start = i + 1;
      }
    }
    return parts;
  }

  /** The fields that a path gives, as it came, if it is of this template. */
  Optional<Map<String, String>> match(RequestPath path) {
    List<String> found = path.segments(verb);
    int fixed = many() ? segments.size() - 1 : segments.size();
    if (found.isEmpty() || (many() ? found.size() <= fixed : found.size() != fixed)) {
      return Optional.empty();
    }
    for (int i = 0; i < fixed; i++) {
      if (!segments.get(i).equals(ONE) && !segments.get(i).equals(found.get(i))) {
        return Optional.empty();
      }
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (Variable variable : variables) {
      int end = many() && variable.end == segments.size() ? found.size() : variable.end;
      fields.put(variable.field, String.join("/", found.subList(variable.start, end)));
    }
    return Optional.of(fields);
  }

  /** The same for every template that the same paths match. */
  String shape() {
    return "/" + String.join("/", segments) + (verb.isEmpty() ? "" : ":" + verb);
  }

  /** As OpenAPI writes it: {@code /v1/agents/{agent}:rotate}. */
  String braced() {
    String path =
        IntStream.range(0, segments.size())
            .mapToObj(i ->
                variables.stream()
                    .filter(variable -> variable.start <= i && i < variable.end)
                    .map(variable -> variable.start == i ? "{" + variable.field + "}" : "")
                    .findFirst()
                    .orElse(segments.get(i)))
            .filter(segment -> !segment.isEmpty())
            .collect(Collectors.joining("/", "/", ""));
    return verb.isEmpty() ? path : path + ":" + verb;
  }

  private boolean many() {
    return segments.getLast().equals(MANY);
  }

  private static int compareByLiterals(PathTemplate one, PathTemplate other) {
    int common = Math.min(one.segments.size(), other.segments.size());
    for (int i = 0; i < common; i++) {
      int difference = vagueness(one.segments.get(i)) - vagueness(other.segments.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    int longer = other.segments.size() - one.segments.size();
    return longer != 0 ? longer : Boolean.compare(one.verb.isEmpty(), other.verb.isEmpty());
  }

  private static int vagueness(String segment) {
    return switch (segment) {
      case ONE -> 1;
      case MANY -> 2;
      default -> 0;
    };
  }
}
