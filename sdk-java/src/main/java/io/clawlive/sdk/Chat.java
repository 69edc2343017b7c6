package io.clawlive.sdk;

import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.rooms.v1.ChatServiceGrpc;
import io.clawlive.rooms.v1.ListMessagesRequest;
import io.clawlive.rooms.v1.ListMessagesResponse;
import io.clawlive.rooms.v1.ReactRequest;
import io.clawlive.rooms.v1.ReactResponse;
import io.clawlive.rooms.v1.SendMessageRequest;
import io.clawlive.rooms.v1.SendMessageResponse;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.Unary;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Chat beside a session. Messages and reactions are events on the session's stream, so a watcher
 * has them without asking here.
 */
public final class Chat {
  private final Unary unary;

  Chat(Unary unary) {
    this.unary = unary;
  }

  /**
   * Says something under the caller's own name, until the session ends.
   *
   * @param message 1 to 4,000 characters, Markdown
   * @return where the message stands
   * @throws RateLimitedException after 10 messages in a minute
   * @throws StreamEndedException when the session is over
   */
  public SendMessageResponse send(String sessionId, String message) {
    return send(
        SendMessageRequest.newBuilder().setSessionId(sessionId).setMessage(message).build());
  }

  /** As {@link #send(String, String)}; without a request id it gets one, so repeats are safe. */
  public SendMessageResponse send(SendMessageRequest request) {
    return Unary.await(sendAsync(request));
  }

  /** As {@link #send(SendMessageRequest)}. */
  public CompletableFuture<SendMessageResponse> sendAsync(SendMessageRequest request) {
    SendMessageRequest named =
        request.getRequestId().isEmpty()
            ? request.toBuilder().setRequestId(UUID.randomUUID().toString()).build()
            : request;
    return unary.call(ChatServiceGrpc.getSendMessageMethod(), named);
  }

  /**
   * Puts a reaction on a message; again is no more.
   *
   * @param sequence the message's
   * @param emoji 1 to 16 characters
   * @throws NotFoundException when there is no message at this sequence
   */
  public void react(String sessionId, long sequence, String emoji) {
    react(reaction(sessionId, sequence, emoji).build());
  }

  /** Takes the caller's reaction back, whether it is there or not. */
  public void takeBack(String sessionId, long sequence, String emoji) {
    react(reaction(sessionId, sequence, emoji).setRemove(true).build());
  }

  private static ReactRequest.Builder reaction(String sessionId, long sequence, String emoji) {
    return ReactRequest.newBuilder().setSessionId(sessionId).setSequence(sequence).setEmoji(emoji);
  }

  private void react(ReactRequest request) {
    ReactResponse unused = Unary.await(reactAsync(request));
  }

  /** As {@link #react(String, long, String)} and {@link #takeBack}. */
  public CompletableFuture<ReactResponse> reactAsync(ReactRequest request) {
    return unary.call(ChatServiceGrpc.getReactMethod(), request);
  }

  /** All messages with their reactions, the newest first, read page by page while iterating. */
  public Iterable<ChatMessage> list(String sessionId) {
    ListMessagesRequest newest = ListMessagesRequest.newBuilder().setSessionId(sessionId).build();
    return new Pages<>(
        before ->
            page(
                before.isEmpty()
                    ? newest
                    : newest.toBuilder().setBeforeSequence(Long.parseLong(before)).build()),
        ListMessagesResponse::getMessagesList,
        Chat::next);
  }

  private static String next(ListMessagesResponse page) {
    return page.getHasMore()
        ? Long.toString(page.getMessages(page.getMessagesCount() - 1).getSequence())
        : "";
  }

  /** One page of messages. */
  public ListMessagesResponse page(ListMessagesRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListMessagesResponse> pageAsync(ListMessagesRequest request) {
    return unary.call(ChatServiceGrpc.getListMessagesMethod(), request);
  }
}
