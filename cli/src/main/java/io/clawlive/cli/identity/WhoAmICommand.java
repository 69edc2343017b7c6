package io.clawlive.cli.identity;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.Target;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "whoami", description = "Show the server and who you are to it.")
final class WhoAmICommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  WhoAmICommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      Caller caller = new Caller(client.identity().whoAmI());
      Target target = server.target();
      Map<String, Object> fields = caller.fields();
      fields.put("server", target.address().toString());
      fields.put("profile", target.profile());
      fields.put("credential", target.credential().source());
      output.answer(
          fields,
          "%s on %s (server from %s, credential from %s)"
              .formatted(
                  caller.words(), target.address(), target.source(), target.credential().source()));
    }
  }
}
