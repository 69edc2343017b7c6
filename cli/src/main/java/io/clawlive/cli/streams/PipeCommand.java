package io.clawlive.cli.streams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.text.LineSplitter;
import io.clawlive.cli.view.ConnectionNotices;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.UnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "pipe",
    description = {
      "Send every line of standard input as an event.",
      "",
      "Lines are kept on disk until the server has committed them: a server that dies and comes"
          + " back",
      "loses nothing and gets nothing twice, and what a killed 'pipe' left is sent by the next one",
      "into the same session. SIGTERM and Ctrl-C send what was read before the command ends.",
      "",
      "Input may be anything. It is read as UTF-8, invalid bytes become U+FFFD. LF, CR LF and a"
          + " lone CR",
      "(progress bars) end a line. NUL and other control characters become pictures such as"
          + " U+2400;",
      "tab and ANSI escapes stay. A line above 65,536 bytes is split between characters, and all",
      "parts of a log line but the last are marked 'continued'. Empty lines make no thoughts.",
      ""
    })
final class PipeCommand implements Callable<Integer> {
  /** What a line becomes. */
  enum Type {
    LOG,
    THOUGHT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Duration HURRY = Duration.ofSeconds(10);

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "What a line becomes: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "log")
  private Type type = Type.LOG;

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "Session; without it the current one.")
  private @Nullable String session;

  @Option(
      names = "--level",
      paramLabel = "LEVEL",
      description = "Of log lines: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.",
      defaultValue = "info")
  private Level level = Level.INFO;

  @Option(names = "--module", paramLabel = "NAME", description = "Of log lines.")
  private String module = "";

  @Option(names = "--tee", description = "Also copy standard input to standard output, unchanged.")
  private boolean tee;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description =
          "How long to wait at the end of input for a server that does not answer. Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "120")
  private int wait;

  private final Shell shell;
  private long sent;
  private boolean stopped;

  PipeCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public Integer call() throws IOException {
    SessionChoice choice = SessionChoice.of(server, session);
    try (ClawLive client = choice.connect()) {
      Sessions.requireRunning(client, choice.sessionId());
      ConnectionNotices notices =
          new ConnectionNotices(output, "Events are kept on disk until it is back.");
      try (Spool spool = Spool.open(client, choice, output, notices)) {
        LineSplitter splitter = new LineSplitter((line, more) -> publish(spool, line, more));
        Thread onSignal = Thread.ofPlatform().unstarted(() -> finish(splitter, spool, HURRY));
        Runtime.getRuntime().addShutdownHook(onSignal);
        copy(splitter);
        int exit = finish(splitter, spool, Duration.ofSeconds(wait));
        Runtime.getRuntime().removeShutdownHook(onSignal);
        return exit;
      }
    }
  }

  private void copy(LineSplitter splitter) throws IOException {
    byte[] buffer = new byte[1 << 16];
    OutputStream copy = tee && !output.json() ? shell.out() : OutputStream.nullOutputStream();
    for (int n = shell.in().read(buffer); n >= 0; n = shell.in().read(buffer)) {
      copy = write(copy, buffer, n);
      synchronized (this) {
        if (stopped) {
          return;
        }
        splitter.accept(buffer, 0, n);
      }
    }
  }

  /** Once nobody reads the copy any more, it ends; the lines still go to the session. */
  private static OutputStream write(OutputStream copy, byte[] buffer, int length) {
    try {
      copy.write(buffer, 0, length);
      return copy;
    } catch (IOException e) {
      return OutputStream.nullOutputStream();
    }
  }

  private void publish(Spool spool, String line, boolean continued) {
    if (type == Type.THOUGHT && line.isBlank()) {
      return;
    }
    spool.publish(
        type == Type.THOUGHT
            ? Events.thought(line, List.of())
            : Events.log(level, module, line, continued));
    sent++;
  }

  /** Sends the rest of the input, once: at its end, or when a signal ends the process. */
  private synchronized int finish(LineSplitter splitter, Spool spool, Duration patience) {
    if (stopped) {
      return ExitCode.OK.code();
    }
    stopped = true;
    splitter.end();
    try {
      spool.flush(patience);
    } catch (UnavailableException e) {
      output.notice(e.getMessage());
      return ExitCode.UNAVAILABLE.code();
    }
    if (output.json()) {
      output.answer(Json.object("events", sent), "");
    }
    return ExitCode.OK.code();
  }
}
