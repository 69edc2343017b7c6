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
import java.util.UUID;

/** The shape of a stream over time, counted in PostgreSQL without reading a payload. */
@Singleton
final class EventTimeline {
  private static final int DEFAULT_BUCKETS = 200;
  private static final int MARKS = 500;

  private final TimelineRepository repository;

  EventTimeline(TimelineRepository repository) {
    this.repository = repository;
  }

  TimelineResponse read(TimelineRequest request) {
    UUID stream = UUID.fromString(request.getStreamId());
    int parts = request.getBuckets() == 0 ? DEFAULT_BUCKETS : request.getBuckets();
    return repository
        .span(stream)
        .map(span -> read(stream, span, parts))
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
