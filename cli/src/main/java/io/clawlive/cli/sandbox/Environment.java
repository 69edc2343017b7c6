package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The environment of a new sandbox: the lines of a file, and single variables, which go before
 * them. Messages name a variable and never its value.
 */
final class Environment {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
  private static final int MOST = 128;
  private static final int LONGEST = 32_768;
  private static final long LARGEST_FILE = 8L << 20;

  @Option(
      names = "--env",
      paramLabel = "K=V",
      description = "A variable, at most 128. Not for secrets: who may see the sandbox reads it.")
  private List<String> single = new ArrayList<>();

  @Option(
      names = "--env-file",
      paramLabel = "FILE",
      description = "Variables, one K=V a line; empty lines and those that begin with # are none.")
  private @Nullable Path file;

  /** All of them; ends the command with a sentence when one is wrong. */
  Map<String, String> read() {
    Map<String, String> env = new LinkedHashMap<>();
    int number = 0;
    for (String line : lines()) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        put(env, line, "--env-file: line " + number + " of " + file);
      }
    }
    single.forEach(pair -> put(env, pair, "--env"));
    if (env.size() > MOST) {
      throw wrong("--env: %d variables. Expected at most %d.".formatted(env.size(), MOST));
    }
    return env;
  }

  private List<String> lines() {
    if (file == null) {
      return List.of();
    }
    try {
      if (Files.size(file) > LARGEST_FILE) {
        throw wrong("--env-file: %s is larger than 8 MiB.".formatted(file));
      }
      return Files.readString(file).lines().toList();
    } catch (IOException e) {
      throw new Failure(
          ExitCode.USAGE,
          "--env-file: %s cannot be read as text (%s). Expected lines K=V."
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  static void put(Map<String, String> env, String pair, String where) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? "" : pair.substring(0, equals);
    if (equals < 0) {
      throw wrong(where + ": there is no '=' in it. Expected K=V.");
    }
    if (!NAME.matcher(name).matches()) {
      throw wrong(
          "%s: '%s' is no name of a variable. Expected letters, digits and _, at most 128, no digit first."
              .formatted(where, name));
    }
    String value = pair.substring(equals + 1);
    if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw wrong("%s: the value of %s is longer than %d bytes.".formatted(where, name, LONGEST));
    }
    env.put(name, value);
  }

  private static Failure wrong(String sentence) {
    return new Failure(ExitCode.USAGE, sentence);
  }
}
