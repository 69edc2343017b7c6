package io.clawlive.server.streams;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.postgres.PostgresErrors;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread, one connection, one transaction at a time. */
final class WriterLane {
  private static final Logger LOG = LoggerFactory.getLogger(WriterLane.class);
  private static final int MAX_EVENTS = 4_000;
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_HEADS = 20_000;
  private static final int MAX_PRODUCERS = 1_000;
  private static final long RETRY_MILLIS = 100;

  private final BlockingQueue<PendingBatch> queue = new LinkedTransferQueue<>();
  private final Map<UUID, StreamHead> heads = new LruHeads();
  private final EventWriteRepository table;
  private final StreamsConfiguration configuration;
  private final EventFeeds feeds;
  private final Clock clock;
  private final WriterMeters meters;
  private final Acknowledger acknowledger;
  private final Thread thread;
  private volatile boolean stopping;

  WriterLane(
      String name,
      EventWriteRepository table,
      StreamsConfiguration configuration,
      EventFeeds feeds,
      Clock clock,
      MeterRegistry meters) {
    this.table = table;
    this.configuration = configuration;
    this.feeds = feeds;
    this.clock = clock;
    this.meters = new WriterMeters(meters);
    this.acknowledger = new Acknowledger(name);
    this.thread = Thread.ofPlatform().name(name).daemon().start(this::run);
  }

  void add(PendingBatch batch) {
    if (stopping) {
      batch.done().completeExceptionally(StreamErrors.stopping());
    } else {
      queue.add(batch);
    }
  }

  /** Writes what is queued and ends the thread. */
  void stop() {
    stopping = true;
    thread.interrupt();
    try {
      thread.join(configuration.writeTimeout());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    queue.forEach(batch -> batch.done().completeExceptionally(StreamErrors.stopping()));
    acknowledger.close();
    table.close();
  }

  private void run() {
    while (!stopping || !queue.isEmpty()) {
      List<PendingBatch> group = gather();
      if (!group.isEmpty()) {
        writeUntilDone(group);
      }
    }
  }

  private List<PendingBatch> gather() {
    var group = new ArrayList<PendingBatch>();
    try {
      PendingBatch first = stopping ? queue.poll() : queue.poll(1, TimeUnit.SECONDS);
      int events = 0;
      int bytes = 0;
      for (PendingBatch batch = first; batch != null; batch = queue.poll()) {
        group.add(batch);
        events += batch.events().size();
        bytes += batch.bytes();
        if (events >= MAX_EVENTS || bytes >= MAX_BYTES) {
          break;
        }
      }
    } catch (InterruptedException e) {
      // Asked to stop: the loop writes what is queued without waiting for more.
    }
    return group;
  }

  /** Tries until the group is answered; each batch has its own patience. */
  private void writeUntilDone(List<PendingBatch> group) {
    List<PendingBatch> open = group;
    while (!open.isEmpty()) {
      try {
        write(open);
        return;
      } catch (SQLException e) {
        forget();
        if (PostgresErrors.isTransient(e)) {
          open = pause(open, e);
        } else if (open.size() > 1) {
          // One of them may be the cause; alone each gets its own answer.
          open.forEach(batch -> writeUntilDone(List.of(batch)));
          return;
        } else {
          open.getFirst().done().completeExceptionally(failure(e));
          return;
        }
      } catch (RuntimeException e) {
        forget();
        open.forEach(batch -> batch.done().completeExceptionally(e));
        return;
      }
    }
  }

  /** Drops what memory and connection claim to know: the outcome of the last try is uncertain. */
  private void forget() {
    heads.clear();
    table.close();
  }

  private List<PendingBatch> pause(List<PendingBatch> open, SQLException cause) {
    long patience = configuration.writeTimeout().toNanos();
    var kept = new ArrayList<PendingBatch>();
    for (PendingBatch batch : open) {
      if (stopping || System.nanoTime() - batch.queuedNanos() > patience) {
        batch.done().completeExceptionally(StreamErrors.unavailable());
      } else {
        kept.add(batch);
      }
    }
    LOG.warn("PostgreSQL does not take a write, trying again: {}", cause.getMessage());
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      // Asked to stop: the next try decides.
    }
    return kept;
  }

  private static RuntimeException failure(SQLException e) {
    return PostgresErrors.isDiskFull(e)
        ? Refusal.of(
            ErrorReason.ERROR_REASON_STORAGE_FULL,
            "The disk under PostgreSQL is full; nothing of this call was stored.")
        : new IllegalStateException("write failed", e);
  }

  private void write(List<PendingBatch> group) throws SQLException {
    long start = System.nanoTime();
    learn(group);
    var draft = new WriteDraft(group, heads);
    Set<UUID> changed = draft.streams().isEmpty() ? Set.of() : table.write(draft, clock.instant());
    List<PendingBatch> overtaken = settle(draft, changed, heads);
    if (!overtaken.isEmpty()) {
      writeLocked(overtaken);
    }
    draft.streams().forEach(stream -> keepSmall(heads.get(stream.stream())));
    meters.committed(System.nanoTime() - start, draft.size());
  }

  private static void keepSmall(@Nullable StreamHead head) {
    if (head != null) {
      head.keepAtMost(MAX_PRODUCERS);
    }
  }

  private void learn(List<PendingBatch> group) throws SQLException {
    var unknownStreams = new LinkedHashSet<UUID>();
    for (PendingBatch batch : group) {
      if (!heads.containsKey(batch.stream())) {
        unknownStreams.add(batch.stream());
      }
    }
    if (!unknownStreams.isEmpty()) {
      heads.putAll(table.heads(unknownStreams));
    }
    List<PendingBatch> unknownProducers = group.stream().filter(this::mustLearn).toList();
    if (!unknownProducers.isEmpty()) {
      table.learnProducers(unknownProducers, heads);
    }
  }

  /** Whoever begins at 1 is taken for new; the write finds out when that is wrong. */
  private boolean mustLearn(PendingBatch batch) {
    StreamHead head = heads.get(batch.stream());
    return head != null && !head.knows(batch.producer()) && (head.ended() || !batch.beginsAtOne());
  }

  /**
   * Another server wrote to these streams in between, or a producer was not new: hold their rows,
   * learn, then write.
   */
  private void writeLocked(List<PendingBatch> group) throws SQLException {
    var fresh = new HashMap<UUID, StreamHead>();
    Map.Entry<WriteDraft, Set<UUID>> done =
        table.transaction(() -> {
          fresh.putAll(table.lock(group.stream().map(PendingBatch::stream).distinct().toList()));
          table.learnProducers(group, fresh);
          var draft = new WriteDraft(group, fresh);
          return Map.entry(
              draft,
              draft.streams().isEmpty() ? Set.<UUID>of() : table.write(draft, clock.instant()));
        });
    heads.putAll(fresh);
    List<PendingBatch> left = settle(done.getKey(), done.getValue(), fresh);
    if (!left.isEmpty()) {
      throw new IllegalStateException("a locked stream moved");
    }
  }

  /** Answers what was written and returns what was not. */
  private List<PendingBatch> settle(
      WriteDraft draft, Set<UUID> written, Map<UUID, StreamHead> known) {
    for (StreamDraft stream : draft.streams()) {
      if (written.contains(stream.stream())) {
        stream.settle(known.get(stream.stream()));
        meters.ingested(stream.events());
        feeds.appended(stream.stream(), stream.events(), stream.next() - 1, stream.ends());
      } else {
        heads.remove(stream.stream());
      }
    }
    var answered = new ArrayList<WriteDraft.Answer>();
    var overtaken = new ArrayList<PendingBatch>();
    for (WriteDraft.Answer answer : draft.answers()) {
      PendingBatch batch = answer.batch();
      StreamHead head = known.get(batch.stream());
      if (answer.appended().inserted() == 0 && !batch.ends() && head != null) {
        answered.add(answer);
      } else if (written.contains(batch.stream())) {
        answered.add(answer);
      } else {
        overtaken.add(batch);
      }
    }
    acknowledger.answer(answered, queue.isEmpty());
    return overtaken;
  }

  /** The heads of the streams written to lately. */
  private static final class LruHeads extends LinkedHashMap<UUID, StreamHead> {
    private static final long serialVersionUID = 1L;

    LruHeads() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, StreamHead> eldest) {
      return size() > MAX_HEADS;
    }
  }
}
