package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sandbox.v1.Process;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.Sandbox;
import io.clawlive.sdk.SandboxProcess;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "kill",
    description = "Send a signal to a program that was started in a sandbox, and to what it began.")
final class SandboxKillCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Option(
      names = {"-s", "--signal"},
      paramLabel = "SIGNAL",
      converter = Signal.class,
      defaultValue = "TERM",
      description = "Name or number, 1 to 64. Default: ${DEFAULT-VALUE}.")
  private int signal;

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  @Parameters(index = "1", paramLabel = "PROCESS", description = "Its number or its tag.")
  private String process = "";

  SandboxKillCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      Sandbox found = SandboxAccess.find(client, sandbox);
      Process known = ProcessFields.find(found, process);
      String pid = Integer.toUnsignedString(known.getPid());
      try (SandboxProcess attached = found.attach(pid, known.getPosition())) {
        attached.signal(signal);
      }
      output.answer(
          Json.object("pid", known.getPid(), "signal", signal),
          "Sent signal %d to process %s.".formatted(signal, pid));
    }
  }

  /** A signal by its name or number. */
  static final class Signal implements ITypeConverter<Integer> {
    /** As Linux numbers them, from 1. */
    private static final List<String> NAMES =
        List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV",
            "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN",
            "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

    @Override
    public Integer convert(String text) {
      int number =
          text.matches("[0-9]{1,2}")
              ? Integer.parseInt(text)
              : NAMES.indexOf(text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "")) + 1;
      if (number < 1 || number > 64) {
        throw new TypeConversionException(
            "'%s' is no signal. Expected a name such as TERM, or 1 to 64.".formatted(text));
      }
      return number;
    }
  }
}
