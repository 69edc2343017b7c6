package io.clawlive.cli;

import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs commands as a shell would, in this process, with its own environment and streams. */
final class Cli {
  private final Map<String, String> environment = new HashMap<>();

  /** What a command left behind. */
  record Result(int code, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    /** The value of a string field in the JSON that was printed. */
    String field(String name) {
      Matcher value = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(out);
      if (!value.find()) {
        throw new AssertionError("no field " + name + " in: " + out + err);
      }
      return value.group(1);
    }

    Result ok() {
      if (code != 0) {
        throw new AssertionError("exit code " + code + ": " + err + out);
      }
      return this;
    }
  }

  Cli(Path home) {
    environment.put("CLAWLIVE_HOME", home.toString());
  }

  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Result run(String... arguments) {
    return runWith("", arguments);
  }

  Result runWith(String input, String... arguments) {
    return runWith(input.getBytes(StandardCharsets.UTF_8), arguments);
  }

  Result runWith(byte[] input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream in = new ByteArrayInputStream(input);
    Shell shell = new Shell(environment, in, out, err, Terminal.NONE);
    int code = Commands.commandLine(shell, arguments).execute(arguments);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What a command left behind, as bytes. */
  @SuppressWarnings("ArrayRecordComponent") // Looked at, never compared as a whole.
  record Bytes(int code, byte[] out, String err) {}

  /** As {@link #runWith}, for output that is no text. */
  Bytes runBytes(byte[] input, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    InputStream in = new ByteArrayInputStream(input);
    Shell shell = new Shell(environment, in, out, err, Terminal.NONE);
    int code = Commands.commandLine(shell, arguments).execute(arguments);
    return new Bytes(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
  }

  /** A command that is still at work. */
  record Live(
      CompletableFuture<Result> result,
      ByteArrayOutputStream answers,
      ByteArrayOutputStream errors) {
    /** What it has answered so far. */
    String out() {
      return answers.toString(StandardCharsets.UTF_8);
    }

    /** What it has told beside its answer so far. */
    String err() {
      return errors.toString(StandardCharsets.UTF_8);
    }
  }

  /** As {@link #run}, without waiting for the end. */
  Live begin(String... arguments) {
    return beginWith(InputStream.nullInputStream(), arguments);
  }

  /** As {@link #begin}, with input that may come later. */
  Live beginWith(InputStream in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> copy = Map.copyOf(environment);
    Shell shell = new Shell(copy, in, out, err, Terminal.NONE);
    CompletableFuture<Result> result = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          int code = Commands.commandLine(shell, arguments).execute(arguments);
          result.complete(
              new Result(
                  code,
                  out.toString(StandardCharsets.UTF_8),
                  err.toString(StandardCharsets.UTF_8)));
        });
    return new Live(result, out, err);
  }
}
