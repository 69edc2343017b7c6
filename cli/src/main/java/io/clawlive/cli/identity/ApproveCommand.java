package io.clawlive.cli.identity;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Prompt;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.text.TerminalText;
import io.clawlive.cli.view.Fields;
import io.clawlive.identity.v1.DeviceLogin;
import io.clawlive.sdk.ClawLive;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "approve",
    description = {
      "Let in, as you, the program that shows this code.",
      "Look at what it says of itself and where it called from first: whoever gave you the code is",
      "signed in as you."
    })
final class ApproveCommand implements Callable<Integer> {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "CODE", description = "As shown by the program, such as WDJB-MJHT.")
  private String code = "";

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  private final Prompt prompt;

  ApproveCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
    prompt = new Prompt(shell);
  }

  @Override
  public Integer call() {
    try (ClawLive client = server.connect()) {
      DeviceLogin waiting = client.deviceLogins().get(code);
      String words =
          "%s, from %s"
              .formatted(TerminalText.safe(waiting.getLabel(), false), waiting.getAddress());
      output.notice("This lets in: " + words);
      if (!yes && !prompt.agrees("Sign it in as you?", "Add --yes when you are sure.")) {
        output.notice("Nothing was approved. 'clawlive deny %s' turns it away.".formatted(code));
        return ExitCode.FAILED.code();
      }
      client.deviceLogins().approve(code);
      output.answer(fields(waiting), "Approved: %s.".formatted(words));
      return ExitCode.OK.code();
    }
  }

  private static Map<String, Object> fields(DeviceLogin login) {
    return Json.object(
        "approved", true,
        "label", login.getLabel(),
        "address", login.getAddress(),
        "created_at", Fields.time(login.getCreatedAt()));
  }
}
