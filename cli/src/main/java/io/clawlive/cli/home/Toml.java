package io.clawlive.cli.home;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The part of TOML that our files use: tables, and keys with a string, number or boolean on one
 * line. Anything else is refused with its line number. A whole TOML library costs every command
 * more start-up time than all of its own work.
 */
final class Toml {
  private static final String BARE = "[A-Za-z0-9_-]+";
  private static final String BASIC = "\"(?:[^\"\\\\]|\\\\.)*\"";
  private static final String LITERAL = "'[^']*'";
  private static final String KEY = "(?:" + BARE + "|" + BASIC + "|" + LITERAL + ")";
  private static final String END = "\\s*(?:#.*)?";
  private static final Pattern NOTHING = Pattern.compile(END);
  private static final Pattern TABLE =
      Pattern.compile("\\s*\\[\\s*(" + KEY + "(?:\\s*\\.\\s*" + KEY + ")*)\\s*\\]" + END);
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*(" + KEY + ")\\s*=\\s*(" + BASIC + "|" + LITERAL + "|[+\\-A-Za-z0-9_.:]+)" + END);
  private static final Pattern KEYS = Pattern.compile(KEY);

  private final Map<List<String>, Map<String, String>> tables = new LinkedHashMap<>();

  static Toml empty() {
    return new Toml();
  }

  /** Reads a text; the name stands in the message when it is broken. */
  static Toml read(String text, String name) {
    Toml toml = new Toml();
    List<String> table = List.of();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Matcher header = TABLE.matcher(line);
      Matcher entry = ENTRY.matcher(line);
      if (header.matches()) {
        table = KEYS.matcher(header.group(1)).results().map(key -> plain(key.group())).toList();
      } else if (entry.matches()) {
        toml.put(table, plain(entry.group(1)), plain(entry.group(2)));
      } else if (!NOTHING.matcher(line).matches()) {
        throw new Failure(
            ExitCode.FAILED,
            "%s, line %d is not understood. Expected a [table], a line such as server = \"127.0.0.1:9090\", or a # comment."
                .formatted(name, number));
      }
    }
    return toml;
  }

  Map<String, String> table(String... path) {
    return tables.getOrDefault(List.of(path), Map.of());
  }

  /** Names of the tables directly below a path. */
  List<String> tablesBelow(String... path) {
    List<String> above = List.of(path);
    return tables.keySet().stream()
        .filter(key -> key.size() == above.size() + 1 && key.subList(0, above.size()).equals(above))
        .map(List::getLast)
        .toList();
  }

  void put(List<String> table, String key, String value) {
    tables.computeIfAbsent(table, absent -> new LinkedHashMap<>()).put(key, value);
  }

  void remove(List<String> table) {
    tables.remove(table);
  }

  void remove(List<String> table, String key) {
    Map<String, String> entries = tables.get(table);
    if (entries != null && entries.remove(key) != null && entries.isEmpty()) {
      tables.remove(table);
    }
  }

  /** The text of all tables; comments of a file that was read are not kept. */
  String write() {
    List<String> parts = new ArrayList<>();
    tables.forEach((path, entries) -> {
      StringBuilder part = new StringBuilder();
      if (!path.isEmpty()) {
        part.append('[');
        part.append(path.stream().map(Toml::key).collect(Collectors.joining(".")));
        part.append("]\n");
      }
      entries.forEach(
          (key, value) -> part.append(key(key)).append(" = ").append(quoted(value)).append('\n'));
      // Keys without a table must come before the first table.
      parts.add(path.isEmpty() ? 0 : parts.size(), part.toString());
    });
    return String.join("\n", parts);
  }

  private static String key(String key) {
    return key.matches(BARE) ? key : quoted(key);
  }

  private static String quoted(String value) {
    return value
        .codePoints()
        .mapToObj(c ->
            switch (c) {
              case '"' -> "\\\"";
              case '\\' -> "\\\\";
              default -> Character.isISOControl(c) ? "\\u%04X".formatted(c) : Character.toString(c);
            })
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String plain(String token) {
    if (token.startsWith("'")) {
      return token.substring(1, token.length() - 1);
    }
    if (!token.startsWith("\"")) {
      return token;
    }
    return Pattern.compile("\\\\(u[0-9A-Fa-f]{4}|.)")
        .matcher(token.substring(1, token.length() - 1))
        .replaceAll(match -> Matcher.quoteReplacement(escaped(match.group(1))));
  }

  private static String escaped(String code) {
    return switch (code.charAt(0)) {
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'r' -> "\r";
      case 'u' ->
          code.length() == 5 ? Character.toString(Integer.parseInt(code.substring(1), 16)) : code;
      default -> code;
    };
  }
}
