package io.clawlive.bench.target;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts the programs under test, each workload's in a folder of its own.
 *
 * @param work folder for homes, data directories and logs
 * @param outside the PostgreSQL that servers are to use; empty means the server's own
 * @param data data directory to use and keep; empty means a fresh one for each workload
 */
public record Target(Path work, Optional<Postgres> outside, Optional<Path> data) {
  private static final long BUILD_MINUTES = 15;

  /** Lets the launcher build what it has to build, so that no measurement waits for it. */
  public void prepare() throws IOException, InterruptedException {
    Path folder = fresh("prepare");
    Path log = folder.resolve("version.log");
    Process version =
        cli(folder, "version").redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!version.waitFor(BUILD_MINUTES, TimeUnit.MINUTES) || version.exitValue() != 0) {
      version.destroyForcibly();
      throw new IOException("clawlive version failed: " + Files.readString(log));
    }
  }

  /** Folder of a workload, empty at first. */
  public Path fresh(String workload) throws IOException {
    Path folder = work.resolve(workload);
    delete(folder);
    return Files.createDirectories(folder);
  }

  /** Starts a server with its home in this folder. Started again there, it finds its data. */
  public RunningServer serve(Path folder) throws IOException, InterruptedException {
    return serve(folder, Ports.free());
  }

  /** As {@link #serve(Path)}, on a given port. */
  public RunningServer serve(Path folder, int port) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(Commands.fromEnvironment().server());
    arguments.addAll(List.of("--grpc-port", Integer.toString(port)));
    arguments.addAll(List.of("--http-port", "0"));
    arguments.addAll(List.of("--data", dataOf(folder).toString()));
    outside.ifPresent(postgres ->
        arguments.addAll(
            List.of("--postgres-url", postgres.jdbcUrl() + "?user=" + postgres.user())));
    var command = new ProcessBuilder(arguments);
    command.environment().put("CLAWLIVE_HOME", folder.toString());
    outside.ifPresent(
        postgres -> command.environment().put("CLAWLIVE_POSTGRES_PASSWORD", postgres.password()));
    return RunningServer.start(command, folder);
  }

  /** The PostgreSQL under the server that runs in this folder. */
  public Postgres postgres(Path folder) throws IOException {
    return outside.isPresent() ? outside.get() : EmbeddedAddress.read(dataOf(folder));
  }

  private Path dataOf(Path folder) {
    return data.orElse(folder.resolve("data")).toAbsolutePath();
  }

  /** The command line with these arguments, sharing the home of the server in this folder. */
  public ProcessBuilder cli(Path folder, String... arguments) {
    var command =
        new ProcessBuilder(Commands.join(Commands.fromEnvironment().cli(), List.of(arguments)));
    command.environment().put("CLAWLIVE_HOME", folder.toString());
    return command;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
