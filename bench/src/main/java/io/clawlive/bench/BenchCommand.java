package io.clawlive.bench;

import io.clawlive.bench.fanout.FanOut;
import io.clawlive.bench.faults.Faults;
import io.clawlive.bench.ingest.Ingest;
import io.clawlive.bench.load.Effort;
import io.clawlive.bench.logins.Logins;
import io.clawlive.bench.pipe.Pipe;
import io.clawlive.bench.replay.Replay;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.report.Row;
import io.clawlive.bench.rooms.RoomsLoad;
import io.clawlive.bench.sandbox.SandboxLoad;
import io.clawlive.bench.socketio.SocketIo;
import io.clawlive.bench.startup.StartUp;
import io.clawlive.bench.target.Postgres;
import io.clawlive.bench.target.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of the harness. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    description = {
      "Measures Claw Live through its public doors, with peers beside it in the same run.",
      "",
      "The table goes to stdout, progress to stderr. Exit code 0 when every requirement is met,",
      "1 when one is missed or a workload failed, 2 for a wrong command line."
    })
final class BenchCommand implements Callable<Integer> {
  private static final Map<String, Workload> WORKLOADS = workloads();

  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "WORKLOAD",
      description =
          "One or more of ingest, fan-out, web, rooms, replay, pipe, start-up, logins, sandbox,"
              + " socket-io, faults.")
  List<String> names = List.of();

  @Option(names = "--quick", description = "Short runs: to see that it works, not for figures.")
  boolean quick;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the rows as JSON.")
  @Nullable Path json;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "1",
      description = "How long faults kills servers. Default: ${DEFAULT-VALUE}.")
  double minutes;

  @Option(
      names = "--agents",
      paramLabel = "N",
      defaultValue = "1000",
      description = {
        "Agents in rooms, 20 to a room: a multiple of 20, at most 10,000. What is required is",
        "required of ${DEFAULT-VALUE}, the default."
      })
  int agents = 1_000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Use this data directory and keep it, so that replay need not load its events again.",
        "Default: a fresh one for every workload."
      })
  @Nullable Path data;

  @Option(
      names = "--postgres-url",
      paramLabel = "URL",
      description = {
        "Let servers and peers use this PostgreSQL, as jdbc:postgresql://HOST:PORT/DATABASE.",
        "Password in CLAWLIVE_POSTGRES_PASSWORD. Default: the server's own."
      })
  @Nullable String postgresUrl;

  @Option(
      names = "--postgres-user",
      paramLabel = "NAME",
      defaultValue = "clawlive",
      description = "User for --postgres-url. Default: ${DEFAULT-VALUE}.")
  String postgresUser = "clawlive";

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "bench/target/work",
      description = "Folder for data directories and logs. Default: ${DEFAULT-VALUE}.")
  Path work = Path.of("bench/target/work");

  private static Map<String, Workload> workloads() {
    Map<String, Workload> all = new LinkedHashMap<>();
    all.put("ingest", Ingest::run);
    all.put("fan-out", FanOut::run);
    all.put("web", FanOut::throughTheWebDoor);
    all.put("rooms", RoomsLoad::run);
    all.put("replay", Replay::run);
    all.put("pipe", Pipe::run);
    all.put("start-up", StartUp::run);
    all.put("logins", Logins::run);
    all.put("sandbox", SandboxLoad::run);
    all.put("socket-io", SocketIo::run);
    all.put("faults", Faults::run);
    return all;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> chosen = names.isEmpty() ? List.copyOf(WORKLOADS.keySet()) : names;
    for (String name : chosen) {
      if (!WORKLOADS.containsKey(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "no workload '" + name + "'; there are " + String.join(", ", WORKLOADS.keySet()));
      }
    }
    if (agents < 20 || agents > 10_000 || agents % 20 != 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--agents is " + agents + "; it must be a multiple of 20 from 20 to 10000");
    }
    target().prepare();
    var report = new Report();
    Environment.describe(report);
    Effort effort = quick ? Effort.quick(agents) : Effort.full(minutes, agents);
    boolean failed = false;
    for (String name : chosen) {
      failed |= !run(name, effort, report);
    }
    print(report);
    return failed || report.missed() ? 1 : 0;
  }

  private boolean run(String name, Effort effort, Report report) {
    Report.progress("== " + name);
    try {
      WORKLOADS.get(name).run(target(), effort, report);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception e) {
      // One workload that fails must not take the figures of the others with it.
      report.add(Row.notRun(name, "failed", String.valueOf(e.getMessage())));
      e.printStackTrace(spec.commandLine().getErr());
      return false;
    }
  }

  private Target target() {
    Optional<Postgres> postgres =
        Optional.ofNullable(postgresUrl)
            .map(url ->
                new Postgres(
                    url,
                    postgresUser,
                    System.getenv().getOrDefault("CLAWLIVE_POSTGRES_PASSWORD", "")));
    return new Target(work.toAbsolutePath(), postgres, Optional.ofNullable(data));
  }

  private void print(Report report) throws IOException {
    var out = spec.commandLine().getOut();
    out.println(report.text());
    out.flush();
    if (json != null) {
      Files.writeString(json, report.json() + "\n");
    }
  }
}
