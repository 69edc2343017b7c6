package io.clawlive.sdk;

import io.clawlive.rooms.v1.CreateRoomRequest;
import io.clawlive.rooms.v1.CreateRoomResponse;
import io.clawlive.rooms.v1.DeleteRoomRequest;
import io.clawlive.rooms.v1.DeleteRoomResponse;
import io.clawlive.rooms.v1.GetRoomContextRequest;
import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.rooms.v1.GetRoomRequest;
import io.clawlive.rooms.v1.GetRoomResponse;
import io.clawlive.rooms.v1.HeartbeatRequest;
import io.clawlive.rooms.v1.HeartbeatResponse;
import io.clawlive.rooms.v1.ImportRoomRequest;
import io.clawlive.rooms.v1.ImportRoomResponse;
import io.clawlive.rooms.v1.JoinRoomRequest;
import io.clawlive.rooms.v1.JoinRoomResponse;
import io.clawlive.rooms.v1.LeaveRoomRequest;
import io.clawlive.rooms.v1.LeaveRoomResponse;
import io.clawlive.rooms.v1.ListRoomsRequest;
import io.clawlive.rooms.v1.ListRoomsResponse;
import io.clawlive.rooms.v1.MoveRoomRequest;
import io.clawlive.rooms.v1.MoveRoomResponse;
import io.clawlive.rooms.v1.RebuildRoomsRequest;
import io.clawlive.rooms.v1.Room;
import io.clawlive.rooms.v1.RoomServiceGrpc;
import io.clawlive.rooms.v1.UpdateRoomRequest;
import io.clawlive.rooms.v1.UpdateRoomResponse;
import io.clawlive.sdk.internal.Answers;
import io.clawlive.sdk.internal.Feed;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.PresenceLink;
import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import io.clawlive.sdk.internal.WatchSource;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.RoomState;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Rooms, where people and agents work together: make and find them, come in and watch. A room's id
 * is the id of its stream.
 */
public final class Rooms {
  private final Transport transport;
  private final Unary unary;
  private final RoomMembers members;
  private final Invitations invitations;
  private final RoomChat chat;

  Rooms(Transport transport, Unary unary) {
    this.transport = transport;
    this.unary = unary;
    members = new RoomMembers(unary);
    invitations = new Invitations(unary);
    chat = new RoomChat(unary);
  }

  /** Who is in a room, and what they may do. */
  public RoomMembers members() {
    return members;
  }

  /** Ways into rooms. */
  public Invitations invitations() {
    return invitations;
  }

  /** What is said in rooms. */
  public RoomChat chat() {
    return chat;
  }

  /**
   * Makes a public room that is active at once; the caller becomes its host.
   *
   * @param name 1 to 100 characters
   * @throws FailedPreconditionException when the caller has too many unfinished rooms
   */
  public Room create(String name) {
    return create(CreateRoomRequest.newBuilder().setName(name).setActive(true).build());
  }

  /**
   * Makes a room. Without a request id the SDK sets one, so that a retry makes no second.
   *
   * @throws FailedPreconditionException when the caller has too many unfinished rooms
   */
  public Room create(CreateRoomRequest request) {
    return Unary.await(createAsync(request));
  }

  /** As {@link #create(CreateRoomRequest)}. */
  public CompletableFuture<Room> createAsync(CreateRoomRequest request) {
    CreateRoomRequest named =
        request.getRequestId().isEmpty()
            ? request.toBuilder().setRequestId(UUID.randomUUID().toString()).build()
            : request;
    return unary
        .call(RoomServiceGrpc.getCreateRoomMethod(), named)
        .thenApply(CreateRoomResponse::getRoom);
  }

  /** All rooms the caller may see, newest first, read page by page while iterating. */
  public Iterable<Room> list() {
    return list(ListRoomsRequest.getDefaultInstance());
  }

  /** The rooms that fulfil the request's conditions, from its page token on, page by page. */
  public Iterable<Room> list(ListRoomsRequest request) {
    return new Pages<>(
        token -> page(token.isEmpty() ? request : request.toBuilder().setPageToken(token).build()),
        ListRoomsResponse::getRoomsList,
        ListRoomsResponse::getNextPageToken);
  }

  /** One page of rooms. */
  public ListRoomsResponse page(ListRoomsRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListRoomsResponse> pageAsync(ListRoomsRequest request) {
    return unary.call(RoomServiceGrpc.getListRoomsMethod(), request);
  }

  /**
   * Reads one room.
   *
   * @throws NotFoundException when there is none with this id, or none that the caller may see
   */
  public Room get(String roomId) {
    return Unary.await(getAsync(roomId));
  }

  /** As {@link #get}. */
  public CompletableFuture<Room> getAsync(String roomId) {
    return unary
        .call(
            RoomServiceGrpc.getGetRoomMethod(),
            GetRoomRequest.newBuilder().setRoomId(roomId).build())
        .thenApply(GetRoomResponse::getRoom);
  }

  /**
   * A room with its members, tasks, questions and newest messages. Go on with {@link #watch} after
   * its last sequence.
   *
   * @param messages 1 to 200; 0 means 50
   */
  public GetRoomContextResponse context(String roomId, int messages) {
    return Unary.await(contextAsync(roomId, messages));
  }

  /** As {@link #context}. */
  public CompletableFuture<GetRoomContextResponse> contextAsync(String roomId, int messages) {
    return unary.call(
        RoomServiceGrpc.getGetRoomContextMethod(),
        GetRoomContextRequest.newBuilder().setRoomId(roomId).setMessages(messages).build());
  }

  /** Changes what is set in the request: name, text, who may see it, rules. For hosts. */
  public Room update(UpdateRoomRequest request) {
    return Unary.await(updateAsync(request));
  }

  /** As {@link #update}. */
  public CompletableFuture<Room> updateAsync(UpdateRoomRequest request) {
    return unary
        .call(RoomServiceGrpc.getUpdateRoomMethod(), request)
        .thenApply(UpdateRoomResponse::getRoom);
  }

  /** Deletes a room for everybody; its stream takes no more. For hosts. */
  public void delete(String roomId) {
    DeleteRoomResponse unused = Unary.await(deleteAsync(roomId));
  }

  /** As {@link #delete}. */
  public CompletableFuture<DeleteRoomResponse> deleteAsync(String roomId) {
    return unary.call(
        RoomServiceGrpc.getDeleteRoomMethod(),
        DeleteRoomRequest.newBuilder().setRoomId(roomId).build());
  }

  /**
   * Moves a room on: created, lobby, active and paused in turn, completed. For hosts.
   *
   * @param reason at most 1,024 characters, may be empty
   * @throws FailedPreconditionException when the room cannot go there; the metadata names where it
   *     can
   */
  public Room move(String roomId, RoomState state, String reason) {
    return Unary.await(moveAsync(roomId, state, reason));
  }

  /** As {@link #move}. */
  public CompletableFuture<Room> moveAsync(String roomId, RoomState state, String reason) {
    return unary
        .call(
            RoomServiceGrpc.getMoveRoomMethod(),
            MoveRoomRequest.newBuilder()
                .setRoomId(roomId)
                .setState(state)
                .setReason(reason)
                .build())
        .thenApply(MoveRoomResponse::getRoom);
  }

  /**
   * Comes into a public room, or into one that the caller is invited to. Whoever is in already
   * stays as they are.
   *
   * @throws FailedPreconditionException with reason ROOM_FULL or ROOM_NOT_OPEN
   */
  public Member join(String roomId) {
    return join(JoinRoomRequest.newBuilder().setRoomId(roomId).build()).getMember();
  }

  /**
   * As {@link #join(String)}, with the secret of a link, as a spectator, or with capabilities.
   *
   * @throws NotAllowedException with reason INVITATION_INVALID
   */
  public JoinRoomResponse join(JoinRoomRequest request) {
    return Unary.await(joinAsync(request));
  }

  /** As {@link #join(JoinRoomRequest)}. */
  public CompletableFuture<JoinRoomResponse> joinAsync(JoinRoomRequest request) {
    return unary.call(RoomServiceGrpc.getJoinRoomMethod(), request);
  }

  /**
   * Leaves a room; leaving twice changes nothing.
   *
   * @throws FailedPreconditionException with reason LAST_HOST while others are in
   */
  public void leave(String roomId) {
    LeaveRoomResponse unused = Unary.await(leaveAsync(roomId));
  }

  /** As {@link #leave}. */
  public CompletableFuture<LeaveRoomResponse> leaveAsync(String roomId) {
    return unary.call(
        RoomServiceGrpc.getLeaveRoomMethod(),
        LeaveRoomRequest.newBuilder().setRoomId(roomId).build());
  }

  /** Says once that one of the caller's devices is there; {@link #presence} goes on saying so. */
  public HeartbeatResponse heartbeat(HeartbeatRequest request) {
    return Unary.await(heartbeatAsync(request));
  }

  /** As {@link #heartbeat}. */
  public CompletableFuture<HeartbeatResponse> heartbeatAsync(HeartbeatRequest request) {
    return unary.call(RoomServiceGrpc.getHeartbeatMethod(), request);
  }

  /** Says that one device of the caller is there, until it is closed. */
  public RoomPresence presence(String roomId) {
    return new RoomPresence(
        new PresenceLink(
            request -> heartbeatAsync(request), roomId, "java-" + UUID.randomUUID().toString()));
  }

  /** Watches a room from its beginning until it is deleted. */
  public EventStream watch(String roomId) {
    return watch(roomId, WatchOptions.fromStart());
  }

  /**
   * Watches what happens in a room, as far as the caller may see it: what is hidden is passed over,
   * so sequences may have holes. Nothing is sent before the first item is asked for.
   */
  public EventStream watch(String roomId, WatchOptions options) {
    return new EventStream(new Feed<>(transport, WatchSource.ofRoom(roomId, options), options));
  }

  /**
   * Makes a completed room from a recording, at most 1 MiB of JSON. Its differences tell what the
   * recording claims of itself and its events do not have.
   *
   * @throws InvalidRequestException with reason RECORDING_INVALID; the message names the place
   */
  public ImportRoomResponse importRecording(ImportRoomRequest request) {
    return Unary.await(importRecordingAsync(request));
  }

  /** As {@link #importRecording}. */
  public CompletableFuture<ImportRoomResponse> importRecordingAsync(ImportRoomRequest request) {
    return unary.call(RoomServiceGrpc.getImportRoomMethod(), request);
  }

  /**
   * Rebuilds the tables of rooms from the log, or only compares them with it; one answer for every
   * room as it is done. Nothing is sent before the first answer is asked for. For administrators.
   */
  public RoomsRebuild rebuild(RebuildRoomsRequest request) {
    return new RoomsRebuild(
        new Answers<>(transport, RoomServiceGrpc.getRebuildRoomsMethod(), request));
  }
}
