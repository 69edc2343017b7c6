package io.clawlive.server.rooms;

import com.google.protobuf.Duration;
import io.clawlive.rooms.v1.CreateInvitationRequest;
import io.clawlive.rooms.v1.CreateInvitationResponse;
import io.clawlive.rooms.v1.CreateRoomRequest;
import io.clawlive.rooms.v1.CreateRoomResponse;
import io.clawlive.rooms.v1.DeleteRoomRequest;
import io.clawlive.rooms.v1.DeleteRoomResponse;
import io.clawlive.rooms.v1.GetRoomContextRequest;
import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.rooms.v1.GetRoomRequest;
import io.clawlive.rooms.v1.GetRoomResponse;
import io.clawlive.rooms.v1.GetUserRequest;
import io.clawlive.rooms.v1.GetUserResponse;
import io.clawlive.rooms.v1.HeartbeatRequest;
import io.clawlive.rooms.v1.HeartbeatResponse;
import io.clawlive.rooms.v1.ImportRoomRequest;
import io.clawlive.rooms.v1.ImportRoomResponse;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.rooms.v1.JoinRoomResponse;
import io.clawlive.rooms.v1.LeaveRoomRequest;
import io.clawlive.rooms.v1.LeaveRoomResponse;
import io.clawlive.rooms.v1.ListInvitationsRequest;
import io.clawlive.rooms.v1.ListInvitationsResponse;
import io.clawlive.rooms.v1.ListMembersRequest;
import io.clawlive.rooms.v1.ListMembersResponse;
import io.clawlive.rooms.v1.ListMyInvitationsRequest;
import io.clawlive.rooms.v1.ListMyInvitationsResponse;
import io.clawlive.rooms.v1.ListRoomsRequest;
import io.clawlive.rooms.v1.ListRoomsResponse;
import io.clawlive.rooms.v1.MoveRoomRequest;
import io.clawlive.rooms.v1.MoveRoomResponse;
import io.clawlive.rooms.v1.MyInvitation;
import io.clawlive.rooms.v1.RebuildRoomsRequest;
import io.clawlive.rooms.v1.RebuildRoomsResponse;
import io.clawlive.rooms.v1.RemoveMemberRequest;
import io.clawlive.rooms.v1.RemoveMemberResponse;
import io.clawlive.rooms.v1.RevokeInvitationRequest;
import io.clawlive.rooms.v1.RevokeInvitationResponse;
import io.clawlive.rooms.v1.Room;
import io.clawlive.rooms.v1.RoomServiceGrpc.RoomServiceImplBase;
import io.clawlive.rooms.v1.SteerAgentRequest;
import io.clawlive.rooms.v1.SteerAgentResponse;
import io.clawlive.rooms.v1.UpdateMemberRequest;
import io.clawlive.rooms.v1.UpdateMemberResponse;
import io.clawlive.rooms.v1.UpdateRoomRequest;
import io.clawlive.rooms.v1.UpdateRoomResponse;
import io.clawlive.rooms.v1.UpdateUserRequest;
import io.clawlive.rooms.v1.UpdateUserResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.rooms.RoomRepository.ListedRow;
import io.clawlive.server.streams.EventProjection;
import io.clawlive.server.streams.Eyes;
import io.clawlive.streams.v1.Invitation;
import io.clawlive.streams.v1.Member;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** The rooms' door: translates, and leaves the deciding to those behind it. */
@Singleton
final class RoomGrpcService extends RoomServiceImplBase {
  private final RoomCreation creation;
  private final Rooms rooms;
  private final Members members;
  private final Invitations invitations;
  private final Presences presences;
  private final Steering steering;
  private final Users users;
  private final RoomImport imports;
  private final RoomRebuild rebuild;
  private final RoomViews views;
  private final RoomRepository repository;
  private final RoomContexts contexts;
  private final RoomMessages messages;
  private final RoomsConfiguration configuration;

  RoomGrpcService(
      RoomCreation creation,
      Rooms rooms,
      Members members,
      Invitations invitations,
      Presences presences,
      Steering steering,
      Users users,
      RoomImport imports,
      RoomRebuild rebuild,
      RoomViews views,
      RoomRepository repository,
      RoomContexts contexts,
      RoomMessages messages,
      RoomsConfiguration configuration) {
    this.creation = creation;
    this.rooms = rooms;
    this.members = members;
    this.invitations = invitations;
    this.presences = presences;
    this.steering = steering;
    this.users = users;
    this.imports = imports;
    this.rebuild = rebuild;
    this.views = views;
    this.repository = repository;
    this.contexts = contexts;
    this.messages = messages;
    this.configuration = configuration;
  }

  private Room room(UUID id) {
    return messages.message(views.get(id), Caller.CURRENT.get());
  }

  private static <T> void answer(StreamObserver<T> out, T answer) {
    out.onNext(answer);
    out.onCompleted();
  }

  @Override
  public void createRoom(CreateRoomRequest request, StreamObserver<CreateRoomResponse> out) {
    rooms.allowed(request.getSettings());
    UUID id = creation.create(request, Caller.CURRENT.get());
    answer(out, CreateRoomResponse.newBuilder().setRoom(room(id)).build());
  }

  @Override
  public void listRooms(ListRoomsRequest request, StreamObserver<ListRoomsResponse> out) {
    Caller caller = Caller.CURRENT.get();
    int limit = Page.limit(request.getPageSize());
    List<ListedRow> rows =
        repository.page(
            Page.idToken(request.getPageToken()),
            request.getQuery(),
            request.getStateValue(),
            request.getMine(),
            Ids.parse(caller.actor().getId()).orElse(null),
            caller.viewer().account(),
            caller.viewer().everything(),
            limit);
    Page<ListedRow> page = Page.cut(rows, limit, row -> row.id().toString());
    answer(
        out,
        ListRoomsResponse.newBuilder()
            .addAllRooms(messages.messages(page.rows()))
            .setNextPageToken(page.nextToken())
            .build());
  }

  @Override
  public void getRoom(GetRoomRequest request, StreamObserver<GetRoomResponse> out) {
    UUID id = UUID.fromString(request.getRoomId());
    answer(out, GetRoomResponse.newBuilder().setRoom(room(id)).build());
  }

  @Override
  public void getRoomContext(
      GetRoomContextRequest request, StreamObserver<GetRoomContextResponse> out) {
    answer(
        out,
        contexts.of(
            UUID.fromString(request.getRoomId()), request.getMessages(), Caller.CURRENT.get()));
  }

  @Override
  public void updateRoom(UpdateRoomRequest request, StreamObserver<UpdateRoomResponse> out) {
    UUID id = UUID.fromString(request.getRoomId());
    rooms.update(id, request, Caller.CURRENT.get());
    answer(out, UpdateRoomResponse.newBuilder().setRoom(room(id)).build());
  }

  @Override
  public void deleteRoom(DeleteRoomRequest request, StreamObserver<DeleteRoomResponse> out) {
    rooms.delete(UUID.fromString(request.getRoomId()), Caller.CURRENT.get());
    answer(out, DeleteRoomResponse.getDefaultInstance());
  }

  @Override
  public void moveRoom(MoveRoomRequest request, StreamObserver<MoveRoomResponse> out) {
    UUID id = UUID.fromString(request.getRoomId());
    rooms.move(id, request, Caller.CURRENT.get());
    answer(out, MoveRoomResponse.newBuilder().setRoom(room(id)).build());
  }

  @Override
  public void joinRoom(JoinRoomRequest request, StreamObserver<JoinRoomResponse> out) {
    UUID id = UUID.fromString(request.getRoomId());
    Member member = members.join(id, request, Caller.CURRENT.get());
    answer(out, JoinRoomResponse.newBuilder().setRoom(room(id)).setMember(member).build());
  }

  @Override
  public void leaveRoom(LeaveRoomRequest request, StreamObserver<LeaveRoomResponse> out) {
    members.leave(UUID.fromString(request.getRoomId()), Caller.CURRENT.get());
    answer(out, LeaveRoomResponse.getDefaultInstance());
  }

  @Override
  public void listMembers(ListMembersRequest request, StreamObserver<ListMembersResponse> out) {
    RoomView room = views.get(UUID.fromString(request.getRoomId()));
    Eyes eyes = RoomAudience.eyes(room, Caller.CURRENT.get());
    var answer = ListMembersResponse.newBuilder();
    room.members()
        .values()
        .forEach(in -> answer.addMembers(EventProjection.show(in.member(), eyes)));
    answer(out, answer.build());
  }

  @Override
  public void updateMember(UpdateMemberRequest request, StreamObserver<UpdateMemberResponse> out) {
    Member member =
        members.setRole(
            UUID.fromString(request.getRoomId()),
            request.getMemberId(),
            request.getRole(),
            Caller.CURRENT.get());
    answer(out, UpdateMemberResponse.newBuilder().setMember(member).build());
  }

  @Override
  public void removeMember(RemoveMemberRequest request, StreamObserver<RemoveMemberResponse> out) {
    members.remove(
        UUID.fromString(request.getRoomId()),
        request.getMemberId(),
        request.getReason(),
        Caller.CURRENT.get());
    answer(out, RemoveMemberResponse.getDefaultInstance());
  }

  @Override
  public void createInvitation(
      CreateInvitationRequest request, StreamObserver<CreateInvitationResponse> out) {
    answer(
        out,
        invitations.create(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get()));
  }

  @Override
  public void listInvitations(
      ListInvitationsRequest request, StreamObserver<ListInvitationsResponse> out) {
    answer(
        out,
        ListInvitationsResponse.newBuilder()
            .addAllInvitations(invitations.list(UUID.fromString(request.getRoomId())))
            .build());
  }

  @Override
  public void revokeInvitation(
      RevokeInvitationRequest request, StreamObserver<RevokeInvitationResponse> out) {
    invitations.revoke(
        UUID.fromString(request.getRoomId()),
        UUID.fromString(request.getInvitationId()),
        Caller.CURRENT.get());
    answer(out, RevokeInvitationResponse.getDefaultInstance());
  }

  @Override
  public void listMyInvitations(
      ListMyInvitationsRequest request, StreamObserver<ListMyInvitationsResponse> out) {
    var answer = ListMyInvitationsResponse.newBuilder();
    invitations
        .of(Caller.CURRENT.get())
        .forEach(row ->
            views
                .find(row.roomId())
                .ifPresent(room ->
                    answer.addInvitations(
                        MyInvitation.newBuilder()
                            .setRoomId(row.roomId().toString())
                            .setRoomName(room.facts().getName())
                            .setInvitation(
                                Invitations.shown(
                                    Stored.read(Invitation.parser(), row.content()))))));
    answer(out, answer.build());
  }

  @Override
  public void heartbeat(HeartbeatRequest request, StreamObserver<HeartbeatResponse> out) {
    presences.heartbeat(
        UUID.fromString(request.getRoomId()),
        Caller.CURRENT.get(),
        request.getDeviceId(),
        request.getPresence());
    answer(
        out,
        HeartbeatResponse.newBuilder()
            .setLease(duration(configuration.lease()))
            .setNextReport(duration(configuration.report()))
            .build());
  }

  static Duration duration(java.time.Duration duration) {
    return Duration.newBuilder()
        .setSeconds(duration.toSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  @Override
  public void steerAgent(SteerAgentRequest request, StreamObserver<SteerAgentResponse> out) {
    Member member =
        steering.steer(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get());
    answer(out, SteerAgentResponse.newBuilder().setMember(member).build());
  }

  @Override
  public void importRoom(ImportRoomRequest request, StreamObserver<ImportRoomResponse> out) {
    RoomImport.Imported imported = imports.run(request, Caller.CURRENT.get());
    answer(out, imported.answer().setRoom(room(imported.room())).build());
  }

  @Override
  public void rebuildRooms(RebuildRoomsRequest request, StreamObserver<RebuildRoomsResponse> out) {
    List<UUID> streams =
        request.getRoomId().isEmpty()
            ? rebuild.streams()
            : List.of(views.get(UUID.fromString(request.getRoomId())).id());
    int done = 0;
    for (UUID stream : streams) {
      if (((ServerCallStreamObserver<RebuildRoomsResponse>) out).isCancelled()) {
        return;
      }
      out.onNext(
          RebuildRoomsResponse.newBuilder()
              .addAllDifferences(rebuild.rebuild(stream, request.getCompareOnly()))
              .setRoomId(stream.toString())
              .setDone(++done)
              .setRooms(streams.size())
              .build());
    }
    out.onCompleted();
  }

  @Override
  public void getUser(GetUserRequest request, StreamObserver<GetUserResponse> out) {
    answer(
        out,
        GetUserResponse.newBuilder()
            .setUser(users.get(request.getUserId(), Caller.CURRENT.get()))
            .build());
  }

  @Override
  public void updateUser(UpdateUserRequest request, StreamObserver<UpdateUserResponse> out) {
    answer(
        out,
        UpdateUserResponse.newBuilder()
            .setUser(users.update(request, Caller.CURRENT.get()))
            .build());
  }
}
