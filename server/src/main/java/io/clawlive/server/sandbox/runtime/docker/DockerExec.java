package io.clawlive.server.sandbox.runtime.docker;

import com.github.dockerjava.api.command.ExecCreateCmd;
import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.clawlive.server.sandbox.runtime.ExecScript;
import io.clawlive.server.sandbox.runtime.OutputSink.Channel;
import io.clawlive.server.sandbox.runtime.PidLine;
import io.clawlive.server.sandbox.runtime.ProcessSink;
import io.clawlive.server.sandbox.runtime.RuntimeProcess;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A program that was started in a container which runs already. */
final class DockerExec implements RuntimeProcess {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);
  private static final int ASKS = 250;
  private static final long BETWEEN_ASKS_MILLIS = 20;
  private static final byte[] END_OF_TERMINAL_INPUT = {4};

  private final Engine engine;
  private final String container;
  private final String user;
  private final boolean terminal;
  private final String id;
  private final EngineSocket socket;
  private final PidLine line = new PidLine();
  private volatile boolean over;
  private int pid;

  private DockerExec(
      Engine engine, String container, String user, boolean terminal, String id, EngineSocket s) {
    this.engine = engine;
    this.container = container;
    this.user = user;
    this.terminal = terminal;
    this.id = id;
    this.socket = s;
  }

  static DockerExec start(
      Engine engine, String container, String user, ExecPlan plan, ProcessSink sink) {
    boolean terminal = plan.terminal() != null;
    String id = create(engine, container, user, terminal, ExecScript.command(plan), plan);
    EngineSocket socket =
        engine.socket("/exec/" + id + "/start", "{\"Detach\":false,\"Tty\":" + terminal + "}");
    DockerExec exec = new DockerExec(engine, container, user, terminal, id, socket);
    Thread.ofVirtual().name("exec-" + id.substring(0, 8)).start(() -> exec.read(sink));
    try {
      exec.pid = exec.line.await(STARTS_WITHIN);
    } catch (RuntimeRefusal e) {
      socket.close();
      throw e;
    }
    return exec;
  }

  private static String create(
      Engine engine,
      String container,
      String user,
      boolean terminal,
      List<String> command,
      @Nullable ExecPlan plan) {
    return engine.call(client -> {
      ExecCreateCmd create =
          client
              .execCreateCmd(container)
              .withCmd(command.toArray(String[]::new))
              .withUser(user)
              .withTty(terminal)
              .withAttachStdin(plan != null)
              .withAttachStdout(true)
              .withAttachStderr(true);
      if (plan != null) {
        create.withEnv(
            plan.env().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
        if (!plan.workingDirectory().isEmpty()) {
          create.withWorkingDir(plan.workingDirectory());
        }
      }
      return create.exec().getId();
    });
  }

  private void read(ProcessSink sink) {
    try {
      Frames.read(
          socket.input(),
          terminal,
          (channel, bytes) -> {
            byte[] rest = channel == Channel.STDOUT ? line.rest(bytes) : bytes;
            if (rest.length > 0) {
              sink.output(channel, rest);
            }
          });
      line.ended();
      sink.ended(exitCode());
    } catch (IOException | RuntimeRefusal e) {
      line.ended();
      sink.lost("The engine broke off: " + e.getMessage());
    } finally {
      over = true;
      socket.close();
    }
  }

  /** The output may end a moment before the engine has noticed that the program has. */
  private int exitCode() {
    for (int ask = 0; ask < ASKS; ask++) {
      Long code = engine.call(client -> client.inspectExecCmd(id).exec().getExitCodeLong());
      if (code != null) {
        return code.intValue();
      }
      try {
        Thread.sleep(BETWEEN_ASKS_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    throw new RuntimeRefusal(
        RuntimeRefusal.Kind.UNAVAILABLE, "The engine does not say how the program ended.");
  }

  @Override
  public int pid() {
    return pid;
  }

  @Override
  public OutputStream input() {
    return new OutputStream() {
      private boolean closed;

      @Override
      public void write(int b) throws IOException {
        socket.output().write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        socket.output().write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        if (closed || over) {
          return;
        }
        closed = true;
        if (terminal) {
          socket.output().write(END_OF_TERMINAL_INPUT);
        } else {
          socket.endOutput();
        }
      }
    };
  }

  @Override
  public void signal(int signal) {
    if (over) {
      return;
    }
    String kill = create(engine, container, user, false, ExecScript.signal(signal, pid), null);
    try (EngineSocket done =
        engine.socket("/exec/" + kill + "/start", "{\"Detach\":false,\"Tty\":false}")) {
      // It says nothing; its end is the end of the stream.
      done.input().readAllBytes();
    } catch (IOException e) {
      throw new RuntimeRefusal(
          RuntimeRefusal.Kind.UNAVAILABLE, "The signal may not have been sent.", e);
    }
  }

  @Override
  public void resize(ExecPlan.TerminalSize size) {
    if (terminal && !over) {
      engine.call(client -> client.resizeExecCmd(id).withSize(size.rows(), size.columns()).exec());
    }
  }
}
