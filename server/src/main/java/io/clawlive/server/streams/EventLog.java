package io.clawlive.server.streams;

import static java.util.stream.Collectors.toSet;

import io.clawlive.policy.v1.Resource;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.ResourceGuards;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.streams.StreamRepository.GuardRow;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.Event;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The log as the other nouns use it: open a stream, write to it, end it. */
@Singleton
public final class EventLog implements ResourceGuards {
  /** What the names of the server's own producers begin with. */
  static final String SERVERS = "clawlive.";

  private static final Actor SERVER =
      Actor.newBuilder().setKind(ActorKind.ACTOR_KIND_SERVER).build();

  private final StreamRepository streams;
  private final StreamStates states;
  private final EventWriter writer;
  private final EventEncoder encoder;

  EventLog(
      StreamRepository streams, StreamStates states, EventWriter writer, EventEncoder encoder) {
    this.streams = streams;
    this.states = states;
    this.writer = writer;
    this.encoder = encoder;
  }

  /**
   * Opens a stream. Takes part in the caller's transaction.
   *
   * @param agent whom it belongs to; null for nobody
   */
  public void open(UUID stream, String kind, @Nullable UUID agent) {
    streams.insert(stream, kind, agent);
  }

  /** Writes an event of the server's own and waits for the commit. */
  public Appended append(UUID stream, Event event) {
    return await(write(stream, event, false));
  }

  /** Writes the last event of a stream; afterwards it takes no more. */
  public Appended end(UUID stream, Event last) {
    return await(write(stream, last, true));
  }

  /**
   * Writes an event of somebody's and waits for the commit. The event keeps its producer sequence,
   * which is 1 where it has none; at or below the last one of the same producer it is not stored
   * again: {@link Appended#inserted()} is 0 then.
   *
   * @param producer at most 64 characters
   */
  public Appended append(UUID stream, String producer, Event event, Actor actor) {
    return await(appendSoon(stream, producer, event, actor));
  }

  /** As {@link #append(UUID, String, Event, Actor)}; the future completes after the commit. */
  public CompletableFuture<Appended> appendSoon(
      UUID stream, String producer, Event event, Actor actor) {
    Event numbered =
        event.getProducerSequence() > 0 ? event : event.toBuilder().setProducerSequence(1).build();
    return writer.write(
        stream, producer, List.of(encoder.encode(numbered, producer, actor)), false);
  }

  /**
   * Writes a batch of somebody's, of the kinds that producers may write, and waits for the commit.
   * Otherwise as {@link #append(UUID, String, Event, Actor)}; the numbers must rise.
   */
  public Appended appendAll(UUID stream, String producer, List<Event> batch, Actor actor) {
    return await(append(stream, producer, batch, actor));
  }

  private CompletableFuture<Appended> write(UUID stream, Event event, boolean ends) {
    String producer = ownProducer();
    Event numbered = event.toBuilder().setProducerSequence(1).build();
    return writer.write(
        stream, producer, List.of(encoder.encode(numbered, producer, SERVER)), ends);
  }

  /** Queues a producer's batch. The future completes after the commit. */
  CompletableFuture<Appended> append(UUID stream, String producer, List<Event> batch, Actor actor) {
    return writer.write(stream, producer, encoder.encode(batch, producer, actor), false);
  }

  /**
   * A producer for one call alone: its events are numbered from 1, and a repeated write of the same
   * batch inside the server is still known.
   */
  static String ownProducer() {
    return SERVERS + UUID.randomUUID();
  }

  /** Where a stream stands. */
  public StreamState state(UUID stream) {
    return states.of(stream).orElseThrow(() -> StreamErrors.notFound(stream.toString()));
  }

  @Override
  public Resource resource() {
    return Resource.RESOURCE_STREAM;
  }

  @Override
  public Guard guardOf(String id, Caller.Viewer viewer) {
    return guard(id, null, viewer).orElseThrow(() -> StreamErrors.notFound(id));
  }

  /**
   * The guard of a stream; empty when it is not there for this viewer.
   *
   * @param kind what it was opened as; null for any
   */
  public Optional<Guard> guard(String id, @Nullable String kind, Caller.Viewer viewer) {
    return Ids.parse(id)
        .flatMap(stream -> streams.guard(stream, kind, viewer.account(), viewer.everything()))
        .map(row -> new Guard(owner(row), row.member()));
  }

  private static Caller.Owner owner(GuardRow row) {
    return row.agentId() == null || row.accountId() == null
        ? Caller.Owner.NOBODY
        : new Caller.Owner(row.agentId(), row.accountId());
  }

  @Override
  public Set<String> restricted(Set<String> ids) {
    UUID[] streamIds = ids.stream().map(UUID::fromString).toArray(UUID[]::new);
    return streams.restricted(streamIds).stream().map(UUID::toString).collect(toSet());
  }

  /** Waits for the commit of what was written. */
  public static <T> T await(CompletableFuture<T> written) {
    try {
      return written.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
