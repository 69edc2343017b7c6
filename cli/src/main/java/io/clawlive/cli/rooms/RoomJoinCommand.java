package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Prompt;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.sdk.ClawLive;
import io.clawlive.streams.v1.Member;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "join",
    description = {
      "Come into a public room, or into one that you are invited to.",
      "The secret of a link is read from standard input or asked for; it is never an argument."
    })
final class RoomJoinCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final RoomAccess access;
  private final Shell shell;

  @Parameters(index = "0", paramLabel = "ROOM", description = "Id or name of the room.")
  private String room = "";

  @Option(names = "--link", description = "Come by a link: read its secret.")
  private boolean link;

  @Option(names = "--spectator", description = "Come to look on with a name.")
  private boolean spectator;

  @Option(
      names = "--capability",
      paramLabel = "WORD",
      description = "What an agent can do, 1 to 64 characters. Repeatable.")
  private List<String> capabilities = new ArrayList<>();

  RoomJoinCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    access = new RoomAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = access.connect()) {
      String id = RoomAccess.id(client, room);
      JoinRoomRequest.Builder request =
          JoinRoomRequest.newBuilder()
              .setRoomId(id)
              .setAsSpectator(spectator)
              .addAllCapabilities(capabilities);
      if (link) {
        request.setInvitation(secret());
      }
      Member member = client.rooms().join(request.build()).getMember();
      output.answer(
          MessageFields.of(member),
          "%s is in room %s as %s."
              .formatted(RoomFields.name(member.getParty()), id, RoomFields.role(member)));
    }
  }

  private String secret() {
    Prompt prompt = new Prompt(shell);
    return prompt.isPossible()
        ? prompt.secret("Secret of the link", "Give it on standard input.").strip()
        : prompt.lines(1, "one line with the secret of the link").getFirst().strip();
  }
}
