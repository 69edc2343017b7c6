package io.clawlive.bench.rooms;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.clawlive.bench.load.EventText;
import io.clawlive.rooms.v1.ChannelLeft;
import io.clawlive.rooms.v1.ChannelRefusal;
import io.clawlive.rooms.v1.ChannelResult;
import io.clawlive.rooms.v1.ConnectResponse;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.Event;
import java.io.IOException;

/**
 * Reads an encoded ConnectResponse: of every event sequence and moment, of what else it says only
 * what an agent that is in one room must know.
 */
final class ChannelAnswers {
  private ChannelAnswers() {}

  /** Takes what was read. */
  interface Sink {
    /** An event; the moment is 0 when it is no message that {@link EventText} begins. */
    void event(long sequence, long nanoTime);

    /** The agent is in. */
    void welcome();

    /** The room as it stands. */
    void context();

    /** The agent has everything that was stored. */
    void caughtUp();

    /** What was said at this moment is stored under this sequence. */
    void stored(long nanoTime, long sequence);

    /** What was said was refused, or the channel said something that must not happen here. */
    void fault(String what);
  }

  static void read(byte[] message, int length, Sink sink) throws IOException {
    var in = CodedInputStream.newInstance(message, 0, length);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case ConnectResponse.EVENTS_FIELD_NUMBER -> event(in, message, sink);
        case ConnectResponse.RESULT_FIELD_NUMBER -> result(in, message, sink);
        case ConnectResponse.WELCOME_FIELD_NUMBER -> {
          in.skipField(tag);
          sink.welcome();
        }
        case ConnectResponse.CONTEXT_FIELD_NUMBER -> {
          in.skipField(tag);
          sink.context();
        }
        case ConnectResponse.CAUGHT_UP_FIELD_NUMBER -> {
          in.skipField(tag);
          sink.caughtUp();
        }
        case ConnectResponse.GAP_FIELD_NUMBER -> {
          in.skipField(tag);
          sink.fault("events were removed before it came");
        }
        case ConnectResponse.LEFT_FIELD_NUMBER -> {
          String reason = ChannelLeft.parseFrom(in.readByteArray()).getReason();
          sink.fault("it is out of its room: " + reason);
        }
        default -> in.skipField(tag);
      }
    }
  }

  private static void event(CodedInputStream in, byte[] message, Sink sink) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    long sequence = 0;
    long moment = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case Event.SEQUENCE_FIELD_NUMBER -> sequence = in.readInt64();
        case Event.CHAT_FIELD_NUMBER -> moment = moment(in, message, Chat.MESSAGE_FIELD_NUMBER);
        default -> in.skipField(tag);
      }
    }
    in.popLimit(outer);
    sink.event(sequence, moment);
  }

  /** The moment at the start of this text field of a message. */
  private static long moment(CodedInputStream in, byte[] message, int field) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    long moment = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == field) {
        moment = text(in, message);
      } else {
        in.skipField(tag);
      }
    }
    in.popLimit(outer);
    return moment;
  }

  private static long text(CodedInputStream in, byte[] message) throws IOException {
    int length = in.readRawVarint32();
    long moment = EventText.moment(message, in.getTotalBytesRead(), length);
    in.skipRawBytes(length);
    return moment;
  }

  private static void result(CodedInputStream in, byte[] message, Sink sink) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    long moment = 0;
    long sequence = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case ChannelResult.REQUEST_ID_FIELD_NUMBER -> moment = text(in, message);
        case ChannelResult.SEQUENCE_FIELD_NUMBER -> sequence = in.readInt64();
        case ChannelResult.REFUSAL_FIELD_NUMBER -> sink.fault("it was refused: " + refusal(in));
        default -> in.skipField(tag);
      }
    }
    in.popLimit(outer);
    if (sequence > 0) {
      sink.stored(moment, sequence);
    }
  }

  private static String refusal(CodedInputStream in) throws IOException {
    var refusal = ChannelRefusal.parseFrom(in.readByteArray());
    return refusal.getReason() + ", " + refusal.getMessage();
  }
}
