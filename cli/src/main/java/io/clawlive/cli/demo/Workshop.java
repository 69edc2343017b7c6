package io.clawlive.cli.demo;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.text.LineSplitter;
import io.clawlive.sdk.SessionPublisher;
import io.clawlive.streams.v1.LogLevel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the demo's commands run: the project's folder, and a scratch folder for what they make. */
final class Workshop {
  private static final int MOST_LINES = 250;
  private static final int MOST_SHOWN = 100;
  private static final int LONGEST_SECONDS = 30;

  private final SessionPublisher publisher;
  private final Path root;

  Workshop(SessionPublisher publisher) {
    this.publisher = publisher;
    String launcher = System.getProperty("clawlive.launcher");
    Path folder = launcher == null ? null : Path.of(launcher).toAbsolutePath().getParent();
    this.root = folder == null ? Path.of("").toAbsolutePath() : folder;
  }

  Path root() {
    return root;
  }

  /** Whether there are both a history and a git to read it. */
  boolean hasHistory() throws InterruptedException {
    return !read(List.of("git", "rev-parse", "--verify", "HEAD")).isEmpty();
  }

  /** A tool of the JDK that runs us. */
  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  int run(String module, List<String> command) throws InterruptedException {
    return run(module, command, UnaryOperator.identity());
  }

  /** Runs a command and logs its lines as they come; the operator shortens them or empties them. */
  int run(String module, List<String> command, UnaryOperator<String> shorten)
      throws InterruptedException {
    publisher.log(LogLevel.LOG_LEVEL_DEBUG, module, "$ " + shown(command));
    int[] lines = {0};
    return execute(
        command,
        (line, continued) -> {
          String text = shorten.apply(line);
          if (!text.isEmpty() && lines[0]++ < MOST_LINES) {
            publisher.log(LogLevel.LOG_LEVEL_INFO, module, text);
          }
        });
  }

  /** The command as a person would write it: no folders of this machine, no long list of files. */
  private static String shown(List<String> command) {
    String line =
        command.stream()
            .map(word -> word.contains(File.separator) ? "…" : word)
            .collect(Collectors.joining(" "));
    String named = Path.of(command.getFirst()).getFileName() + line.substring(line.indexOf(' '));
    return named.length() > MOST_SHOWN ? named.substring(0, MOST_SHOWN) + " …" : named;
  }

  /** The lines that a command prints; none when it fails. */
  List<String> read(List<String> command) throws InterruptedException {
    List<String> lines = new ArrayList<>();
    return execute(command, (line, continued) -> lines.add(line)) == 0 ? lines : List.of();
  }

  private int execute(List<String> command, LineSplitter.Lines lines) throws InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .start();
    } catch (IOException e) {
      return -1; // Not installed here; the job says so and goes on.
    }
    try (InputStream output = process.getInputStream()) {
      LineSplitter splitter = new LineSplitter(lines);
      byte[] buffer = new byte[8192];
      for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
        splitter.accept(buffer, 0, n);
      }
      splitter.end();
      return process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1;
    } finally {
      process.destroy();
    }
  }

  Path scratch() {
    try {
      return Files.createTempDirectory("clawlive-demo");
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILED,
          "No folder can be made in %s: %s. Free some space there."
              .formatted(System.getProperty("java.io.tmpdir"), e.getMessage()),
          e);
    }
  }

  void discard(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      return; // Left to the system's own cleaning of its temporary folder.
    }
  }
}
