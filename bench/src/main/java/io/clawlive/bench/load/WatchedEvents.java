package io.clawlive.bench.load;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.WatchResponse;
import java.io.IOException;

/**
 * Reads sequence and moment of every event in an encoded WatchResponse, or a ReplayResponse, which
 * has its events in the same field, and steps over the rest.
 */
final class WatchedEvents {
  private WatchedEvents() {}

  /** Takes what was read. */
  interface Sink {
    /** An event; the moment is 0 when the event is not one of {@link EventText}'s. */
    void event(long sequence, long nanoTime);

    /** The reader has everything that was stored. */
    void caughtUp();
  }

  static void read(byte[] message, int length, Sink sink) throws IOException {
    var in = CodedInputStream.newInstance(message, 0, length);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case WatchResponse.EVENTS_FIELD_NUMBER -> event(in, message, sink);
        case WatchResponse.CAUGHT_UP_FIELD_NUMBER -> {
          in.skipField(tag);
          sink.caughtUp();
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
        case Event.LOG_FIELD_NUMBER -> moment = log(in, message);
        default -> in.skipField(tag);
      }
    }
    in.popLimit(outer);
    sink.event(sequence, moment);
  }

  private static long log(CodedInputStream in, byte[] message) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    long moment = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == LogLine.LINE_FIELD_NUMBER) {
        int length = in.readRawVarint32();
        moment = EventText.moment(message, in.getTotalBytesRead(), length);
        in.skipRawBytes(length);
      } else {
        in.skipField(tag);
      }
    }
    in.popLimit(outer);
    return moment;
  }
}
