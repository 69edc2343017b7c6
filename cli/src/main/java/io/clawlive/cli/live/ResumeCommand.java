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
import picocli.CommandLine.Parameters;

@Command(name = "resume", description = "Go on after a pause.")
final class ResumeCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "Session; without it the current one.")
  private @Nullable String sessionId;

  ResumeCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    SessionChoice choice = SessionChoice.of(server, sessionId);
    try (ClawLive client = choice.connect()) {
      Session session = client.sessions().resume(choice.sessionId());

      output.answer(
          SessionFields.of(session), "Session %s is live again.".formatted(session.getSessionId()));
    }
  }
}
