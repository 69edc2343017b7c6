package io.clawlive.sdk;

import io.clawlive.streams.v1.Actor;
import java.time.Instant;

/**
 * One stored event.
 *
 * @param streamId stream it stands on, which is also the session's id
 * @param sequence position on the stream, from 1 without gaps
 * @param producerId producer that numbered it; empty when read from JSON
 * @param producerSequence the producer's number; 0 when read from JSON
 * @param occurredAt when it happened by the producer's clock, else {@code recordedAt}
 * @param recordedAt when the server stored it
 * @param actor who did it
 * @param payload what happened
 */
public record StreamEvent(
    String streamId,
    long sequence,
    String producerId,
    long producerSequence,
    Instant occurredAt,
    Instant recordedAt,
    Actor actor,
    EventPayload payload)
    implements StreamItem {

  /** Kind of the payload: the contract's field name, such as {@code thought}. */
  public String kind() {
    return payload.kind();
  }
}
