package io.clawlive.cli.teams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.SendTeamMessageRequest;
import io.clawlive.sandbox.v1.SendTeamMessageResponse;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "send",
    description = {
      "Say something to a team: the agent that it fits hears it in the team's room.",
      "Without TEXT the message is read from standard input. What was not delivered, because it",
      "may be for several, for nobody, or the room refused it, ends with exit code 1."
    })
final class TeamSendCommand implements Callable<Integer> {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(index = "0", paramLabel = "TEAM", description = "Id of the team.")
  private String teamId = "";

  @Parameters(
      index = "1..*",
      paramLabel = "TEXT",
      arity = "0..*",
      description = "The message, 1 to 4,000 characters, Markdown.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "KEY",
      description = "Agent of the team that it is for. Without it the text decides.")
  private String key = "";

  private final Shell shell;

  TeamSendCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public Integer call() {
    String message = TeamText.of(words, shell);
    try (ClawLive client = server.connect()) {
      SendTeamMessageResponse sent =
          client
              .teams()
              .send(
                  SendTeamMessageRequest.newBuilder()
                      .setTeamId(teamId)
                      .setMessage(message)
                      .setKey(key)
                      .setRequestId(UUID.randomUUID().toString())
                      .build());
      output.answer(
          Json.object(
              "delivered",
              sent.getDelivered(),
              "room_id",
              sent.getRoomId().isEmpty() ? null : sent.getRoomId(),
              "sequence",
              sent.getDelivered() ? sent.getSequence() : null,
              "reason",
              sent.getReason().isEmpty() ? null : sent.getReason(),
              "refusal",
              refusal(sent.getRefusal()),
              "route",
              TeamFields.of(sent.getRoute())),
          words(sent));
      return sent.getDelivered() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }
  }

  private static @Nullable String refusal(ErrorReason reason) {
    return reason == ErrorReason.ERROR_REASON_UNSPECIFIED
        ? null
        : reason.name().substring("ERROR_REASON_".length());
  }

  private static String words(SendTeamMessageResponse sent) {
    return sent.getDelivered()
        ? "Said to %s as message %d of room %s."
            .formatted(sent.getRoute().getAgent(), sent.getSequence(), sent.getRoomId())
        : "Not delivered. " + sent.getReason();
  }
}
