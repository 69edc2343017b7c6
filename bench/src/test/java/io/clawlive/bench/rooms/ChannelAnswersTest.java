package io.clawlive.bench.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.bench.load.EventText;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.ChannelContext;
import io.clawlive.rooms.v1.ChannelLeft;
import io.clawlive.rooms.v1.ChannelRefusal;
import io.clawlive.rooms.v1.ChannelResult;
import io.clawlive.rooms.v1.ChannelWelcome;
import io.clawlive.rooms.v1.ConnectResponse;
import io.clawlive.rooms.v1.RoomCursor;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.MemberChange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelAnswersTest {
  private static final String ROOM = "01a1fd8a-fbdd-7575-a91a-f659016d5767";

  private static final class Sink implements ChannelAnswers.Sink {
    final List<String> seen = new ArrayList<>();

    @Override
    public void event(long sequence, long nanoTime) {
      seen.add("event " + sequence + " of " + nanoTime);
    }

    @Override
    public void welcome() {
      seen.add("welcome");
    }

    @Override
    public void context() {
      seen.add("context");
    }

    @Override
    public void caughtUp() {
      seen.add("caught up");
    }

    @Override
    public void stored(long nanoTime, long sequence) {
      seen.add("stored " + sequence + " of " + nanoTime);
    }

    @Override
    public void fault(String what) {
      seen.add(what);
    }
  }

  private static List<String> read(ConnectResponse.Builder answer) throws IOException {
    var sink = new Sink();
    byte[] message = answer.build().toByteArray();
    // A thread's buffer is longer than what stands in it.
    byte[] buffer = new byte[message.length + 10];
    System.arraycopy(message, 0, buffer, 0, message.length);
    ChannelAnswers.read(buffer, message.length, sink);
    return sink.seen;
  }

  private static Event chat(long sequence, String message) {
    return Event.newBuilder()
        .setStreamId(ROOM)
        .setSequence(sequence)
        .setChat(Chat.newBuilder().setUser("talker").setMessage(message))
        .build();
  }

  @Test
  void sequenceAndMomentOfEveryEventAreRead() throws IOException {
    var text = new EventText(100);
    assertEquals(
        List.of("event 7 of 123456789012", "event 9 of 0", "event 10 of 0"),
        read(
            ConnectResponse.newBuilder()
                .addEvents(chat(7, text.line(123_456_789_012L)))
                .addEvents(chat(9, "somebody else says something"))
                .addEvents(
                    Event.newBuilder()
                        .setSequence(10)
                        .setMember(MemberChange.newBuilder().setReason(text.line(1))))));
  }

  @Test
  void anAcknowledgementTellsWhenItWasSaidAndWhereItIsStored() throws IOException {
    assertEquals(
        List.of("stored 12 of 9223372036854775807"),
        read(
            ConnectResponse.newBuilder()
                .setResult(
                    ChannelResult.newBuilder()
                        .setRequestId(EventText.stamp(Long.MAX_VALUE))
                        .setSequence(12))));
  }

  @Test
  void whatMustNotHappenIsAFault() throws IOException {
    List<String> refused =
        read(
            ConnectResponse.newBuilder()
                .setResult(
                    ChannelResult.newBuilder()
                        .setRequestId("one")
                        .setRefusal(
                            ChannelRefusal.newBuilder()
                                .setReason(ErrorReason.ERROR_REASON_RATE_LIMITED)
                                .setMessage("Too much."))));
    assertEquals(List.of("it was refused: ERROR_REASON_RATE_LIMITED, Too much."), refused);
    List<String> left =
        read(
            ConnectResponse.newBuilder()
                .setLeft(ChannelLeft.newBuilder().setRoomId(ROOM).setReason("Removed.")));
    assertEquals(List.of("it is out of its room: Removed."), left);
    assertEquals(
        1,
        read(ConnectResponse.newBuilder().setGap(RoomCursor.newBuilder().setSequence(4))).size());
  }

  @Test
  void theStepsOfEnteringARoomAreSeen() throws IOException {
    assertEquals(
        List.of("welcome"),
        read(ConnectResponse.newBuilder().setWelcome(ChannelWelcome.newBuilder().setRooms(1))));
    assertEquals(
        List.of("context"),
        read(ConnectResponse.newBuilder().setContext(ChannelContext.newBuilder().setCursor(3))));
    assertEquals(
        List.of("event 3 of 0", "caught up"),
        read(
            ConnectResponse.newBuilder()
                .addEvents(chat(3, "hello"))
                .setCaughtUp(RoomCursor.newBuilder().setSequence(3))));
  }

  @Test
  void aLineIsAsLongAsItWasAskedFor() {
    String line = new EventText(100).line(42);
    assertEquals(100, line.length());
    assertTrue(line.startsWith(EventText.stamp(42)), line);
  }
}
