package io.clawlive.sdk.internal;

import com.google.protobuf.ByteString;
import io.clawlive.sandbox.v1.ProcessEvent;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;

/** One of the channels of a process as a stream, which ends when the process has. */
public final class ProcessOutput extends InputStream {
  private static final Duration LONG = Duration.ofDays(36_500);

  private final ProcessFeed feed;
  private final Function<ProcessEvent, ByteString> channel;
  private ByteString part = ByteString.EMPTY;
  private int at;

  /** Of the events that this feed brings, the bytes that the function finds in them. */
  public ProcessOutput(ProcessFeed feed, Function<ProcessEvent, ByteString> channel) {
    this.feed = feed;
    this.channel = channel;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    while (at == part.size()) {
      ProcessEvent event = feed.next(LONG);
      if (event == null) {
        return -1;
      }
      part = channel.apply(event);
      at = 0;
    }
    int taken = Math.min(length, part.size() - at);
    part.substring(at, at + taken).copyTo(bytes, offset);
    at += taken;
    return taken;
  }

  @Override
  public int available() {
    return part.size() - at;
  }

  /** Reads no more; the process runs on. */
  @Override
  public void close() {
    feed.close();
  }
}
