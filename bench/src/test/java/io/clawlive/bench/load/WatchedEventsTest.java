package io.clawlive.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Timestamp;
import io.clawlive.streams.v1.CaughtUp;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.Status;
import io.clawlive.streams.v1.WatchResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedEventsTest {
  private record Seen(long sequence, long nanoTime) {}

  private static final class Sink implements WatchedEvents.Sink {
    final List<Seen> events = new ArrayList<>();
    int caughtUp;

    @Override
    public void event(long sequence, long nanoTime) {
      events.add(new Seen(sequence, nanoTime));
    }

    @Override
    public void caughtUp() {
      caughtUp++;
    }
  }

  private static Event log(long sequence, String line) {
    return Event.newBuilder()
        .setStreamId("01a1fd8a-fbdd-7575-a91a-f659016d5767")
        .setSequence(sequence)
        .setProducerSequence(sequence)
        .setOccurredAt(Timestamp.newBuilder().setSeconds(1_800_000_000L).setNanos(123_456_789))
        .setLog(LogLine.newBuilder().setLevel(LogLevel.LOG_LEVEL_INFO).setLine(line))
        .build();
  }

  @Test
  void sequenceAndMomentOfEveryEventAreRead() throws IOException {
    var text = new EventText();
    WatchResponse answer =
        WatchResponse.newBuilder()
            .addEvents(log(7, text.line(123_456_789_012L)))
            .addEvents(log(8, text.line(Long.MAX_VALUE)))
            .addEvents(log(9, "a line of somebody else"))
            .addEvents(Event.newBuilder().setSequence(10).setStatus(Status.getDefaultInstance()))
            .setCaughtUp(CaughtUp.newBuilder().setSequence(10))
            .build();
    var sink = new Sink();

    WatchedEvents.read(answer.toByteArray(), answer.getSerializedSize(), sink);

    assertEquals(
        List.of(
            new Seen(7, 123_456_789_012L),
            new Seen(8, Long.MAX_VALUE),
            new Seen(9, 0),
            new Seen(10, 0)),
        sink.events);
    assertEquals(1, sink.caughtUp);
  }

  @Test
  void aPublishedEventIsAboutTwoHundredBytes() {
    Event published =
        log(100_000, new EventText().line(System.nanoTime())).toBuilder()
            .clearStreamId()
            .clearSequence()
            .build();
    int size = published.getSerializedSize();
    assertTrue(size >= 195 && size <= 205, "an event is " + size + " bytes");
  }

  @Test
  void theMedianIsTheMiddleFigureWhateverTheWorstIs() {
    var median = new Median();
    median.add(3);
    median.add(1_000);
    median.add(2);
    assertEquals(3, median.value());
    median.add(4);
    assertEquals(3.5, median.value());
  }
}
