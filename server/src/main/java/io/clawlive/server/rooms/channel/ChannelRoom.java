package io.clawlive.server.rooms.channel;

import io.clawlive.rooms.v1.ConnectResponse;
import io.clawlive.rooms.v1.RoomCursor;
import io.clawlive.server.streams.Watch;
import io.clawlive.server.streams.WatchSink;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One room on a channel: a watch of it, which shares the channel's call with those of others. */
final class ChannelRoom implements WatchSink {
  private final UUID id;
  private final long start;
  private final AgentChannel channel;
  private final ChannelCall call;
  private @Nullable Watch watch;
  private boolean closed;
  private volatile boolean ended;

  /** A room of which the agent has handled everything up to this start. */
  ChannelRoom(UUID id, long start, AgentChannel channel, ChannelCall call) {
    this.id = id;
    this.start = start;
    this.channel = channel;
    this.call = call;
  }

  UUID id() {
    return id;
  }

  /** Nothing follows in this room. */
  boolean hasEnded() {
    return ended;
  }

  /** Everything up to here was sent, or is nothing that the agent asked for. */
  long position() {
    Watch present = present();
    return present == null ? start : Math.max(start, present.position());
  }

  void opened(Watch opened) {
    boolean late;
    synchronized (this) {
      late = closed;
      if (!late) {
        watch = opened;
      }
    }
    if (late) {
      opened.close();
    } else {
      // It may have found the call busy before anybody could tell it that it no longer is.
      opened.onReady();
    }
  }

  void ready() {
    Watch present = present();
    if (present != null) {
      present.onReady();
    }
  }

  void close() {
    synchronized (this) {
      closed = true;
    }
    Watch present = present();
    if (present != null) {
      present.close();
    }
  }

  private synchronized @Nullable Watch present() {
    return watch;
  }

  @Override
  public boolean isReady() {
    return call.isReady();
  }

  @Override
  public void events(byte[] message) {
    call.send(message);
  }

  @Override
  public void caughtUp(long sequence) {
    call.send(ConnectResponse.newBuilder().setCaughtUp(cursor(sequence)).build());
  }

  @Override
  public void checkpoint(long sequence) {
    // Who is alive is seen by the agent's own reports; a quiet room says nothing.
  }

  @Override
  public void gap(long firstSequence, long lastSequence) {
    call.send(ConnectResponse.newBuilder().setGap(cursor(lastSequence)).build());
  }

  private RoomCursor.Builder cursor(long sequence) {
    return RoomCursor.newBuilder().setRoomId(id.toString()).setSequence(sequence);
  }

  @Override
  public void ended(long sequence) {
    ended = true;
    channel.ended(this);
  }

  @Override
  public void complete() {
    // Only a watch that was told to stop completes, and none of ours is.
  }

  @Override
  public void fail(RuntimeException reason) {
    channel.failed(this, reason);
  }
}
