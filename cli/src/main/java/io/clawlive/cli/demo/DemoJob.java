package io.clawlive.cli.demo;

import io.clawlive.sdk.SessionPublisher;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.ProofKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The work of the demo: read the history of this repository, build a part of the command line from
 * its sources, run what was built, show the commit. Every line comes from a command that really
 * runs; what the machine does not have is left out and said.
 */
final class DemoJob {
  private static final Duration THINKING = Duration.ofMillis(700);

  private final SessionPublisher publisher;
  private final Workshop workshop;
  private int round;

  DemoJob(SessionPublisher publisher) {
    this.publisher = publisher;
    this.workshop = new Workshop(publisher);
  }

  /** All of it, in about ten seconds. */
  void run() throws InterruptedException {
    boolean history = history();
    build();
    think(
        "If I ever print a key by accident, such as %s, nobody sees it: it is masked before it is stored."
            .formatted("ghp_" + "x7Kd92LmQp04".repeat(3)));
    if (history) {
      commit();
    }
    think("Done. A watcher who joins now gets all of this from the beginning.");
  }

  /** A shorter round, for a session that stays live. */
  void runAgain() throws InterruptedException {
    round++;
    think("Round %d: is everything as it was?".formatted(round));
    if (workshop.hasHistory()) {
      workshop.run("git", List.of("git", "status", "--short", "--branch"));
      workshop.run(
          "git",
          List.of("git", "log", "-n", "1", "--skip=" + round, "--shortstat", "--format=%h %s"));
    }
    workshop.run("java", List.of(Workshop.tool("java"), "-version"));
  }

  private boolean history() throws InterruptedException {
    if (!workshop.hasHistory()) {
      think("There is no git history here, so I begin with what this machine builds with.");
      workshop.run("java", List.of(Workshop.tool("java"), "-version"));
      return false;
    }
    think("I begin with what happened in this repository lately.");
    workshop.run(
        "git",
        List.of("git", "log", "--shortstat", "-n", "8", "--date=short", "--format=%h %ad %s"));
    return true;
  }

  private void build() throws InterruptedException {
    Path sources = workshop.root().resolve("cli/src/main/java/io/clawlive/cli");
    List<String> files = new ArrayList<>(javaFiles(sources.resolve("text")));
    files.addAll(javaFiles(sources.resolve("shell")));
    if (files.isEmpty()) {
      think("The sources are not here; I ask the tools for their versions instead.");
      workshop.run("java", List.of(Workshop.tool("java"), "-version"));
      return;
    }
    think(
        "Next I compile two packages of the command line, to see that they still build.", "build");
    Path classes = workshop.scratch();
    try {
      String path = System.getProperty("java.class.path");
      List<String> javac =
          new ArrayList<>(
              List.of(
                  Workshop.tool("javac"),
                  "-verbose",
                  "-proc:none",
                  "-d",
                  classes.toString(),
                  "-J-XX:TieredStopAtLevel=1",
                  "-cp",
                  path));
      javac.addAll(files);
      long begun = System.nanoTime();
      int exit =
          workshop.run("javac", javac, line -> line.startsWith("[wrote") ? written(line) : "");
      double seconds = (System.nanoTime() - begun) / 1e9;
      String result =
          "javac ended with %d after %.1f s, %d classes"
              .formatted(exit, seconds, count(classes, ".class"));
      publisher.log(
          exit == 0 ? LogLevel.LOG_LEVEL_INFO : LogLevel.LOG_LEVEL_ERROR, "javac", result);
      if (exit == 0) {
        think("They build. I run the program on what I have just built.", "build");
        workshop.run(
            "clawlive",
            List.of(
                Workshop.tool("java"),
                "-cp",
                classes + System.getProperty("path.separator") + path,
                "io.clawlive.cli.Main",
                "version"));
        publisher.proof(ProofKind.PROOF_KIND_TEST, result, "");
      }
    } finally {
      workshop.discard(classes);
    }
  }

  private void commit() throws InterruptedException {
    List<String> head = workshop.read(List.of("git", "log", "-n", "1", "--format=%H%n%s"));
    if (head.size() == 2) {
      think("This is the commit I looked at.");
      publisher.commit(head.getFirst(), head.getLast());
    }
  }

  private void think(String text, String... tags) throws InterruptedException {
    publisher.thought(text, tags);
    Thread.sleep(THINKING);
  }

  private static String written(String line) {
    int name = line.lastIndexOf("io/clawlive/");
    return name < 0 ? line : "wrote " + line.substring(name).replace("]", "");
  }

  private static List<String> javaFiles(Path sources) {
    return paths(sources, ".java").map(Path::toString).toList();
  }

  private static long count(Path folder, String ending) {
    return paths(folder, ending).count();
  }

  private static Stream<Path> paths(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .sorted(Comparator.naturalOrder())
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
