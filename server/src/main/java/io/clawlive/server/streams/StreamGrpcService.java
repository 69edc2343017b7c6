package io.clawlive.server.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.EncodedMessages;
import io.clawlive.streams.v1.AppendRequest;
import io.clawlive.streams.v1.AppendResponse;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.ListRequest;
import io.clawlive.streams.v1.ListResponse;
import io.clawlive.streams.v1.PublishRequest;
import io.clawlive.streams.v1.PublishResponse;
import io.clawlive.streams.v1.SearchRequest;
import io.clawlive.streams.v1.SearchResponse;
import io.clawlive.streams.v1.StreamServiceGrpc;
import io.clawlive.streams.v1.TimelineRequest;
import io.clawlive.streams.v1.TimelineResponse;
import io.clawlive.streams.v1.WatchRequest;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** The log's door. Watch answers with bytes that were encoded once for all its readers. */
@Singleton
final class StreamGrpcService implements BindableService {
  private static final int DEFAULT_PAGE = 100;

  private final EventLog log;
  private final EventReadRepository events;
  private final Watches watches;
  private final StreamEyes eyes;
  private final Publishers publishers;
  private final EventSearch search;
  private final EventTimeline timeline;

  StreamGrpcService(
      EventLog log,
      EventReadRepository events,
      Watches watches,
      StreamEyes eyes,
      Publishers publishers,
      EventSearch search,
      EventTimeline timeline) {
    this.log = log;
    this.events = events;
    this.watches = watches;
    this.eyes = eyes;
    this.publishers = publishers;
    this.search = search;
    this.timeline = timeline;
  }

  @Override
  public ServerServiceDefinition bindService() {
    var publish = StreamServiceGrpc.getPublishMethod();
    var append = StreamServiceGrpc.getAppendMethod();
    var watch = EncodedMessages.answeredBy(StreamServiceGrpc.getWatchMethod());
    var list = StreamServiceGrpc.getListMethod();
    var search = StreamServiceGrpc.getSearchMethod();
    var timeline = StreamServiceGrpc.getTimelineMethod();
    return ServerServiceDefinition.builder(
            EncodedMessages.service(
                StreamServiceGrpc.getServiceDescriptor(),
                publish,
                append,
                watch,
                list,
                search,
                timeline))
        .addMethod(publish, ServerCalls.asyncBidiStreamingCall(this::publish))
        .addMethod(append, ServerCalls.asyncUnaryCall(this::append))
        .addMethod(watch, ServerCalls.asyncServerStreamingCall(this::watch))
        .addMethod(list, ServerCalls.asyncUnaryCall(this::list))
        .addMethod(search, ServerCalls.asyncUnaryCall(this::search))
        .addMethod(timeline, ServerCalls.asyncUnaryCall(this::timeline))
        .build();
  }

  private StreamObserver<PublishRequest> publish(StreamObserver<PublishResponse> out) {
    return new PublishCall(
        log,
        events,
        publishers,
        Caller.CURRENT.get().actor(),
        (ServerCallStreamObserver<PublishResponse>) out);
  }

  private void append(AppendRequest request, StreamObserver<AppendResponse> out) {
    boolean numbered = !request.getProducerId().isEmpty();
    StreamErrors.refuseServersName("producer_id", request.getProducerId());
    Appended appended =
        EventLog.await(
            log.append(
                UUID.fromString(request.getStreamId()),
                numbered ? request.getProducerId() : EventLog.ownProducer(),
                numbered ? request.getEventsList() : counted(request.getEventsList()),
                Caller.CURRENT.get().actor()));
    publishers.wrote(UUID.fromString(request.getStreamId()));
    out.onNext(
        AppendResponse.newBuilder()
            .setInserted(appended.inserted())
            .setProducerSequence(appended.producerSequence())
            .setSequence(appended.sequence())
            .build());
    out.onCompleted();
  }

  private static List<Event> counted(List<Event> events) {
    var numbers = new AtomicLong();
    return events.stream()
        .map(event -> event.toBuilder().setProducerSequence(numbers.incrementAndGet()).build())
        .toList();
  }

  private void search(SearchRequest request, StreamObserver<SearchResponse> out) {
    UUID stream = UUID.fromString(request.getStreamId());
    out.onNext(search.search(request, log.state(stream), eyes.of(stream, Caller.CURRENT.get())));
    out.onCompleted();
  }

  private void timeline(TimelineRequest request, StreamObserver<TimelineResponse> out) {
    Eyes unused = eyes.of(UUID.fromString(request.getStreamId()), Caller.CURRENT.get());
    out.onNext(timeline.read(request));
    out.onCompleted();
  }

  private void watch(WatchRequest request, StreamObserver<byte[]> out) {
    var call = (ServerCallStreamObserver<byte[]>) out;
    Watch watch =
        watches.open(WatchPlan.of(request, Caller.CURRENT.get()), new WatchCallSink(call));
    call.setOnReadyHandler(watch::onReady);
    call.setOnCancelHandler(watch::close);
    call.setOnCloseHandler(watch::close);
  }

  private void list(ListRequest request, StreamObserver<ListResponse> out) {
    UUID stream = UUID.fromString(request.getStreamId());
    Eyes seen = eyes.of(stream, Caller.CURRENT.get());
    StreamState state = log.state(stream);
    int size = request.getPageSize() == 0 ? DEFAULT_PAGE : request.getPageSize();
    if (!request.hasBeforeSequence()) {
      StartPosition.requireReached(request.getAfterSequence(), state.lastSequence());
    }
    SeenPage page = SeenPage.read(events, stream, request, size, seen);
    out.onNext(
        message(stream, page.events()).toBuilder()
            .setHasMore(page.hasMore())
            .setLastSequence(state.lastSequence())
            .build());
    out.onCompleted();
  }

  private static ListResponse message(UUID stream, List<StoredEvent> page) {
    try {
      return ListResponse.parseFrom(StoredEvent.encode(stream, page));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
