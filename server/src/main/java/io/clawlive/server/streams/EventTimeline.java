package io.clawlive.server.streams;

import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.streams.TimelineRepository.BucketRow;
import io.clawlive.server.streams.TimelineRepository.MarkRow;
import io.clawlive.server.streams.TimelineRepository.Span;
import io.clawlive.streams.v1.TimelineBucket;
import io.clawlive.streams.v1.TimelineMark;
import io.clawlive.streams.v1.TimelineRequest;
import io.clawlive.streams.v1.TimelineResponse;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The shape of a stream over time, counted in PostgreSQL without reading a payload.
 *
 * <p>Counting a long stream takes long, and a thousand viewers ask for the same; so an answer
 * serves everybody for twenty times as long as it took to make. However many ask, a stream's
 * timeline keeps PostgreSQL busy for a twentieth of the time.
 */
@Singleton
final class EventTimeline {
  private static final int DEFAULT_BUCKETS = 200;
  private static final int MARKS = 500;
  private static final int SERVES = 20;
  private static final int KEPT = 1_000;

  private final TimelineRepository repository;
  private final Map<Question, Answer> answers = new ConcurrentHashMap<>();

  private record Question(UUID stream, int parts) {}

  /** One answer, perhaps still being made, and until when it serves. */
  private static final class Answer {
    private final CompletableFuture<TimelineResponse> made = new CompletableFuture<>();
    private final long begun = System.nanoTime();
    private volatile long took;

    boolean serves() {
      return !made.isDone() || System.nanoTime() - begun < (SERVES + 1) * took;
    }
  }

  EventTimeline(TimelineRepository repository) {
    this.repository = repository;
  }

  TimelineResponse read(TimelineRequest request) {
    var question =
        new Question(
            UUID.fromString(request.getStreamId()),
            request.getBuckets() == 0 ? DEFAULT_BUCKETS : request.getBuckets());
    var fresh = new Answer();
    Answer answer = answers.merge(question, fresh, (kept, mine) -> kept.serves() ? kept : mine);
    if (answer == fresh) {
      make(question, fresh);
    }
    try {
      return answer.made.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void make(Question question, Answer answer) {
    try {
      TimelineResponse made = count(question);
      answer.took = System.nanoTime() - answer.begun;
      answer.made.complete(made);
    } catch (RuntimeException e) {
      answers.remove(question, answer);
      answer.made.completeExceptionally(e);
    }
    if (answers.size() > KEPT) {
      answers.values().removeIf(kept -> !kept.serves());
    }
  }

  private TimelineResponse count(Question question) {
    return repository
        .span(question.stream())
        .map(span -> read(question.stream(), span, question.parts()))
        .orElseGet(TimelineResponse::getDefaultInstance);
  }

  private TimelineResponse read(UUID stream, Span span, int parts) {
    long upTo = span.lastSequence();
    return TimelineResponse.newBuilder()
        .setLastSequence(upTo)
        .setStart(Timestamps.of(span.beginning()))
        .setEnd(Timestamps.of(span.ending()))
        .addAllBuckets(
            repository.buckets(stream, upTo, span.beginning(), span.millis(), parts).stream()
                .map(EventTimeline::bucket)
                .toList())
        .addAllMarks(
            repository.marks(stream, upTo, MARKS).reversed().stream()
                .map(EventTimeline::mark)
                .toList())
        .build();
  }

  private static TimelineBucket bucket(BucketRow row) {
    return TimelineBucket.newBuilder()
        .setIndex(row.part())
        .setFirstSequence(row.firstSequence())
        .setLastSequence(row.lastSequence())
        .setEvents(row.events())
        .setWarnings(row.warnings())
        .setErrors(row.errors())
        .setStart(Timestamps.of(row.beginning()))
        .build();
  }

  private static TimelineMark mark(MarkRow row) {
    return TimelineMark.newBuilder()
        .setSequence(row.sequence())
        .setRecordedAt(Timestamps.of(row.recordedAt()))
        .setKind(EventKinds.name(row.kind()))
        .build();
  }
}
