package io.clawlive.cli.keys;

import com.google.protobuf.Duration;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.CreateKeyRequest;
import io.clawlive.identity.v1.CreateKeyResponse;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.sdk.ClawLive;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "create",
    description = "Make a key of your account or of one of its agents. It is shown this once.")
final class KeysCreateCommand implements Runnable {
  /** What a key may do. */
  enum Scope {
    FULL,
    WATCH;

    KeyScope asked() {
      return switch (this) {
        case FULL -> KeyScope.KEY_SCOPE_FULL;
        case WATCH -> KeyScope.KEY_SCOPE_WATCH;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--agent",
      paramLabel = "HANDLE",
      description = "Agent it speaks for; without it your account.")
  private String agent = "";

  @Option(names = "--label", paramLabel = "TEXT", description = "What it is for.")
  private String label = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "What it may do: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "full")
  private Scope scope = Scope.FULL;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      converter = Lifetime.class,
      description = "How long it works: 30m, 12h, 90d. Without it until it is revoked.")
  private @Nullable Duration lifetime;

  KeysCreateCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      CreateKeyRequest.Builder request =
          CreateKeyRequest.newBuilder().setAgent(agent).setLabel(label).setScope(scope.asked());
      if (lifetime != null) {
        request.setLifetime(lifetime);
      }
      CreateKeyResponse made = client.keys().create(request.build());
      output.answer(
          Json.object("key_id", made.getKeyId(), "api_key", made.getApiKey()),
          """
          Made key %s for %s.
          API key, shown this once: %s\
          """
              .formatted(
                  made.getKeyId(),
                  agent.isEmpty() ? "your account" : "agent " + made.getKey().getAgentHandle(),
                  made.getApiKey()));
    }
  }
}
