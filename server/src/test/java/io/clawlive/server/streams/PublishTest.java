package io.clawlive.server.streams;

import static io.clawlive.server.testing.Events.logs;
import static io.clawlive.server.testing.Events.run;
import static io.clawlive.server.testing.Events.sequences;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.BadRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.Alert;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class PublishTest {
  @AutoClose private static final TestServer server = TestServer.start();
  private static final Worker worker = server.worker("publisher");
  private static final Client viewer = server.nobody();

  @Test
  void aBatchIsCommittedAndThenStandsOnTheStream() {
    String stream = worker.stream();
    try (Publishing call = worker.publish(stream, "p")) {
      assertEquals(0, call.opened());

      var committed = call.publish(thought(1, "first"), thought(2, "second"));

      assertEquals(2, committed.getProducerSequence());
      assertEquals(3, committed.getSequence(), "after the status event of the start");
      call.finish();
    }
    Event second = viewer.everything(stream).getLast();
    assertEquals("second", second.getThought().getText());
    assertEquals(stream, second.getStreamId());
    assertEquals("p", second.getProducerId());
    assertEquals(2, second.getProducerSequence());
    assertEquals(ActorKind.ACTOR_KIND_AGENT, second.getActor().getKind());
    assertEquals(worker.agentId(), second.getActor().getId());
    assertEquals(second.getRecordedAt(), second.getOccurredAt(), "none was given");
  }

  @Test
  void whatIsSentAgainAfterReopeningIsAcknowledgedAndNotStoredTwice() {
    String stream = worker.stream();
    try (Publishing call = worker.publish(stream, "p")) {
      call.publish(logs(1, 3));
    }
    try (Publishing call = worker.publish(stream, "p")) {
      assertEquals(3, call.opened());

      var resent = call.publish(logs(2, 3));
      assertEquals(3, resent.getProducerSequence());
      assertEquals(0, resent.getSequence());

      var half = call.publish(logs(3, 5));
      assertEquals(5, half.getProducerSequence());
      assertEquals(6, half.getSequence());
    }
    assertEquals(run(1, 6), sequences(viewer.everything(stream)));
  }

  @Test
  void batchesInFlightAreStoredAndAnsweredInOrder() {
    String stream = worker.stream();
    var answered = new ArrayList<Long>();
    try (Publishing call = worker.publish(stream, "p")) {
      for (int batch = 0; batch < 30; batch++) {
        call.send(logs(batch * 10 + 1, batch * 10 + 10));
      }
      for (int batch = 0; batch < 30; batch++) {
        answered.add(call.committed().getProducerSequence());
      }
      call.finish();
    }
    assertEquals(run(1, 30).stream().map(n -> n * 10).toList(), answered);
    List<Event> stored = viewer.everything(stream);
    assertEquals(run(1, 300), stored.stream().skip(1).map(Event::getProducerSequence).toList());
  }

  @Test
  void numbersThatDoNotRiseAreRefused() {
    String stream = worker.stream();
    try (Publishing call = worker.publish(stream, "p")) {
      Refused refused =
          Refused.with(
              ErrorReason.ERROR_REASON_PRODUCER_SEQUENCE_DISORDER,
              () -> call.publish(thought(7, ""), thought(9, ""), thought(8, "")));
      assertEquals("8", refused.metadata("producer_sequence"));
      assertEquals("9", refused.metadata("previous"));
    }
    assertEquals(List.of(1L), sequences(viewer.everything(stream)));
  }

  @Test
  void aBatchBeforeOpenIsRefused() {
    try (Publishing call = Publishing.begin(worker.client())) {
      call.send(logs(1, 1));
      Refused.with(ErrorReason.ERROR_REASON_PUBLISH_NOT_OPENED, call::committed);
    }
  }

  @Test
  void aSecondOpenIsRefused() {
    String stream = worker.stream();
    try (Publishing call = worker.publish(stream, "p")) {
      Refused.with(ErrorReason.ERROR_REASON_PUBLISH_NOT_OPENED, () -> call.open(stream, "p"));
    }
  }

  @Test
  void anotherAgentsKeyDoesNotOpen() {
    String stream = worker.stream();
    Worker stranger = server.worker("stranger");
    Refused refused =
        Refused.with(
            ErrorReason.ERROR_REASON_NOT_OWNER, () -> stranger.publish(stream, "p").close());
    assertEquals(stream, refused.metadata("open.stream_id"));
  }

  @Test
  void anEndedStreamTakesNoMoreThroughANewCallOrAnOpenOne() {
    String stream = worker.stream();
    try (Publishing open = worker.publish(stream, "p")) {
      open.publish(logs(1, 1));
      worker.end(stream);
      Refused.with(ErrorReason.ERROR_REASON_STREAM_ENDED, () -> open.publish(logs(2, 2)));
    }
    Refused.with(ErrorReason.ERROR_REASON_STREAM_ENDED, () -> worker.publish(stream, "p").close());
  }

  @Test
  void aResendOfWhatIsStoredIsAcknowledgedEvenWhenTheStreamHasEndedMeanwhile() {
    String stream = worker.stream();
    try (Publishing open = worker.publish(stream, "p")) {
      open.publish(logs(1, 2));
      worker.end(stream);
      assertEquals(2, open.publish(logs(1, 2)).getProducerSequence());
    }
  }

  @Test
  void aStreamNobodyStartedDoesNotOpen() {
    Refused.with(
        ErrorReason.ERROR_REASON_STREAM_NOT_FOUND,
        () -> worker.publish("01890000-0000-7000-8000-000000000000", "p").close());
  }

  @Test
  void statusAndAlertAreTheServersOwnKinds() {
    String stream = worker.stream();
    Event status =
        Event.newBuilder().setProducerSequence(1).setStatus(Status.getDefaultInstance()).build();
    Event alert =
        Event.newBuilder().setProducerSequence(1).setAlert(Alert.getDefaultInstance()).build();
    Event nothing = Event.newBuilder().setProducerSequence(1).build();
    for (Event event : List.of(status, alert, nothing)) {
      try (Publishing call = worker.publish(stream, "p")) {
        Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> call.publish(event));
      }
    }
  }

  @Test
  void aKindThisServerDoesNotKnowPassesThroughUnchanged() {
    String stream = worker.stream();
    var payload =
        UnknownFieldSet.newBuilder()
            .addField(
                42,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFrom(new byte[] {8, 5, 18, 2, 'h', 'i'}))
                    .build())
            .build();
    Event future = Event.newBuilder().setProducerSequence(1).setUnknownFields(payload).build();
    try (Publishing call = worker.publish(stream, "p");
        var watch = viewer.watch(stream)) {
      call.publish(future);
      assertEquals(payload, watch.take(2).getLast().getUnknownFields());
    }
    assertEquals(payload, viewer.everything(stream).getLast().getUnknownFields());
  }

  @Test
  void aBatchOfAThousandEventsIsTakenAndOneMoreIsNot() {
    String stream = worker.stream();
    try (Publishing call = worker.publish(stream, "p")) {
      assertEquals(1_001, call.publish(logs(1, 1_000)).getSequence());
      Refused refused =
          Refused.with(
              ErrorReason.ERROR_REASON_INVALID_FIELD, () -> call.publish(logs(1_001, 2_001)));
      assertEquals(
          "batch.events",
          refused.detail(BadRequest.class).orElseThrow().getFieldViolations(0).getField());
    }
  }

  @Test
  void aBatchOfMoreThanAMegabyteIsRefused() {
    String stream = worker.stream();
    String line = "x".repeat(60_000);
    List<Event> batch =
        run(1, 20).stream()
            .map(n ->
                Event.newBuilder()
                    .setProducerSequence(n)
                    .setLog(LogLine.newBuilder().setLine(line))
                    .build())
            .toList();
    try (Publishing call = worker.publish(stream, "p")) {
      Refused refused =
          Refused.with(ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE, () -> call.publish(batch));
      assertTrue(Integer.parseInt(refused.metadata("bytes")) > 1 << 20, refused::message);
    }
    assertEquals(1, viewer.everything(stream).size());
  }

  @Test
  void theServersOwnProducerNamesAreRefused() {
    String stream = worker.stream();
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD, () -> worker.publish(stream, "clawlive.x").close());
  }

  @Test
  void aRefusedCallNoLongerCountsAsAPublisher() throws InterruptedException {
    String stream = worker.stream();
    try (Publishing call = worker.publish(stream, "p")) {
      assertTrue(publishing(stream));
      Refused.any(() -> call.publish(thought(2, ""), thought(1, "")));
      for (int i = 0; i < 100 && publishing(stream); i++) {
        Thread.sleep(20);
      }
      assertTrue(!publishing(stream), "the call is over and its session is not alive by it");
    }
  }

  private static boolean publishing(String stream) {
    return server.bean(Publishers.class).takeStreams().contains(java.util.UUID.fromString(stream));
  }
}
