package io.clawlive.server.rooms;

import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.rooms.v1.ChatServiceGrpc.ChatServiceImplBase;
import io.clawlive.rooms.v1.ListMessagesRequest;
import io.clawlive.rooms.v1.ListMessagesResponse;
import io.clawlive.rooms.v1.ReactRequest;
import io.clawlive.rooms.v1.ReactResponse;
import io.clawlive.rooms.v1.SendMessageRequest;
import io.clawlive.rooms.v1.SendMessageResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.streams.v1.Event;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

@Singleton
final class ChatGrpcService extends ChatServiceImplBase {
  private final Chat chat;
  private final ChatHistory history;

  ChatGrpcService(Chat chat, ChatHistory history) {
    this.chat = chat;
    this.history = history;
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
    var answer = ListMessagesResponse.newBuilder().setHasMore(read.size() > limit);
    if (!page.isEmpty()) {
      Reactions reactions = history.reactions(session, page.getLast().getSequence());
      String viewer = Caller.CURRENT.get().actor().getId();
      page.forEach(event -> answer.addMessages(message(event, reactions, viewer)));
    }
    out.onNext(answer.build());
    out.onCompleted();
  }

  private static ChatMessage message(Event event, Reactions reactions, String viewer) {
    return ChatMessage.newBuilder()
        .setMessageId(Long.toString(event.getSequence()))
        .setSequence(event.getSequence())
        .setUser(event.getChat().getUser())
        .setMessage(event.getChat().getMessage())
        .setSentAt(event.getRecordedAt())
        .addAllReactions(reactions.on(event.getSequence(), viewer))
        .build();
  }
}
