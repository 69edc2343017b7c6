package io.clawlive.server.sandbox.runtime.process;

import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.clawlive.server.sandbox.runtime.ExecScript;
import io.clawlive.server.sandbox.runtime.OutputSink.Channel;
import io.clawlive.server.sandbox.runtime.PidLine;
import io.clawlive.server.sandbox.runtime.ProcessSink;
import io.clawlive.server.sandbox.runtime.RuntimeProcess;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import io.clawlive.server.sandbox.runtime.SandboxLayout;
import io.clawlive.server.sandbox.runtime.process.BwrapCommand.Surroundings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A program that was started in a sandbox which runs already. */
final class ProcessExec implements RuntimeProcess {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);

  /** How long whoever kept the output of an ended program is waited for. */
  private static final long LINGERS_MILLIS = 2000;

  private final RunningSandbox sandbox;
  private final ProcessSink sink;
  private final PidLine line = new PidLine();
  private final @Nullable Terminal terminal;
  private final Process process;
  private final List<NamedPipe> pipes;
  private int pid;

  private ProcessExec(RunningSandbox sandbox, ExecPlan plan, ProcessSink sink) throws IOException {
    this.sandbox = sandbox;
    this.sink = sink;
    ExecPlan.TerminalSize size = plan.terminal();
    this.terminal = size == null ? null : new Terminal(size);
    this.pipes =
        terminal == null
            ? List.of(new NamedPipe(sandbox.io()), new NamedPipe(sandbox.io()))
            : List.of();
    Path none = Path.of("");
    Surroundings surroundings =
        new Surroundings(
            sandbox.cgroups(),
            terminal == null ? "" : terminal.name(),
            terminal == null ? pipes.get(0).path() : none,
            terminal == null ? pipes.get(1).path() : none,
            "");
    List<String> command =
        BwrapCommand.enter(
            sandbox.init(), sandbox.spec(), surroundings, plan, ExecScript.command(plan));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> env = builder.environment();
    env.keySet().removeIf(name -> !name.equals("PATH"));
    SandboxLayout.env(sandbox.spec())
        .forEach((name, value) -> env.put(BwrapCommand.CARRIED + name, value));
    plan.env().forEach((name, value) -> env.put(BwrapCommand.CARRIED + name, value));
    this.process = builder.start();
  }

  static ProcessExec start(RunningSandbox sandbox, ExecPlan plan, ProcessSink sink) {
    ProcessExec exec;
    try {
      exec = new ProcessExec(sandbox, plan, sink);
    } catch (IOException e) {
      throw new RuntimeRefusal(
          Kind.FAILED, "The program could not be started: " + e.getMessage(), e);
    }
    exec.read();
    exec.pid = exec.line.await(STARTS_WITHIN);
    return exec;
  }

  private void read() {
    String name = "exec-" + process.pid();
    if (terminal != null) {
      terminal.read(name, bytes -> tell(Channel.STDOUT, line.rest(bytes)));
    } else {
      pipes.get(0).read(name + "-out", bytes -> tell(Channel.STDOUT, line.rest(bytes)));
      pipes.get(1).read(name + "-err", bytes -> tell(Channel.STDERR, bytes));
    }
    Thread.ofVirtual().name(name).start(this::awaitEnd);
  }

  private synchronized void tell(Channel channel, byte[] bytes) {
    if (bytes.length > 0) {
      sink.output(channel, bytes);
    }
  }

  private void awaitEnd() {
    try {
      int code = process.waitFor();
      if (terminal != null) {
        terminal.drain(LINGERS_MILLIS);
      }
      for (NamedPipe pipe : pipes) {
        pipe.drain(LINGERS_MILLIS);
      }
      line.ended();
      sink.ended(code);
    } catch (InterruptedException e) {
      line.ended();
      sink.lost("The server stops.");
    }
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public OutputStream input() {
    return terminal == null ? process.getOutputStream() : terminal.input();
  }

  @Override
  public void signal(int signal) {
    if (process.isAlive()) {
      sandbox.runInside(ExecScript.signal(signal, pid));
    }
  }

  @Override
  public void resize(ExecPlan.TerminalSize size) {
    if (terminal != null) {
      try {
        terminal.resize(size);
      } catch (IOException e) {
        throw new RuntimeRefusal(Kind.FAILED, "The terminal cannot be resized.", e);
      }
    }
  }
}
