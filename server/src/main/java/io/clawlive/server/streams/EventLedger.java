package io.clawlive.server.streams;

import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.Event;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes events in a transaction of the caller's own, so that what they tell and what the tables
 * hold is one commit. For changes that are decided one at a time; a flow of events goes by {@link
 * EventLog}, whose writer finds out by itself that somebody else wrote.
 */
@Singleton
public final class EventLedger {
  private final StreamRepository streams;
  private final EventEncoder encoder;
  private final EventFeeds feeds;
  private final WriterMeters meters;

  EventLedger(
      StreamRepository streams, EventEncoder encoder, EventFeeds feeds, MeterRegistry registry) {
    this.streams = streams;
    this.encoder = encoder;
    this.feeds = feeds;
    this.meters = new WriterMeters(registry);
  }

  /** A stream that is held until the transaction ends, and what was written to it. */
  public static final class Page {
    private final UUID stream;
    private final List<StoredEvent> written = new ArrayList<>();
    private long next;
    private boolean ends;

    Page(UUID stream, long next, boolean ends) {
      this.stream = stream;
      this.next = next;
      this.ends = ends;
    }

    /** Whether it takes no more. */
    public boolean ended() {
      return ends;
    }

    /** Its newest sequence. */
    public long lastSequence() {
      return next - 1;
    }
  }

  /** Holds a stream until the transaction ends; empty when there is none with this id. */
  public Optional<Page> hold(UUID stream) {
    return streams.hold(stream).map(head -> new Page(stream, head.nextSequence(), head.ended()));
  }

  /**
   * Writes an event.
   *
   * @param producer who numbers it; the event's producer sequence stays what it is
   * @param ends whether it is the last one. After the last one only the server's own hand writes.
   * @return the event as it is stored
   */
  public Event write(Page page, String producer, Event event, Actor actor, boolean ends) {
    NewEvent encoded = encoder.encode(event, producer, actor);
    var stored = new StoredEvent(page.next, encoded.kind(), encoded.level(), encoded.content());
    page.ends |= ends;
    Event complete = stored.decode(page.stream);
    streams.insertEvent(
        page.stream,
        stored.sequence(),
        (short) stored.kind(),
        (short) stored.level(),
        Timestamps.instant(complete.getRecordedAt()),
        stored.content());
    page.next++;
    streams.advance(page.stream, page.next, page.ends);
    page.written.add(stored);
    return complete;
  }

  /**
   * Notes that a producer writes its one event, so that a writer to whom it comes again by {@link
   * EventLog} knows it too.
   *
   * @return false when the producer has written before
   */
  public boolean begin(Page page, String producer) {
    boolean known = streams.knowsProducer(page.stream, producer);
    if (!known) {
      streams.noteProducer(page.stream, producer);
    }
    return !known;
  }

  /** Tells the watchers; call it after the commit. */
  public void committed(Page page) {
    if (!page.written.isEmpty()) {
      synchronized (meters) {
        meters.ingested(page.written);
      }
      feeds.appended(page.stream, page.written, page.next - 1, page.ends);
    }
  }
}
