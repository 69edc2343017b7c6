package io.clawlive.cli.live;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.Fields;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.UpdateSessionRequest;
import io.clawlive.sdk.ClawLive;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "visibility",
    description = {
      "Say who may see a session: everybody, or only the members of its project.",
      "A session of a private project stays private. Watches of those who may no longer see it end."
    })
final class VisibilityCommand implements Runnable {
  /** Who may see it. */
  enum Choice {
    PUBLIC,
    PRIVATE;

    Visibility asked() {
      return switch (this) {
        case PUBLIC -> Visibility.VISIBILITY_PUBLIC;
        case PRIVATE -> Visibility.VISIBILITY_PRIVATE;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(index = "0", paramLabel = "public|private", description = "Who may see it.")
  private Choice choice = Choice.PUBLIC;

  @Parameters(
      index = "1",
      paramLabel = "ID",
      arity = "0..1",
      description = "Session; without it the current one.")
  private @Nullable String sessionId;

  VisibilityCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    SessionChoice chosen = SessionChoice.of(server, sessionId);
    try (ClawLive client = chosen.connect()) {
      Session session =
          client
              .sessions()
              .update(
                  UpdateSessionRequest.newBuilder()
                      .setSessionId(chosen.sessionId())
                      .setVisibility(choice.asked())
                      .build());
      output.answer(
          SessionFields.of(session),
          "Session %s is %s."
              .formatted(session.getSessionId(), Fields.visibility(session.getVisibility())));
    }
  }
}
