package io.clawlive.cli.keys;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.Target;
import io.clawlive.cli.home.Credentials;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.identity.v1.RotateKeyResponse;
import io.clawlive.sdk.ClawLive;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rotate",
    description = {
      "Give an agent a new key in place of the one it calls with, which stops working.",
      "It is shown this once; where the old one was stored here, the new one takes its place."
    })
final class KeysRotateCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--agent",
      paramLabel = "HANDLE",
      description = "Agent whose key is stored here; needed where there are several.")
  private String agent = "";

  private final Shell shell;

  KeysRotateCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    boolean given = shell.variable("CLAWLIVE_TOKEN").isPresent();
    String handle = given ? "" : agent.isEmpty() ? onlyAgent() : agent;
    try (ClawLive client = handle.isEmpty() ? server.connect() : server.connectAs(handle)) {
      RotateKeyResponse made = client.keys().rotate();
      try {
        if (!given && keep(handle, made.getApiKey())) {
          output.notice("It is stored in place of the old one.");
        }
      } finally {
        // Whatever happened to the file, the key before works no more and this is the only chance.
        answer(made);
      }
    }
  }

  private void answer(RotateKeyResponse made) {
    output.answer(
        Json.object("key_id", made.getKeyId(), "api_key", made.getApiKey()),
        """
        The key before works no more; the new one is %s.
        API key, shown this once: %s\
        """
            .formatted(made.getKeyId(), made.getApiKey()));
  }

  /** Empty where the usual credential must be the agent's. */
  private String onlyAgent() {
    Set<String> agents = server.target().home().credentials().agents(server.target().server());
    if (agents.size() > 1) {
      throw new Failure(
          ExitCode.USAGE,
          "Keys of several agents are stored here: %s. Name one with --agent HANDLE."
              .formatted(String.join(", ", agents)));
    }
    return agents.isEmpty() ? "" : agents.iterator().next();
  }

  private boolean keep(String handle, String key) {
    Target target = server.target();
    Credentials credentials = target.home().credentials();
    if (!handle.isEmpty() && credentials.agents(target.server()).contains(handle)) {
      credentials.setAgentKey(target.server(), handle, key);
    } else if (credentials.token(target.server()).isPresent()) {
      credentials.setToken(target.server(), key);
    } else {
      return false;
    }
    return true;
  }
}
