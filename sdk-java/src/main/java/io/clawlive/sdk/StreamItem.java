package io.clawlive.sdk;

/** What an {@link EventStream} delivers: events, and marks between them. */
public sealed interface StreamItem
    permits StreamEvent, StreamItem.CaughtUp, StreamItem.Gap, StreamItem.Ended {

  /**
   * The reader has everything that was stored when it asked. Comes once, and again after a reader
   * fell behind or was reconnected and is back.
   *
   * @param sequence nothing at or below this will come any more
   */
  record CaughtUp(long sequence) implements StreamItem {}

  /**
   * Retention removed events before the reader came.
   *
   * @param first first sequence that is gone
   * @param last last sequence that is gone
   */
  record Gap(long first, long last) implements StreamItem {}

  /**
   * The stream has ended and everything was delivered; the last item.
   *
   * @param sequence the stream's last sequence
   */
  record Ended(long sequence) implements StreamItem {}
}
