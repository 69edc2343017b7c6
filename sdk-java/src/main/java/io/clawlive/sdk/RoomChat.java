package io.clawlive.sdk;

import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.rooms.v1.ChatServiceGrpc;
import io.clawlive.rooms.v1.DeleteMessageRequest;
import io.clawlive.rooms.v1.DeleteMessageResponse;
import io.clawlive.rooms.v1.EditMessageRequest;
import io.clawlive.rooms.v1.EditMessageResponse;
import io.clawlive.rooms.v1.ListRoomMessagesRequest;
import io.clawlive.rooms.v1.ListRoomMessagesResponse;
import io.clawlive.rooms.v1.ReactInRoomRequest;
import io.clawlive.rooms.v1.ReactInRoomResponse;
import io.clawlive.rooms.v1.SearchRoomMessagesRequest;
import io.clawlive.rooms.v1.SearchRoomMessagesResponse;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.rooms.v1.SendRoomMessageResponse;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.Unary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Chat in rooms. Messages, reactions and changes are events on the room's stream, so a watcher has
 * them without asking here.
 */
public final class RoomChat {
  private final Unary unary;

  RoomChat(Unary unary) {
    this.unary = unary;
  }

  /**
   * Says something to everybody in the room.
   *
   * @param message 1 to 4,000 characters, Markdown; "/task …" at its beginning makes a task
   * @return where the message stands, and the task that it made
   * @throws NotAllowedException when the caller is not in the room
   * @throws RateLimitedException when the room or the caller says too much in a minute
   */
  public SendRoomMessageResponse send(String roomId, String message) {
    return send(SendRoomMessageRequest.newBuilder().setRoomId(roomId).setMessage(message).build());
  }

  /**
   * As {@link #send(String, String)}, to some only or in a thread. Without a request id it gets
   * one, so repeats are safe.
   */
  public SendRoomMessageResponse send(SendRoomMessageRequest request) {
    return Unary.await(sendAsync(request));
  }

  /** As {@link #send(SendRoomMessageRequest)}. */
  public CompletableFuture<SendRoomMessageResponse> sendAsync(SendRoomMessageRequest request) {
    SendRoomMessageRequest named =
        request.getRequestId().isEmpty()
            ? request.toBuilder().setRequestId(UUID.randomUUID().toString()).build()
            : request;
    return unary.call(ChatServiceGrpc.getSendRoomMessageMethod(), named);
  }

  /**
   * Puts a reaction on a message; again is no more.
   *
   * @param sequence the message's
   * @param emoji 1 to 16 characters
   * @throws NotFoundException when there is no message at this sequence
   */
  public void react(String roomId, long sequence, String emoji) {
    react(reaction(roomId, sequence, emoji).build());
  }

  /** Takes the caller's reaction back, whether it is there or not. */
  public void takeBack(String roomId, long sequence, String emoji) {
    react(reaction(roomId, sequence, emoji).setRemove(true).build());
  }

  private static ReactInRoomRequest.Builder reaction(String roomId, long sequence, String emoji) {
    return ReactInRoomRequest.newBuilder().setRoomId(roomId).setSequence(sequence).setEmoji(emoji);
  }

  private void react(ReactInRoomRequest request) {
    ReactInRoomResponse unused = Unary.await(reactAsync(request));
  }

  /** As {@link #react(String, long, String)} and {@link #takeBack}. */
  public CompletableFuture<ReactInRoomResponse> reactAsync(ReactInRoomRequest request) {
    return unary.call(ChatServiceGrpc.getReactInRoomMethod(), request);
  }

  /**
   * Changes the text of the caller's own message, in a room or beside a session.
   *
   * @throws NotAllowedException when somebody else sent it
   */
  public void edit(String streamId, long sequence, String message) {
    EditMessageResponse unused = Unary.await(editAsync(streamId, sequence, message));
  }

  /** As {@link #edit}. */
  public CompletableFuture<EditMessageResponse> editAsync(
      String streamId, long sequence, String message) {
    return unary.call(
        ChatServiceGrpc.getEditMessageMethod(),
        EditMessageRequest.newBuilder()
            .setStreamId(streamId)
            .setSequence(sequence)
            .setMessage(message)
            .build());
  }

  /**
   * Deletes the caller's own message, in a room or beside a session; hosts and the session's owner
   * delete any. A trace of it stays.
   *
   * @throws NotAllowedException when somebody else sent it
   */
  public void delete(String streamId, long sequence) {
    DeleteMessageResponse unused = Unary.await(deleteAsync(streamId, sequence));
  }

  /** As {@link #delete}. */
  public CompletableFuture<DeleteMessageResponse> deleteAsync(String streamId, long sequence) {
    return unary.call(
        ChatServiceGrpc.getDeleteMessageMethod(),
        DeleteMessageRequest.newBuilder().setStreamId(streamId).setSequence(sequence).build());
  }

  /** All messages from the newest to the oldest, read page by page while iterating. */
  public Iterable<ChatMessage> newestFirst(String roomId) {
    ListRoomMessagesRequest newest = ListRoomMessagesRequest.newBuilder().setRoomId(roomId).build();
    return new Pages<>(
        before ->
            page(
                before.isEmpty()
                    ? newest
                    : newest.toBuilder().setBeforeSequence(Long.parseLong(before)).build()),
        page -> reversed(page.getMessagesList()),
        page -> page.getHasMore() ? Long.toString(page.getMessages(0).getSequence()) : "");
  }

  /** The messages above a sequence, oldest first, read page by page while iterating. */
  public Iterable<ChatMessage> after(String roomId, long sequence) {
    ListRoomMessagesRequest.Builder request =
        ListRoomMessagesRequest.newBuilder().setRoomId(roomId);
    return new Pages<>(
        after ->
            page(
                request
                    .setAfterSequence(after.isEmpty() ? sequence : Long.parseLong(after))
                    .build()),
        ListRoomMessagesResponse::getMessagesList,
        page ->
            page.getHasMore()
                ? Long.toString(page.getMessages(page.getMessagesCount() - 1).getSequence())
                : "");
  }

  /** One page of messages, oldest first whatever the direction. */
  public ListRoomMessagesResponse page(ListRoomMessagesRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListRoomMessagesResponse> pageAsync(ListRoomMessagesRequest request) {
    return unary.call(ChatServiceGrpc.getListRoomMessagesMethod(), request);
  }

  /**
   * The messages that hold these words, newest first, searched page by page while iterating.
   *
   * @param query 1 to 200 characters
   */
  public Iterable<ChatMessage> search(String roomId, String query) {
    SearchRoomMessagesRequest newest =
        SearchRoomMessagesRequest.newBuilder().setRoomId(roomId).setQuery(query).build();
    return new Pages<>(
        before ->
            searchPage(
                before.isEmpty()
                    ? newest
                    : newest.toBuilder().setBeforeSequence(Long.parseLong(before)).build()),
        SearchRoomMessagesResponse::getMessagesList,
        page -> page.getHasMore() ? Long.toString(page.getSearchedTo()) : "");
  }

  /** What one call finds; it looks for at most a second or so. */
  public SearchRoomMessagesResponse searchPage(SearchRoomMessagesRequest request) {
    return Unary.await(searchPageAsync(request));
  }

  /** As {@link #searchPage}. */
  public CompletableFuture<SearchRoomMessagesResponse> searchPageAsync(
      SearchRoomMessagesRequest request) {
    return unary.call(ChatServiceGrpc.getSearchRoomMessagesMethod(), request);
  }

  private static List<ChatMessage> reversed(List<ChatMessage> messages) {
    List<ChatMessage> newest = new ArrayList<>(messages);
    Collections.reverse(newest);
    return newest;
  }
}
