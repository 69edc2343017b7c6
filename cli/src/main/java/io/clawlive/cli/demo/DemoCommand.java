package io.clawlive.cli.demo;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.OutputClosed;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Signals;
import io.clawlive.cli.view.EventPrinter;
import io.clawlive.live.v1.Session;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.SessionPublisher;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code clawlive demo}. */
@Command(
    name = "demo",
    description = {
      "See it work: an agent does a small real job, and you watch.",
      "Starts a server where none runs and stops it at the end; its data stays in"
          + " CLAWLIVE_HOME/demo.",
      "What is shown is what the server sends to a watcher, not an echo."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(12);
  private static final Duration LAST_EVENTS = Duration.ofSeconds(10);

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--once",
      description = "Do the job once and end, instead of going on until Ctrl-C.")
  private boolean once;

  private final Shell shell;

  /** For this shell. */
  public DemoCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public Integer call() throws InterruptedException {
    Thread here = Thread.currentThread();
    Signals.on("INT", here::interrupt);
    Signals.on("TERM", here::interrupt);
    try (DemoServer found = DemoServer.findOrStart(server, output)) {
      DemoAgent agent = DemoAgent.ready(found.target());
      try (ClawLive client = ServerOptions.connect(found.target().address(), agent.credential())) {
        return session(client, agent, found);
      }
    }
  }

  private int session(ClawLive client, DemoAgent agent, DemoServer found)
      throws InterruptedException {
    Session session =
        client.sessions().start(agent.project().getProjectId(), "A look at this repository");
    String id = session.getSessionId();
    output.notice("Session %s of %s is live.".formatted(id, session.getAgentHandle()));
    if (!session.getUrl().isEmpty()) {
      output.notice("Watch it in a browser:           " + session.getUrl());
    }
    output.notice("Watch it from a second terminal: " + hint(id, found));
    Thread here = Thread.currentThread();
    Thread watcher = Thread.ofVirtual().start(() -> watch(id, here));
    try (SessionPublisher publisher = client.sessions().publisher(id)) {
      work(new DemoJob(publisher));
    } catch (InterruptedException | CancellationException e) {
      // Ctrl-C, or nobody reads the output any more: the session still ends as it should.
      end(client, id, "interrupted");
      watcher.join(LAST_EVENTS);
      return ExitCode.INTERRUPTED.code();
    }
    end(client, id, "");
    watcher.join(LAST_EVENTS);
    output.notice("Look at it again: " + hint(id, found).replace(" watch ", " replay "));
    return ExitCode.OK.code();
  }

  private void work(DemoJob job) throws InterruptedException {
    job.run();
    while (!once) {
      Thread.sleep(BETWEEN_ROUNDS);
      job.runAgain();
    }
  }

  private static void end(ClawLive client, String id, String reason) {
    // The interrupt has done its work; with its flag still up every further call would give up.
    Thread.interrupted();
    try {
      client.sessions().end(id, reason);
    } catch (ClawLiveException e) {
      return; // Ctrl-C reached the server as well, and it was faster.
    }
  }

  private void watch(String id, Thread worker) {
    try (ClawLive spectator = server.connect();
        EventStream stream = spectator.sessions().watch(id)) {
      new EventPrinter(output, shell).printAll(stream);
    } catch (OutputClosed e) {
      worker.interrupt();
    } catch (ClawLiveException e) {
      output.notice(e.getMessage());
    }
  }

  private String hint(String id, DemoServer found) {
    String launcher = System.getProperty("clawlive.launcher", "clawlive");
    String local =
        found.own() || server.namedServer().isEmpty()
            ? ""
            : " --server " + found.target().address();
    return "%s watch %s%s".formatted(launcher, id, local);
  }
}
