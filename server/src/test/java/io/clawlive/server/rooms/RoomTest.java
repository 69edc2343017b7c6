package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.rooms.v1.CreateInvitationRequest;
import io.clawlive.rooms.v1.CreateRoomRequest;
import io.clawlive.rooms.v1.CreateTaskRequest;
import io.clawlive.rooms.v1.DeleteRoomRequest;
import io.clawlive.rooms.v1.GetRoomRequest;
import io.clawlive.rooms.v1.GetUserRequest;
import io.clawlive.rooms.v1.LeaveRoomRequest;
import io.clawlive.rooms.v1.ListInvitationsRequest;
import io.clawlive.rooms.v1.ListMyInvitationsRequest;
import io.clawlive.rooms.v1.ListRoomsRequest;
import io.clawlive.rooms.v1.MoveRoomRequest;
import io.clawlive.rooms.v1.RemoveMemberRequest;
import io.clawlive.rooms.v1.RevokeInvitationRequest;
import io.clawlive.rooms.v1.Room;
import io.clawlive.rooms.v1.SteerAgentRequest;
import io.clawlive.rooms.v1.UpdateMemberRequest;
import io.clawlive.rooms.v1.UpdateRoomRequest;
import io.clawlive.rooms.v1.UpdateUserRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestRoom;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.RoomState;
import io.clawlive.streams.v1.SteeringAction;
import io.clawlive.streams.v1.WorkState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class RoomTest {
  private static TestServer server;
  private static Client ann;
  private static Client ben;
  private static Worker agent;

  @BeforeAll
  static void start() {
    server = TestServer.start("clawlive.rooms.per-creator=1000");
    ann = server.person("ann").client();
    ben = server.person("ben").client();
    agent = server.worker("helper");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whoMakesARoomIsItsHostAndItsStreamTellsIt() {
    Room room =
        ann.rooms()
            .createRoom(
                CreateRoomRequest.newBuilder()
                    .setName("Blog engine")
                    .setDescription("We *build* it.")
                    .setGitRepo("https://example.com/blog.git")
                    .build())
            .getRoom();

    assertEquals("Blog engine", room.getFacts().getName());
    assertEquals(RoomState.ROOM_STATE_CREATED, room.getFacts().getState());
    assertEquals(Visibility.VISIBILITY_PUBLIC, room.getFacts().getVisibility());
    assertEquals(MemberRole.MEMBER_ROLE_HOST, room.getRole());
    assertEquals("ann", room.getCreator().getHandle());
    assertEquals(1, room.getMembers());
    assertTrue(room.getUrl().endsWith("/rooms/" + room.getRoomId()), room.getUrl());
    assertEquals(
        List.of(Event.PayloadCase.ROOM, Event.PayloadCase.MEMBER),
        ann.everything(room.getRoomId()).stream().map(Event::getPayloadCase).toList());
  }

  @Test
  void theSameRequestMakesOneRoom() {
    var request = CreateRoomRequest.newBuilder().setName("once").setRequestId("only-once").build();

    String first = ann.rooms().createRoom(request).getRoom().getRoomId();

    assertEquals(first, ann.rooms().createRoom(request).getRoom().getRoomId());
    assertFalse(first.equals(ben.rooms().createRoom(request).getRoom().getRoomId()));
  }

  /** The way to each state, and where it goes from there. */
  private static final Map<RoomState, Set<RoomState>> MOVES =
      Map.of(
          RoomState.ROOM_STATE_CREATED, EnumSet.of(RoomState.ROOM_STATE_LOBBY),
          RoomState.ROOM_STATE_LOBBY, EnumSet.of(RoomState.ROOM_STATE_ACTIVE),
          RoomState.ROOM_STATE_ACTIVE,
              EnumSet.of(RoomState.ROOM_STATE_PAUSED, RoomState.ROOM_STATE_COMPLETED),
          RoomState.ROOM_STATE_PAUSED,
              EnumSet.of(RoomState.ROOM_STATE_ACTIVE, RoomState.ROOM_STATE_COMPLETED),
          RoomState.ROOM_STATE_COMPLETED, EnumSet.noneOf(RoomState.class));

  private static final List<RoomState> WAY =
      List.of(
          RoomState.ROOM_STATE_LOBBY,
          RoomState.ROOM_STATE_ACTIVE,
          RoomState.ROOM_STATE_PAUSED,
          RoomState.ROOM_STATE_COMPLETED);

  private static TestRoom in(RoomState state) {
    TestRoom room = TestRoom.make(ann, CreateRoomRequest.newBuilder().setName("moves"));
    for (RoomState step : WAY) {
      if (state == RoomState.ROOM_STATE_CREATED) {
        break;
      }
      room.move(step);
      if (step == state) {
        break;
      }
    }
    return room;
  }

  @Test
  void everyMoveThatIsNotAllowedIsRefusedAndSaysWhichAre() {
    MOVES.forEach((from, allowed) -> {
      for (RoomState to : MOVES.keySet()) {
        TestRoom room = in(from);
        int before = room.log(ann).size();
        if (allowed.contains(to)) {
          room.move(to);
          assertEquals(to, state(room), from + " to " + to);
        } else if (to == from) {
          room.move(to);
          assertEquals(before, room.log(ann).size(), "nothing happened");
        } else {
          Refused refused =
              Refused.with(ErrorReason.ERROR_REASON_ROOM_TRANSITION_REFUSED, () -> room.move(to));
          assertEquals(from, state(room));
          for (RoomState possible : allowed) {
            assertTrue(
                refused
                    .metadata("allowed")
                    .contains(possible.name().substring("ROOM_STATE_".length()).toLowerCase()),
                refused.message());
          }
        }
      }
    });
  }

  private static RoomState state(TestRoom room) {
    return room.host()
        .rooms()
        .getRoom(GetRoomRequest.newBuilder().setRoomId(room.id()).build())
        .getRoom()
        .getFacts()
        .getState();
  }

  @Test
  void aCompletedRoomIsForReadingOnly() {
    TestRoom room = TestRoom.open(ann);
    room.say(ann, "the end");
    room.move(RoomState.ROOM_STATE_COMPLETED);

    Refused.with(ErrorReason.ERROR_REASON_ROOM_COMPLETED, () -> room.say(ann, "no, wait"));
    Refused.with(ErrorReason.ERROR_REASON_ROOM_COMPLETED, () -> room.join(ben));
    Refused.with(
        ErrorReason.ERROR_REASON_ROOM_COMPLETED,
        () ->
            ann.rooms()
                .updateRoom(
                    UpdateRoomRequest.newBuilder().setRoomId(room.id()).setName("x").build()));
    assertEquals("the end", room.context(ben).getMessages(0).getMessage());
  }

  @Test
  void theTwentyFirstMemberIsRefusedAndALookerOnIsNot() throws Exception {
    TestRoom room = TestRoom.open(ann);
    List<Callable<Object>> joins = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      Client somebody = server.person("crowd" + i).client();
      joins.add(() -> {
        try {
          return room.join(somebody);
        } catch (io.grpc.StatusRuntimeException e) {
          return Refused.of(e).reason();
        }
      });
    }

    List<Object> outcomes = Together.run(joins);

    assertEquals(19, outcomes.stream().filter(o -> !(o instanceof ErrorReason)).count());
    assertEquals(6, outcomes.stream().filter(ErrorReason.ERROR_REASON_ROOM_FULL::equals).count());
    assertEquals(20, room.members().size());
    assertEquals(MemberRole.MEMBER_ROLE_SPECTATOR, room.lookOn(ben).getRole());
  }

  @Test
  void aPrivateRoomIsNotThereForOthersAndALinkLetsAsManyInAsItSays() {
    TestRoom room = TestRoom.hidden(ann);

    Refused.with(
        ErrorReason.ERROR_REASON_ROOM_NOT_FOUND,
        () -> ben.rooms().getRoom(GetRoomRequest.newBuilder().setRoomId(room.id()).build()));
    Refused.with(ErrorReason.ERROR_REASON_ROOM_NOT_FOUND, () -> room.join(ben));
    Refused.with(
        ErrorReason.ERROR_REASON_ROOM_NOT_FOUND,
        () -> new TestRoom(ann, UUID.randomUUID().toString()).join(ben));
    Refused.with(ErrorReason.ERROR_REASON_STREAM_NOT_FOUND, () -> room.log(ben));
    Refused.with(
        ErrorReason.ERROR_REASON_INVITATION_INVALID, () -> room.join(ben, "no such secret"));

    var link = room.link(1);
    assertTrue(link.getUrl().endsWith("#invite=" + link.getSecret()), link.getUrl());
    assertTrue(link.getInvitation().getSecretHash().isEmpty(), "the hash stays");
    assertEquals(MemberRole.MEMBER_ROLE_MEMBER, room.join(ben, link.getSecret()).getRole());
    Refused.with(
        ErrorReason.ERROR_REASON_INVITATION_INVALID,
        () -> room.join(agent.client(), link.getSecret()));
    assertTrue(
        room.log(ben).stream().noneMatch(e -> e.toString().contains("secret_hash")),
        "nobody reads it from the stream");
  }

  @Test
  void aDirectInvitationIsForOneAndCanBeTakenBack() {
    TestRoom room = TestRoom.hidden(ann);
    var invitation =
        ann.rooms()
            .createInvitation(
                CreateInvitationRequest.newBuilder()
                    .setRoomId(room.id())
                    .setInvitee("helper")
                    .setRole(MemberRole.MEMBER_ROLE_HOST)
                    .build())
            .getInvitation();
    var mine =
        agent.client().rooms().listMyInvitations(ListMyInvitationsRequest.getDefaultInstance());
    assertTrue(mine.getInvitationsList().stream().anyMatch(i -> i.getRoomId().equals(room.id())));

    var unused =
        ann.rooms()
            .revokeInvitation(
                RevokeInvitationRequest.newBuilder()
                    .setRoomId(room.id())
                    .setInvitationId(invitation.getInvitationId())
                    .build());
    Refused.with(ErrorReason.ERROR_REASON_ROOM_NOT_FOUND, () -> room.join(agent.client()));
    Refused.with(
        ErrorReason.ERROR_REASON_PARTY_NOT_FOUND,
        () ->
            ann.rooms()
                .createInvitation(
                    CreateInvitationRequest.newBuilder()
                        .setRoomId(room.id())
                        .setInvitee("nobody-at-all")
                        .build()));

    var again =
        ann.rooms()
            .createInvitation(
                CreateInvitationRequest.newBuilder()
                    .setRoomId(room.id())
                    .setInvitee("helper")
                    .setRole(MemberRole.MEMBER_ROLE_HOST)
                    .build());
    assertEquals("helper", again.getInvitation().getInvitee().getHandle());
    assertEquals(MemberRole.MEMBER_ROLE_HOST, room.join(agent.client()).getRole());
    assertEquals(
        0,
        ann.rooms()
            .listInvitations(ListInvitationsRequest.newBuilder().setRoomId(room.id()).build())
            .getInvitationsCount());
  }

  @Test
  void onlyHostsRuleAndTheLastOneStays() {
    TestRoom room = TestRoom.open(ann);
    room.join(ben);

    Refused.with(
        ErrorReason.ERROR_REASON_NOT_OWNER,
        () ->
            ben.rooms()
                .moveRoom(
                    MoveRoomRequest.newBuilder()
                        .setRoomId(room.id())
                        .setState(RoomState.ROOM_STATE_PAUSED)
                        .build()));
    Refused.with(ErrorReason.ERROR_REASON_LAST_HOST, () -> leave(ann, room));
    Refused.with(
        ErrorReason.ERROR_REASON_LAST_HOST, () -> role(room, "ann", MemberRole.MEMBER_ROLE_MEMBER));
    role(room, "ben", MemberRole.MEMBER_ROLE_HOST);
    leave(ann, room);
    Refused.with(
        ErrorReason.ERROR_REASON_NOT_OWNER, () -> role(room, "ben", MemberRole.MEMBER_ROLE_MEMBER));
    leave(ann, room);
    assertEquals(1, room.members().size());
  }

  private static void leave(Client who, TestRoom room) {
    var unused = who.rooms().leaveRoom(LeaveRoomRequest.newBuilder().setRoomId(room.id()).build());
  }

  private static void role(TestRoom room, String handle, MemberRole role) {
    var unused =
        room.host()
            .rooms()
            .updateMember(
                UpdateMemberRequest.newBuilder()
                    .setRoomId(room.id())
                    .setMemberId(handle)
                    .setRole(role)
                    .build());
  }

  @Test
  void aKeyThatOnlyWatchesSeesWhatItsMemberSeesAndDoesNothing() {
    TestRoom room = TestRoom.hidden(ann);
    Person dot = server.person("dot");
    room.join(dot.client(), room.link(1).getSecret());
    Client watching = server.as(dot.key(KeyScope.KEY_SCOPE_WATCH).getApiKey());

    assertFalse(room.log(watching).isEmpty());
    Refused.with(
        ErrorReason.ERROR_REASON_SCOPE_INSUFFICIENT,
        () -> room.beat(watching, "tab", Presence.PRESENCE_ACTIVE));
    Refused.with(ErrorReason.ERROR_REASON_SCOPE_INSUFFICIENT, () -> room.say(watching, "hello"));
    Refused.with(
        ErrorReason.ERROR_REASON_SCOPE_INSUFFICIENT,
        () ->
            watching
                .tasks()
                .createTask(
                    CreateTaskRequest.newBuilder().setRoomId(room.id()).setTitle("x").build()));
  }

  @Test
  void aMemberThatIsSentAwayIsOut() {
    TestRoom room = TestRoom.open(ann);
    room.join(ben);
    var unused =
        ann.rooms()
            .removeMember(
                RemoveMemberRequest.newBuilder().setRoomId(room.id()).setMemberId("ben").build());

    Refused.with(ErrorReason.ERROR_REASON_NOT_MEMBER_YET, () -> room.say(ben, "hello?"));
    Refused.with(
        ErrorReason.ERROR_REASON_MEMBER_NOT_FOUND,
        () -> role(room, "ben", MemberRole.MEMBER_ROLE_HOST));
  }

  @Test
  void listsShowWhatIsPublicAndWhatIsMine() {
    TestRoom open =
        TestRoom.make(
            ann,
            CreateRoomRequest.newBuilder().setName("Zebra crossing").setDescription("Stripes"));
    TestRoom hidden = TestRoom.hidden(ann);

    assertTrue(ids(server.nobody(), ListRoomsRequest.newBuilder()).contains(open.id()));
    assertFalse(ids(server.nobody(), ListRoomsRequest.newBuilder()).contains(hidden.id()));
    assertTrue(ids(ann, ListRoomsRequest.newBuilder()).contains(hidden.id()));
    assertEquals(
        List.of(open.id()), ids(server.nobody(), ListRoomsRequest.newBuilder().setQuery("STRIP")));
    assertTrue(ids(ann, ListRoomsRequest.newBuilder().setMine(true)).contains(hidden.id()));
    assertFalse(ids(ben, ListRoomsRequest.newBuilder().setMine(true)).contains(open.id()));
    var page =
        ann.rooms().listRooms(ListRoomsRequest.newBuilder().setMine(true).setPageSize(1).build());
    assertEquals(1, page.getRoomsCount());
    assertEquals(hidden.id(), page.getRooms(0).getRoomId(), "the newest first");
    assertEquals(
        open.id(),
        ann.rooms()
            .listRooms(
                ListRoomsRequest.newBuilder()
                    .setMine(true)
                    .setPageSize(1)
                    .setPageToken(page.getNextPageToken())
                    .build())
            .getRooms(0)
            .getRoomId());
  }

  private static List<String> ids(Client who, ListRoomsRequest.Builder request) {
    return who.rooms().listRooms(request.setPageSize(200).build()).getRoomsList().stream()
        .map(Room::getRoomId)
        .toList();
  }

  @Test
  void aDeletedRoomIsNotThereAnyMore() {
    TestRoom room = TestRoom.open(ann);
    var unused =
        ann.rooms().deleteRoom(DeleteRoomRequest.newBuilder().setRoomId(room.id()).build());

    Refused.with(ErrorReason.ERROR_REASON_ROOM_NOT_FOUND, () -> state(room));
    Refused.with(ErrorReason.ERROR_REASON_STREAM_NOT_FOUND, () -> room.log(ann));
    Refused.with(ErrorReason.ERROR_REASON_ROOM_NOT_FOUND, () -> room.join(ben));
    assertFalse(ids(ann, ListRoomsRequest.newBuilder()).contains(room.id()));
  }

  @Test
  void agentsArePausedResumedAndStoppedAndEveryUseIsTold() {
    TestRoom room = TestRoom.open(ann);
    room.join(agent.client());
    room.join(ben);

    assertEquals(WorkState.WORK_STATE_PAUSED, steer(room, SteeringAction.STEERING_ACTION_PAUSE));
    assertEquals(WorkState.WORK_STATE_STOPPED, steer(room, SteeringAction.STEERING_ACTION_STOP));
    assertEquals(WorkState.WORK_STATE_RUNNING, steer(room, SteeringAction.STEERING_ACTION_RESUME));
    assertEquals(WorkState.WORK_STATE_RUNNING, room.member("helper").getWork());
    assertEquals(3, room.log(ann).stream().filter(Event::hasSteering).count());
    Refused.with(
        ErrorReason.ERROR_REASON_NOT_AN_AGENT,
        () ->
            ann.rooms()
                .steerAgent(
                    SteerAgentRequest.newBuilder()
                        .setRoomId(room.id())
                        .setMemberId("ben")
                        .setAction(SteeringAction.STEERING_ACTION_STOP)
                        .build()));
  }

  private static WorkState steer(TestRoom room, SteeringAction action) {
    return ann.rooms()
        .steerAgent(
            SteerAgentRequest.newBuilder()
                .setRoomId(room.id())
                .setMemberId("helper")
                .setAction(action)
                .setReason("because")
                .build())
        .getMember()
        .getWork();
  }

  @Test
  void whoMayNotHaveMoreRoomsIsTold() {
    try (TestServer small = TestServer.start("clawlive.rooms.per-creator=2")) {
      Person cat = small.person("cat");
      TestRoom first = TestRoom.open(cat.client());
      TestRoom.open(cat.client());
      Refused refused =
          Refused.with(ErrorReason.ERROR_REASON_TOO_MANY_ROOMS, () -> TestRoom.open(cat.client()));
      assertEquals("2", refused.metadata("limit"));
      first.move(RoomState.ROOM_STATE_COMPLETED);
      TestRoom.open(cat.client());
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> TestRoom.with(ann, RoomSettings.newBuilder().setMaxMembers(1)));
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> TestRoom.with(ann, RoomSettings.newBuilder().setMaxMembers(201)));
  }

  @Test
  void aProfileIsItsOwnersToChange() {
    var user =
        ann.rooms()
            .updateUser(
                UpdateUserRequest.newBuilder()
                    .setUserId("me")
                    .setDisplayName("Ann A.")
                    .setBio("Writes.")
                    .build())
            .getUser();

    assertEquals("Ann A.", user.getDisplayName());
    assertEquals(
        user,
        server
            .nobody()
            .rooms()
            .getUser(GetUserRequest.newBuilder().setUserId("ann").build())
            .getUser());
    Refused.with(
        ErrorReason.ERROR_REASON_NOT_OWNER_OF_PROFILE,
        () ->
            ben.rooms()
                .updateUser(UpdateUserRequest.newBuilder().setUserId("ann").setBio("no").build()));
  }
}
