package io.clawlive.server.testing;

import io.clawlive.identity.v1.Visibility;
import io.clawlive.rooms.v1.CreateInvitationRequest;
import io.clawlive.rooms.v1.CreateInvitationResponse;
import io.clawlive.rooms.v1.CreateRoomRequest;
import io.clawlive.rooms.v1.GetRoomContextRequest;
import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.rooms.v1.HeartbeatRequest;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.rooms.v1.ListMembersRequest;
import io.clawlive.rooms.v1.MoveRoomRequest;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.RoomState;
import java.util.List;

/** A room and its host. */
public record TestRoom(Client host, String id) {

  /** A public room at work. */
  public static TestRoom open(Client host) {
    return make(host, CreateRoomRequest.newBuilder().setName("room").setActive(true));
  }

  /** A public room at work with rules of its own. */
  public static TestRoom with(Client host, RoomSettings.Builder settings) {
    return make(
        host, CreateRoomRequest.newBuilder().setName("room").setActive(true).setSettings(settings));
  }

  /** A private room at work. */
  public static TestRoom hidden(Client host) {
    return make(
        host,
        CreateRoomRequest.newBuilder()
            .setName("hidden")
            .setActive(true)
            .setVisibility(Visibility.VISIBILITY_PRIVATE));
  }

  /** A room as the request says. */
  public static TestRoom make(Client host, CreateRoomRequest.Builder request) {
    return new TestRoom(host, host.rooms().createRoom(request.build()).getRoom().getRoomId());
  }

  /** Somebody comes in. */
  public Member join(Client who) {
    return who.rooms().joinRoom(JoinRoomRequest.newBuilder().setRoomId(id).build()).getMember();
  }

  /** Somebody comes in to look on. */
  public Member lookOn(Client who) {
    return who.rooms()
        .joinRoom(JoinRoomRequest.newBuilder().setRoomId(id).setAsSpectator(true).build())
        .getMember();
  }

  /** A link for this many. */
  public CreateInvitationResponse link(int uses) {
    return host.rooms()
        .createInvitation(CreateInvitationRequest.newBuilder().setRoomId(id).setUses(uses).build());
  }

  /** Somebody comes in by a link. */
  public Member join(Client who, String secret) {
    return who.rooms()
        .joinRoom(JoinRoomRequest.newBuilder().setRoomId(id).setInvitation(secret).build())
        .getMember();
  }

  /** Moves the room on. */
  public void move(RoomState state) {
    var unused =
        host.rooms().moveRoom(MoveRoomRequest.newBuilder().setRoomId(id).setState(state).build());
  }

  /** Says something to everybody. */
  public long say(Client who, String message) {
    return say(who, message, ChatVisibility.CHAT_VISIBILITY_UNSPECIFIED);
  }

  /** Says something to some. */
  public long say(Client who, String message, ChatVisibility to, String... recipients) {
    return who.chat()
        .sendRoomMessage(
            SendRoomMessageRequest.newBuilder()
                .setRoomId(id)
                .setMessage(message)
                .setVisibility(to)
                .addAllRecipients(List.of(recipients))
                .build())
        .getSequence();
  }

  /** A device of somebody gives a sign of life. */
  public void beat(Client who, String device, Presence presence) {
    var unused =
        who.rooms()
            .heartbeat(
                HeartbeatRequest.newBuilder()
                    .setRoomId(id)
                    .setDeviceId(device)
                    .setPresence(presence)
                    .build());
  }

  /** The members. */
  public List<Member> members() {
    return host.rooms()
        .listMembers(ListMembersRequest.newBuilder().setRoomId(id).build())
        .getMembersList();
  }

  /** A member as it stands. */
  public Member member(String handle) {
    return members().stream()
        .filter(member -> member.getParty().getHandle().equals(handle))
        .findFirst()
        .orElseThrow();
  }

  /** The room as somebody sees it. */
  public GetRoomContextResponse context(Client who) {
    return who.rooms().getRoomContext(GetRoomContextRequest.newBuilder().setRoomId(id).build());
  }

  /** Everything that happened, as somebody sees it. */
  public List<Event> log(Client who) {
    return who.everything(id);
  }
}
