package io.clawlive.sdk.internal;

import io.clawlive.rooms.v1.ChannelContext;
import io.clawlive.rooms.v1.ChannelLeft;
import io.clawlive.streams.v1.Event;

/** What a channel brings about one room. */
public sealed interface RoomItem {
  /** The room. */
  String roomId();

  /** The position that is handled with this item; 0 where it has none. */
  long sequence();

  /** Something happened. */
  record Happened(Event event) implements RoomItem {
    @Override
    public String roomId() {
      return event.getStreamId();
    }

    @Override
    public long sequence() {
      return event.getSequence();
    }
  }

  /** The room as it stands, after a connection or on coming in. */
  record Stands(ChannelContext context) implements RoomItem {
    @Override
    public String roomId() {
      return context.getContext().getRoom().getRoomId();
    }

    @Override
    public long sequence() {
      return 0;
    }
  }

  /** Nothing at or below this will come any more. */
  record Passed(String roomId, long sequence) implements RoomItem {}

  /** The agent is no longer in the room. */
  record Left(ChannelLeft left) implements RoomItem {
    @Override
    public String roomId() {
      return left.getRoomId();
    }

    @Override
    public long sequence() {
      return 0;
    }
  }
}
