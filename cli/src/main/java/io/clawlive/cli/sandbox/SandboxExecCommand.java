package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.RawTerminal;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.FailedPreconditionException;
import io.clawlive.sdk.ProcessOptions;
import io.clawlive.sdk.Sandbox;
import io.clawlive.sdk.SandboxProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "exec",
    description = {
      "Run a program in a sandbox. Its output comes here byte by byte, its exit code is that of"
          + " this",
      "command, 127 where it is not there. Ctrl-C and SIGTERM reach it; a third Ctrl-C leaves it"
          + " alone.",
      "",
      "With -it it has this terminal: every key reaches it. Ctrl-P Ctrl-Q leaves it running;",
      "'clawlive sandbox attach' comes back to it. A lost connection goes on where it was.",
      ""
    })
final class SandboxExecCommand implements Callable<Integer> {
  private static final int NOT_USABLE = 127;

  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;
  private final Shell shell;

  @Option(
      names = {"-i", "--interactive"},
      description = "Send it standard input, and its end.")
  private boolean interactive;

  @Option(
      names = {"-t", "--tty"},
      description = "Give it a terminal; together with -i this one.")
  private boolean tty;

  @Option(
      names = {"-d", "--detach"},
      description = "Start it, print its number and leave it running.")
  private boolean detached;

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "DIR",
      description = "Where it starts, an absolute path. Default: the sandbox's own.")
  private String folder = "";

  @Option(
      names = {"-e", "--env"},
      paramLabel = "K=V",
      description = "A variable beside the sandbox's own. Repeatable.")
  private List<String> variables = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "NAME",
      description = "A name by which it is found again, unique among those that run.")
  private String tag = "";

  @Parameters(index = "0", paramLabel = "SANDBOX", description = "Id or name of the sandbox.")
  private String sandbox = "";

  @Parameters(
      index = "1..*",
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "Program and its arguments.")
  private List<String> command = new ArrayList<>();

  SandboxExecCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public Integer call() {
    ProcessOptions options = options();
    if (interactive && tty && !detached && !RawTerminal.isPresent()) {
      throw TerminalStreams.none();
    }
    try (ClawLive client = access.connect()) {
      return run(SandboxAccess.find(client, sandbox), options);
    } catch (FailedPreconditionException refused) {
      if (!refused.reason().equals("PROGRAM_NOT_USABLE")) {
        throw refused;
      }
      output.notice(refused.getMessage());
      return NOT_USABLE;
    }
  }

  private int run(Sandbox found, ProcessOptions options) {
    if (interactive && tty && !detached) {
      return new TerminalStreams(shell, output)
          .follow(size -> found.terminal(options.withTerminal(size.columns(), size.rows())));
    }
    RawTerminal.Size size = RawTerminal.Size.USUAL;
    ProcessOptions sized = tty ? options.withTerminal(size.columns(), size.rows()) : options;
    try (SandboxProcess process =
        found.start(interactive || detached ? sized : sized.withoutInput())) {
      if (detached) {
        output.answer(
            Json.object("pid", process.pid(), "tag", process.tag()), Long.toString(process.pid()));
        return ExitCode.OK.code();
      }
      return new ProcessStreams(shell, output).follow(process, interactive);
    }
  }

  private ProcessOptions options() {
    List<String> program =
        command.getFirst().equals("--") ? command.subList(1, command.size()) : command;
    if (program.isEmpty()) {
      throw new Failure(ExitCode.USAGE, "There is no command. Expected SANDBOX COMMAND...");
    }
    Map<String, String> environment = new HashMap<>();
    if (tty) {
      environment.put("TERM", shell.variable("TERM").orElse("xterm"));
    }
    variables.forEach(pair -> Environment.put(environment, pair, "--env"));
    return ProcessOptions.of(program).in(folder).withTag(tag).withEnvironment(environment);
  }
}
