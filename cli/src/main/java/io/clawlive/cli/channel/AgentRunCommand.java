package io.clawlive.cli.channel;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.Target;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Signals;
import io.clawlive.cli.view.ConnectionNotices;
import io.clawlive.rooms.v1.ChannelWelcome;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.sdk.AgentChannel;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.CursorStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = {
      "Make any program an agent in rooms: what happens comes to it as JSON lines, and the JSON",
      "lines it writes are done.",
      "",
      "It is started again when it ends; its errors are shown. docs/cli.md tells the lines and has"
          + " a ten-line",
      "agent in Python. Positions are kept in CLAWLIVE_HOME/agents, so nothing comes twice.",
      ""
    })
final class AgentRunCommand implements Callable<Integer> {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--agent",
      paramLabel = "HANDLE",
      description = {
        "Which agent; its key is stored here or in CLAWLIVE_TOKEN. Without it the one",
        "agent that has a stored key."
      })
  private @Nullable String handle;

  @Option(
      names = "--exec",
      paramLabel = "CMD",
      required = true,
      description = "The program with its arguments, as the shell takes it.")
  private String command = "";

  @Option(
      names = "--room",
      paramLabel = "ID",
      description =
          "Only this room, and come into it first. Repeatable. Without it all of its rooms.")
  private List<String> rooms = new ArrayList<>();

  @Option(
      names = "--capability",
      paramLabel = "WORD",
      description = "What it can do, for the rooms to see. Repeatable.")
  private List<String> capabilities = new ArrayList<>();

  @Option(
      names = "--auto-ack",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = {
        "A line counts as handled when it was written. With --no-auto-ack when the program",
        "wrote {\"type\":\"ack\",\"room\":…,\"sequence\":…}."
      })
  private boolean autoAck;

  @Option(names = "--once", description = "End with the program, and with its exit code.")
  private boolean once;

  private final Shell shell;

  AgentRunCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public Integer call() throws InterruptedException {
    String agent = agent();
    Program program =
        new Program(
            command,
            Map.of(
                "CLAWLIVE_AGENT", agent, "CLAWLIVE_SERVER", server.target().address().toString()),
            shell.err());
    Bridge bridge = new Bridge(program, Set.copyOf(rooms), autoAck);
    Signals.on("TERM", program::stop);
    Signals.on("INT", program::stop);
    Signals.on("HUP", program::stop);
    try (ClawLive client = agent.isEmpty() ? server.connect() : server.connectAs(agent);
        AgentChannel channel = open(client, bridge, agent)) {
      return run(channel, program, bridge);
    } finally {
      program.stop();
    }
  }

  private AgentChannel open(ClawLive client, Bridge bridge, String agent) {
    Path folder = server.home().folder("agents");
    String file =
        (server.target().server() + "." + (agent.isEmpty() ? "token" : agent))
            .replaceAll("[^A-Za-z0-9._-]", "_");
    return bridge
        .handlers(
            client
                .agentChannel()
                .capabilities(capabilities.toArray(String[]::new))
                .cursors(CursorStore.file(folder.resolve(file + ".cursors")))
                .onConnection(new ConnectionNotices(output, "Trying again.")))
        .open();
  }

  private int run(AgentChannel channel, Program program, Bridge bridge)
      throws InterruptedException {
    ChannelWelcome welcome = welcome(channel);
    output.notice("Agent %s is connected.".formatted(welcome.getHandle()));
    Thread unused = Thread.ofVirtual().start(() -> join(channel));
    AtomicReference<@Nullable Throwable> why = new AtomicReference<>();
    CompletableFuture<Void> unusedEnd =
        channel
            .ended()
            .whenComplete((done, failure) -> {
              why.set(failure);
              program.stop();
            });
    Requests requests =
        new Requests(channel, bridge, line -> answer(program, line), output::notice);
    int exit =
        program.keepRunning(
            once,
            Json.object(
                "type", "hello",
                "agent_id", welcome.getAgentId(),
                "handle", welcome.getHandle()),
            requests,
            output::notice);
    Throwable failure = why.get();
    if (failure != null) {
      throw known(failure);
    }
    return once ? exit : ExitCode.OK.code();
  }

  private static void answer(Program program, Map<String, Object> line) {
    try {
      long unused = program.write(line);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ChannelWelcome welcome(AgentChannel channel) {
    try {
      return channel.welcomed().join();
    } catch (CompletionException refused) {
      throw known(refused);
    }
  }

  private void join(AgentChannel channel) {
    for (String room : rooms) {
      try {
        channel.join(JoinRoomRequest.newBuilder().setRoomId(room).build()).join();
      } catch (CompletionException refused) {
        output.notice("Room %s: %s".formatted(room, known(refused).getMessage()));
      }
    }
  }

  private static RuntimeException known(Throwable failure) {
    Throwable cause = failure instanceof CompletionException it ? it.getCause() : failure;
    return cause instanceof ClawLiveException refused
        ? refused
        : new Failure(ExitCode.FAILED, String.valueOf(cause));
  }

  /** Empty where a credential is given that belongs to an agent by itself. */
  private String agent() {
    if (handle != null) {
      return handle;
    }
    if (shell.variable("CLAWLIVE_TOKEN").isPresent()) {
      return "";
    }
    Target target = server.target();
    Set<String> stored = target.home().credentials().agents(target.server());
    if (stored.size() != 1) {
      throw new Failure(
          ExitCode.USAGE,
          stored.isEmpty()
              ? "No agent has a key here. Register one: clawlive agent register HANDLE"
              : "Several agents have a key here. Name one with --agent: "
                  + String.join(", ", stored)
                  + ".");
    }
    return stored.iterator().next();
  }
}
