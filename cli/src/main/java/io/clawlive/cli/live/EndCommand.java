package io.clawlive.cli.live;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.live.v1.Session;
import io.clawlive.sdk.ClawLive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "end", description = "End a session; it can be watched and replayed for ever.")
final class EndCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "Session; without it the current one.")
  private @Nullable String sessionId;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Told to viewers.")
  private String reason = "";

  EndCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    SessionChoice choice = SessionChoice.of(server, sessionId);
    try (ClawLive client = choice.connect()) {
      Session session = client.sessions().end(choice.sessionId(), reason);
      choice
          .target()
          .home()
          .currentSessions()
          .clear(choice.target().profile(), choice.target().server(), choice.sessionId());
      output.answer(
          SessionFields.of(session),
          "Session %s has ended after %d events."
              .formatted(session.getSessionId(), session.getLastSequence()));
    }
  }
}
