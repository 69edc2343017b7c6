package io.clawlive.sdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * How a {@link SessionPublisher} gathers, keeps and resends. Start with {@link #defaults()}.
 *
 * @param producerId name of the numbering; empty means a new one for every publisher, or the
 *     spool's. A name that was used before goes on where the server says it stands, and then the
 *     first event waits for the server.
 * @param maxBatchEvents 1 to 1,000 events a message, default 1,000
 * @param linger how long the first event of a message may wait for company while nothing is on its
 *     way, 0 to 10 s, default 0: at once
 * @param maxBufferedEvents events kept until acknowledged, 16 or more, default 10,000
 * @param maxBufferedBytes their encoded size, 256 KiB or more, default 16 MiB
 * @param overflow what happens when the buffer (with a spool: the spool) is full, default BLOCK
 * @param spool directory that keeps events over a restart of the process; empty means memory only
 * @param maxSpoolBytes size of the files in it, 16 MiB or more, default 1 GiB
 * @param closeTimeout how long {@code close} waits for acknowledgements, default 30 s
 * @param onCommitted told the highest acknowledged number; runs on the connection's thread, so it
 *     must be quick and must not call the publisher in a way that waits
 * @param onConnection told of every change of the connection, on the same terms
 */
public record PublisherOptions(
    String producerId,
    int maxBatchEvents,
    Duration linger,
    int maxBufferedEvents,
    long maxBufferedBytes,
    Overflow overflow,
    Optional<Path> spool,
    long maxSpoolBytes,
    Duration closeTimeout,
    LongConsumer onCommitted,
    Consumer<ConnectionChange> onConnection) {

  /** Checks the bounds. */
  public PublisherOptions {
    if (!producerId.isEmpty() && !producerId.matches("[A-Za-z0-9._:-]{1,64}")) {
      throw new IllegalArgumentException(
          "producerId is '" + producerId + "'; expected 1 to 64 of A-Z a-z 0-9 . _ : -");
    }
    require(
        maxBatchEvents >= 1 && maxBatchEvents <= 1_000,
        "maxBatchEvents",
        maxBatchEvents,
        "1 to 1000");
    require(
        !linger.isNegative() && linger.compareTo(Duration.ofSeconds(10)) <= 0,
        "linger",
        linger,
        "0 to 10 s");
    require(maxBufferedEvents >= 16, "maxBufferedEvents", maxBufferedEvents, "16 or more");
    require(maxBufferedBytes >= 256 << 10, "maxBufferedBytes", maxBufferedBytes, "262144 or more");
    require(maxSpoolBytes >= 16 << 20, "maxSpoolBytes", maxSpoolBytes, "16777216 or more");
    require(!closeTimeout.isNegative(), "closeTimeout", closeTimeout, "0 or more");
  }

  /** The defaults named above. */
  public static PublisherOptions defaults() {
    return new PublisherOptions(
        "",
        1_000,
        Duration.ZERO,
        10_000,
        16 << 20,
        Overflow.BLOCK,
        Optional.empty(),
        1 << 30,
        Duration.ofSeconds(30),
        number -> {},
        change -> {});
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + "; expected " + expected);
    }
  }

  /** With this name of the numbering. */
  public PublisherOptions withProducerId(String value) {
    return new PublisherOptions(
        value,
        maxBatchEvents,
        linger,
        maxBufferedEvents,
        maxBufferedBytes,
        overflow,
        spool,
        maxSpoolBytes,
        closeTimeout,
        onCommitted,
        onConnection);
  }

  /** With at most this many events a message. */
  public PublisherOptions withMaxBatchEvents(int value) {
    return new PublisherOptions(
        producerId,
        value,
        linger,
        maxBufferedEvents,
        maxBufferedBytes,
        overflow,
        spool,
        maxSpoolBytes,
        closeTimeout,
        onCommitted,
        onConnection);
  }

  /** With this wait for company. */
  public PublisherOptions withLinger(Duration value) {
    return new PublisherOptions(
        producerId,
        maxBatchEvents,
        value,
        maxBufferedEvents,
        maxBufferedBytes,
        overflow,
        spool,
        maxSpoolBytes,
        closeTimeout,
        onCommitted,
        onConnection);
  }

  /** With a buffer of this many events and encoded bytes. */
  public PublisherOptions withBuffer(int events, long bytes) {
    return new PublisherOptions(
        producerId,
        maxBatchEvents,
        linger,
        events,
        bytes,
        overflow,
        spool,
        maxSpoolBytes,
        closeTimeout,
        onCommitted,
        onConnection);
  }

  /** With this answer to a full buffer. */
  public PublisherOptions withOverflow(Overflow value) {
    return new PublisherOptions(
        producerId,
        maxBatchEvents,
        linger,
        maxBufferedEvents,
        maxBufferedBytes,
        value,
        spool,
        maxSpoolBytes,
        closeTimeout,
        onCommitted,
        onConnection);
  }

  /** With a disk spool in this directory, which is made when it is missing. */
  public PublisherOptions withSpool(Path directory) {
    return new PublisherOptions(
        producerId,
        maxBatchEvents,
        linger,
        maxBufferedEvents,
        maxBufferedBytes,
        overflow,
        Optional.of(directory),
        maxSpoolBytes,
        closeTimeout,
        onCommitted,
        onConnection);
  }

  /** With at most this many bytes on disk. */
  public PublisherOptions withMaxSpoolBytes(long value) {
    return new PublisherOptions(
        producerId,
        maxBatchEvents,
        linger,
        maxBufferedEvents,
        maxBufferedBytes,
        overflow,
        spool,
        value,
        closeTimeout,
        onCommitted,
        onConnection);
  }

  /** With this patience in {@code close}. */
  public PublisherOptions withCloseTimeout(Duration value) {
    return new PublisherOptions(
        producerId,
        maxBatchEvents,
        linger,
        maxBufferedEvents,
        maxBufferedBytes,
        overflow,
        spool,
        maxSpoolBytes,
        value,
        onCommitted,
        onConnection);
  }

  /** With a listener for acknowledgements. */
  public PublisherOptions onCommitted(LongConsumer value) {
    return new PublisherOptions(
        producerId,
        maxBatchEvents,
        linger,
        maxBufferedEvents,
        maxBufferedBytes,
        overflow,
        spool,
        maxSpoolBytes,
        closeTimeout,
        value,
        onConnection);
  }

  /** With a listener for the connection. */
  public PublisherOptions onConnection(Consumer<ConnectionChange> value) {
    return new PublisherOptions(
        producerId,
        maxBatchEvents,
        linger,
        maxBufferedEvents,
        maxBufferedBytes,
        overflow,
        spool,
        maxSpoolBytes,
        closeTimeout,
        onCommitted,
        value);
  }
}
