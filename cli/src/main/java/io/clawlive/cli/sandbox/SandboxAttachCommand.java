package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sandbox.v1.Process;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.Sandbox;
import io.clawlive.sdk.SandboxProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "attach",
    description = {
      "Come back to a program that was started in a sandbox, until it ends; its exit code is that"
          + " of",
      "this command. With -i one that has a terminal gets this one, and Ctrl-P Ctrl-Q leaves it."
    })
final class SandboxAttachCommand implements Callable<Integer> {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;
  private final Shell shell;

  @Option(
      names = {"-i", "--interactive"},
      description = "Send it standard input, and its end.")
  private boolean interactive;

  @Option(
      names = "--from",
      paramLabel = "BYTE",
      defaultValue = "0",
      description =
          "Leave out so many bytes of what it wrote, -1 all. The last 64 MiB are kept. Default:"
              + " ${DEFAULT-VALUE}.")
  private long from;

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  @Parameters(index = "1", paramLabel = "PROCESS", description = "Its number or its tag.")
  private String process = "";

  SandboxAttachCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public Integer call() {
    try (ClawLive client = access.connect()) {
      Sandbox found = SandboxAccess.find(client, sandbox);
      Process known = ProcessFields.find(found, process);
      String pid = Integer.toUnsignedString(known.getPid());
      long position = from < 0 ? known.getPosition() : from;
      if (interactive && known.getTerminal() && !known.hasExited()) {
        return new TerminalStreams(shell, output)
            .follow(size -> found.attachTerminal(pid, position));
      }
      try (SandboxProcess attached = found.attach(pid, position)) {
        return new ProcessStreams(shell, output)
            .follow(attached, interactive && !known.hasExited());
      }
    }
  }

  /** Says what is there where a word means no process. */
  static Failure unknown(String named) {
    return new Failure(
        ExitCode.NOT_FOUND,
        "There is no process '%s'. 'clawlive sandbox ps' shows those that are known."
            .formatted(named));
  }
}
