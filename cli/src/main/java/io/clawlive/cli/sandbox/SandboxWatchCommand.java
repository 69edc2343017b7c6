package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.EventPrinter;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.EventStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "watch",
    description =
        "Show what a sandbox writes and how it changes, one line an event, until it is removed.")
final class SandboxWatchCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;
  private final Shell shell;

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  @Mixin private final BeginOptions begin = new BeginOptions();

  @Option(
      names = "--type",
      paramLabel = "T",
      description = "Only of this type: log, sandbox. Repeatable.")
  private List<String> types = new ArrayList<>();

  @Option(
      names = "--no-follow",
      description = "End after what is stored instead of waiting for more.")
  private boolean noFollow;

  SandboxWatchCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect();
        EventStream stream =
            SandboxAccess.find(client, sandbox).output(begin.options(output, types, !noFollow))) {
      EventPrinter.ofSandbox(output, shell).printAll(stream);
    }
  }
}
