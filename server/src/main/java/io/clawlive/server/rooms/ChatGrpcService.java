package io.clawlive.server.rooms;

import io.clawlive.rooms.v1.ChatServiceGrpc.ChatServiceImplBase;
import io.clawlive.rooms.v1.DeleteMessageRequest;
import io.clawlive.rooms.v1.DeleteMessageResponse;
import io.clawlive.rooms.v1.EditMessageRequest;
import io.clawlive.rooms.v1.EditMessageResponse;
import io.clawlive.rooms.v1.ListMessagesRequest;
import io.clawlive.rooms.v1.ListMessagesResponse;
import io.clawlive.rooms.v1.ListRoomMessagesRequest;
import io.clawlive.rooms.v1.ListRoomMessagesResponse;
import io.clawlive.rooms.v1.ReactInRoomRequest;
import io.clawlive.rooms.v1.ReactInRoomResponse;
import io.clawlive.rooms.v1.ReactRequest;
import io.clawlive.rooms.v1.ReactResponse;
import io.clawlive.rooms.v1.SearchRoomMessagesRequest;
import io.clawlive.rooms.v1.SearchRoomMessagesResponse;
import io.clawlive.rooms.v1.SendMessageRequest;
import io.clawlive.rooms.v1.SendMessageResponse;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.rooms.v1.SendRoomMessageResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.Eyes;
import io.clawlive.streams.v1.Event;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

@Singleton
final class ChatGrpcService extends ChatServiceImplBase {
  private final Chat chat;
  private final ChatHistory history;
  private final RoomChat roomChat;
  private final ChatChanges changes;

  ChatGrpcService(Chat chat, ChatHistory history, RoomChat roomChat, ChatChanges changes) {
    this.chat = chat;
    this.history = history;
    this.roomChat = roomChat;
    this.changes = changes;
  }

  @Override
  public void sendMessage(SendMessageRequest request, StreamObserver<SendMessageResponse> out) {
    long sequence =
        chat.send(
            UUID.fromString(request.getSessionId()),
            request.getMessage(),
            request.getRequestId(),
            Caller.CURRENT.get());
    out.onNext(
        SendMessageResponse.newBuilder()
            .setMessageId(Long.toString(sequence))
            .setSequence(sequence)
            .build());
    out.onCompleted();
  }

  @Override
  public void react(ReactRequest request, StreamObserver<ReactResponse> out) {
    chat.react(
        UUID.fromString(request.getSessionId()),
        request.getSequence(),
        request.getEmoji(),
        request.getRemove(),
        Caller.CURRENT.get());
    out.onNext(ReactResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void listMessages(ListMessagesRequest request, StreamObserver<ListMessagesResponse> out) {
    UUID session = UUID.fromString(request.getSessionId());
    int limit = Page.size(request.getLimit());
    long below = request.getBeforeSequence() == 0 ? Long.MAX_VALUE : request.getBeforeSequence();
    if (request.hasBefore()) {
      below = Math.min(below, history.firstSince(session, request.getBefore()));
    }
    List<Event> read = history.before(session, below, limit + 1);
    List<Event> page = read.subList(0, Math.min(limit, read.size()));
    var answer =
        ListMessagesResponse.newBuilder()
            .setHasMore(read.size() > limit)
            .addAllMessages(
                history
                    .messages(session, page.reversed(), Eyes.EVERYTHING, Caller.CURRENT.get())
                    .reversed());
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void sendRoomMessage(
      SendRoomMessageRequest request, StreamObserver<SendRoomMessageResponse> out) {
    RoomChat.Sent sent =
        EventLog.await(
            roomChat.send(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get()));
    out.onNext(
        SendRoomMessageResponse.newBuilder()
            .setSequence(sent.sequence())
            .setTaskId(sent.taskId())
            .build());
    out.onCompleted();
  }

  @Override
  public void reactInRoom(ReactInRoomRequest request, StreamObserver<ReactInRoomResponse> out) {
    roomChat.react(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get());
    out.onNext(ReactInRoomResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void editMessage(EditMessageRequest request, StreamObserver<EditMessageResponse> out) {
    changes.edit(
        UUID.fromString(request.getStreamId()),
        request.getSequence(),
        request.getMessage(),
        Caller.CURRENT.get());
    out.onNext(EditMessageResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void deleteMessage(
      DeleteMessageRequest request, StreamObserver<DeleteMessageResponse> out) {
    changes.delete(
        UUID.fromString(request.getStreamId()), request.getSequence(), Caller.CURRENT.get());
    out.onNext(DeleteMessageResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void listRoomMessages(
      ListRoomMessagesRequest request, StreamObserver<ListRoomMessagesResponse> out) {
    var page = roomChat.list(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get());
    out.onNext(
        ListRoomMessagesResponse.newBuilder()
            .addAllMessages(page.messages())
            .setHasMore(page.hasMore())
            .build());
    out.onCompleted();
  }

  @Override
  public void searchRoomMessages(
      SearchRoomMessagesRequest request, StreamObserver<SearchRoomMessagesResponse> out) {
    out.onNext(
        roomChat.search(UUID.fromString(request.getRoomId()), request, Caller.CURRENT.get()));
    out.onCompleted();
  }
}
