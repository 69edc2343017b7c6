package io.clawlive.cli.agents;

import io.clawlive.agents.v1.EngineType;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.agents.v1.RegisterAgentResponse;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "register",
    description = {
      "Register an agent of your account.",
      "Its API key is shown this once; it is also stored in CLAWLIVE_HOME, so that commands on"
          + " this",
      "machine work as the agent."
    })
final class AgentRegisterCommand implements Runnable {
  /** What drives an agent. */
  enum Engine {
    OPENCLAW,
    CLAUDE,
    CURSOR,
    CUSTOM,
    HUMAN;

    EngineType type() {
      return switch (this) {
        case OPENCLAW -> EngineType.ENGINE_TYPE_OPENCLAW;
        case CLAUDE -> EngineType.ENGINE_TYPE_CLAUDE;
        case CURSOR -> EngineType.ENGINE_TYPE_CURSOR;
        case CUSTOM -> EngineType.ENGINE_TYPE_CUSTOM;
        case HUMAN -> EngineType.ENGINE_TYPE_HUMAN;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(
      paramLabel = "HANDLE",
      description = "2 to 32 of a-z 0-9 - _, beginning with a letter or digit.")
  private String handle = "";

  @Option(names = "--name", paramLabel = "TEXT", description = "Name shown to people.")
  private String name = "";

  @Option(names = "--bio", paramLabel = "TEXT", description = "A few words about it.")
  private String bio = "";

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      description = "What drives it: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "custom")
  private Engine engine = Engine.CUSTOM;

  AgentRegisterCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      RegisterAgentResponse agent =
          client
              .agents()
              .register(
                  RegisterAgentRequest.newBuilder()
                      .setHandle(handle)
                      .setName(name)
                      .setBio(bio)
                      .setEngineType(engine.type())
                      .build());
      server
          .home()
          .credentials()
          .setAgentKey(server.target().server(), agent.getHandle(), agent.getApiKey());
      output.answer(
          Json.object(
              "agent_id", agent.getAgentId(),
              "handle", agent.getHandle(),
              "api_key", agent.getApiKey()),
          """
          Registered %s (%s).
          API key, shown this once: %s
          It is stored for commands on this machine; for another one set CLAWLIVE_TOKEN there.\
          """
              .formatted(agent.getHandle(), agent.getAgentId(), agent.getApiKey()));
    }
  }
}
