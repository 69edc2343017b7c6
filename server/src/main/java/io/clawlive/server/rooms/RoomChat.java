package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.rooms.v1.ListRoomMessagesRequest;
import io.clawlive.rooms.v1.ReactInRoomRequest;
import io.clawlive.rooms.v1.SearchRoomMessagesRequest;
import io.clawlive.rooms.v1.SearchRoomMessagesResponse;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Buckets;
import io.clawlive.server.platform.grpc.Buckets.Limit;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.RoomView.Insider;
import io.clawlive.server.streams.EventLog;
import io.clawlive.server.streams.EventReader;
import io.clawlive.server.streams.EventReader.Read;
import io.clawlive.server.streams.EventSearch;
import io.clawlive.server.streams.Eyes;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.SearchRequest;
import io.clawlive.streams.v1.SpectatorChat;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What is said in rooms: who may say what to whom, and who reads it. */
@Singleton
final class RoomChat {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final List<String> KIND = List.of(io.clawlive.server.rooms.Chat.KIND);

  private final RoomViews views;
  private final io.clawlive.server.rooms.Chat chat;
  private final ChatTasks tasks;
  private final ChatHistory history;
  private final EventLog log;
  private final EventReader events;
  private final EventSearch search;
  private final Buckets buckets;

  RoomChat(
      RoomViews views,
      io.clawlive.server.rooms.Chat chat,
      ChatTasks tasks,
      ChatHistory history,
      EventLog log,
      EventReader events,
      EventSearch search,
      Buckets buckets) {
    this.views = views;
    this.chat = chat;
    this.tasks = tasks;
    this.history = history;
    this.log = log;
    this.events = events;
    this.search = search;
    this.buckets = buckets;
  }

  /**
   * A message that was sent.
   *
   * @param sequence where it stands
   * @param taskId the task that it made; 0 when it made none
   */
  record Sent(long sequence, long taskId) {}

  /** Says something. The future completes after the commit. */
  CompletableFuture<Sent> send(UUID id, SendRoomMessageRequest request, Caller caller) {
    RoomView room = views.get(id);
    if (room.completed()) {
      throw RoomDraft.completed(id);
    }
    boolean mayOrder =
        TaskOrder.isCommand(request.getMessage())
            || room.facts().getSettings().getMentionsCreateTasks();
    Optional<Sent> earlier =
        mayOrder ? tasks.earlier(id, request.getRequestId(), caller) : Optional.empty();
    if (earlier.isPresent()) {
      return CompletableFuture.completedFuture(earlier.get());
    }
    Chat.Builder said = message(room, request, caller);
    Optional<TaskOrder> order =
        said.getFromSpectator()
            ? Optional.empty()
            : TaskOrder.in(said, room, !Parties.isAgent(Parties.of(caller)));
    takeTurn(room);
    return order
        .map(task ->
            CompletableFuture.completedFuture(
                tasks.send(id, said, task, request.getRequestId(), caller)))
        .orElseGet(() ->
            chat.send(id, said, request.getRequestId(), caller)
                .exceptionally(e -> refused(id, e))
                .thenApply(sequence -> new Sent(sequence, 0)));
  }

  /** Throws what a write came to; a stream that has ended is a room that is completed. */
  static Long refused(UUID room, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof Refusal refusal
        && refusal.reason() == ErrorReason.ERROR_REASON_STREAM_ENDED) {
      throw RoomDraft.completed(room);
    }
    throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }

  /** A room takes so many messages a minute, whoever sends them. */
  private void takeTurn(RoomView room) {
    int most = room.messagesPerMinute();
    Duration wait = buckets.take(new Limit(most, MINUTE), "room chat " + room.id());
    if (!wait.isZero()) {
      throw Refusal.retryAfter(
          ErrorReason.ERROR_REASON_RATE_LIMITED,
          "The room takes %,d messages a minute.".formatted(most),
          wait,
          "limit",
          Integer.toString(most),
          "window_seconds",
          "60");
    }
  }

  private Chat.Builder message(RoomView room, SendRoomMessageRequest request, Caller caller) {
    Optional<Insider> inside = room.insider(caller.actor().getId());
    Chat.Builder said = Chat.newBuilder().setMessage(request.getMessage());
    Eyes eyes = RoomAudience.eyes(room, caller);
    Optional<Event> root = root(room.id(), request.getThread(), eyes);
    root.ifPresent(first -> said.setThread(first.getSequence()));
    if (inside.filter(Insider::takesPart).isEmpty()) {
      return bySpectator(room, inside.isPresent(), said);
    }
    said.addAllMentions(Mentions.in(request.getMessage(), room.insiders()));
    return address(said, room, request, root, caller);
  }

  private static Chat.Builder bySpectator(RoomView room, boolean named, Chat.Builder said) {
    SpectatorChat rule = room.facts().getSettings().getSpectatorChat();
    return switch (rule) {
      case SPECTATOR_CHAT_UNSPECIFIED, SPECTATOR_CHAT_OFF, UNRECOGNIZED ->
          throw named
              ? Refusal.of(
                  ErrorReason.ERROR_REASON_SPECTATOR_CHAT_OFF,
                  "Spectators of this room only look on.",
                  "room_id",
                  room.id().toString())
              : Refusal.of(
                  ErrorReason.ERROR_REASON_NOT_MEMBER_YET,
                  "You are no member of the room; join it first.",
                  "room_id",
                  room.id().toString());
      case SPECTATOR_CHAT_ISOLATED ->
          said.setFromSpectator(true).setVisibility(ChatVisibility.CHAT_VISIBILITY_SPECTATORS);
      case SPECTATOR_CHAT_VISIBLE ->
          said.setFromSpectator(true).setVisibility(ChatVisibility.CHAT_VISIBILITY_ROOM);
    };
  }

  /** Says whom it is for; an answer is for whom the message was that it answers. */
  private static Chat.Builder address(
      Chat.Builder said,
      RoomView room,
      SendRoomMessageRequest request,
      Optional<Event> root,
      Caller caller) {
    return switch (request.getVisibility()) {
      case CHAT_VISIBILITY_UNSPECIFIED, UNRECOGNIZED -> {
        requireNoRecipients(request);
        Chat answered = root.map(Event::getChat).orElseGet(Chat::getDefaultInstance);
        if (answered.getVisibility() == ChatVisibility.CHAT_VISIBILITY_DIRECT) {
          said.addAllRecipients(others(room, root.orElseThrow(), caller));
        }
        yield said.setVisibility(
            answered.getVisibility() == ChatVisibility.CHAT_VISIBILITY_UNSPECIFIED
                ? ChatVisibility.CHAT_VISIBILITY_ROOM
                : answered.getVisibility());
      }
      case CHAT_VISIBILITY_ROOM, CHAT_VISIBILITY_MEMBERS -> {
        requireNoRecipients(request);
        yield said.setVisibility(request.getVisibility());
      }
      case CHAT_VISIBILITY_DIRECT -> {
        if (request.getRecipientsCount() == 0) {
          throw Refusal.invalidField(
              "recipients: a direct message is for 1 to 20 members.", "recipients");
        }
        request.getRecipientsList().stream()
            .map(name -> room.require(name).getParty())
            .distinct()
            .forEach(said::addRecipients);
        yield said.setVisibility(ChatVisibility.CHAT_VISIBILITY_DIRECT);
      }
      case CHAT_VISIBILITY_SPECTATORS ->
          throw Refusal.invalidField(
              "visibility: only spectators talk among spectators.", "visibility");
    };
  }

  private static List<Party> others(RoomView room, Event root, Caller caller) {
    var others = new ArrayList<>(root.getChat().getRecipientsList());
    room.insider(root.getActor().getId()).map(in -> in.member().getParty()).ifPresent(others::add);
    others.removeIf(party -> party.getId().equals(caller.actor().getId()));
    return others.stream().distinct().toList();
  }

  private static void requireNoRecipients(SendRoomMessageRequest request) {
    if (request.getRecipientsCount() > 0) {
      throw Refusal.invalidField("recipients: only a direct message has some.", "recipients");
    }
  }

  /** The message that began the thread of another one; empty for no thread. */
  private Optional<Event> root(UUID room, long sequence, Eyes eyes) {
    if (sequence == 0) {
      return Optional.empty();
    }
    Event answered = history.at(room, sequence, eyes);
    long first = answered.getChat().getThread();
    return Optional.of(first == 0 ? answered : history.at(room, first, eyes));
  }

  /** Reacts to a message that the caller may read. */
  void react(UUID id, ReactInRoomRequest request, Caller caller) {
    RoomView room = views.get(id);
    if (room.completed()) {
      throw RoomDraft.completed(id);
    }
    Event unused = history.at(id, request.getSequence(), RoomAudience.eyes(room, caller));
    chat.putReaction(id, request.getSequence(), request.getEmoji(), request.getRemove(), caller);
  }

  /** A page and whether there is more. */
  record MessagePage(List<ChatMessage> messages, boolean hasMore) {}

  /** A page of messages, oldest first. */
  MessagePage list(UUID room, ListRoomMessagesRequest request, Caller caller) {
    Eyes eyes = RoomAudience.eyes(views.get(room), caller);
    int limit = Page.size(request.getLimit());
    boolean forward = request.hasAfterSequence();
    long position =
        forward
            ? request.getAfterSequence()
            : request.hasBeforeSequence() ? request.getBeforeSequence() : Long.MAX_VALUE;
    List<Event> found = read(room, position, forward, limit + 1, request.getThread(), eyes);
    boolean more = found.size() > limit;
    if (more) {
      found = forward ? found.subList(0, limit) : found.subList(1, found.size());
    }
    return new MessagePage(history.messages(room, found, eyes, caller), more);
  }

  /** The newest messages below a sequence, oldest first. */
  List<ChatMessage> newest(UUID room, int limit, long below, Eyes eyes, Caller caller) {
    return history.messages(
        room, read(room, below, false, Page.size(limit), 0, eyes), eyes, caller);
  }

  private List<Event> read(
      UUID room, long start, boolean forward, int wanted, long thread, Eyes eyes) {
    var found = new ArrayList<Event>();
    long position = start;
    while (found.size() < wanted) {
      int rows = thread == 0 ? wanted - found.size() : 1_000;
      Read page =
          forward
              ? events.after(room, position, KIND, rows, eyes)
              : events.before(room, position, KIND, rows, eyes);
      if (page.position() == 0) {
        break;
      }
      List<Event> chosen =
          page.events().stream()
              .filter(event ->
                  thread == 0
                      || event.getChat().getThread() == thread
                      || event.getSequence() == thread)
              .toList();
      found.addAll(forward ? found.size() : 0, chosen);
      position = page.position();
      if (thread != 0 && (forward ? false : position <= thread)) {
        break;
      }
    }
    if (found.size() > wanted) {
      return forward
          ? found.subList(0, wanted)
          : found.subList(found.size() - wanted, found.size());
    }
    return found;
  }

  /** Finds messages by their text. */
  SearchRoomMessagesResponse search(UUID room, SearchRoomMessagesRequest request, Caller caller) {
    Eyes eyes = RoomAudience.eyes(views.get(room), caller);
    var found =
        search.search(
            SearchRequest.newBuilder()
                .setStreamId(room.toString())
                .setQuery(request.getQuery())
                .addKinds(io.clawlive.server.rooms.Chat.KIND)
                .addKinds("chat_change")
                .setBeforeSequence(request.getBeforeSequence())
                .setPageSize(Page.size(request.getLimit()))
                .build(),
            log.state(room),
            eyes);
    List<Event> said = history.saidNow(room, found.getEventsList(), eyes);
    return SearchRoomMessagesResponse.newBuilder()
        .addAllMessages(history.messages(room, said, eyes, caller).reversed())
        .setSearchedTo(found.getSearchedTo())
        .setHasMore(found.getHasMore())
        .build();
  }
}
