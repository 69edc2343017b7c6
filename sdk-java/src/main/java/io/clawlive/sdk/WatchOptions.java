package io.clawlive.sdk;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Where an {@link EventStream} begins and what it delivers. Start with one of the static methods.
 *
 * @param afterSequence the last sequence already seen; 0 means the beginning
 * @param tail when set, begin with this many newest events instead, 0 to 100,000, counted before
 *     the filter; not for replays
 * @param kinds payload kinds to deliver, by field name ({@code thought}, {@code log} …); empty
 *     means all
 * @param stopWhenCaughtUp whether to end after everything stored so far instead of following
 * @param onConnection told of every change of the connection, on the iterating thread
 */
public record WatchOptions(
    long afterSequence,
    OptionalInt tail,
    List<String> kinds,
    boolean stopWhenCaughtUp,
    Consumer<ConnectionChange> onConnection) {

  /** Checks the bounds and copies the kinds. */
  public WatchOptions {
    if (afterSequence < 0) {
      throw new IllegalArgumentException(
          "afterSequence is " + afterSequence + "; expected 0 or more");
    }
    if (tail.isPresent() && (tail.getAsInt() < 0 || tail.getAsInt() > 100_000)) {
      throw new IllegalArgumentException("tail is " + tail.getAsInt() + "; expected 0 to 100000");
    }
    kinds = List.copyOf(kinds);
  }

  /** Everything, from the beginning. */
  public static WatchOptions fromStart() {
    return after(0);
  }

  /** Everything after a sequence. */
  public static WatchOptions after(long sequence) {
    return new WatchOptions(sequence, OptionalInt.empty(), List.of(), false, change -> {});
  }

  /** The newest events and what follows. */
  public static WatchOptions tail(int events) {
    return new WatchOptions(0, OptionalInt.of(events), List.of(), false, change -> {});
  }

  /** Only these kinds. */
  public WatchOptions withKinds(String... values) {
    return withKinds(List.of(values));
  }

  /** Only these kinds; an empty list means all. */
  public WatchOptions withKinds(List<String> values) {
    return new WatchOptions(afterSequence, tail, values, stopWhenCaughtUp, onConnection);
  }

  /** Ending after what is stored so far. */
  public WatchOptions withStopWhenCaughtUp() {
    return new WatchOptions(afterSequence, tail, kinds, true, onConnection);
  }

  /** With a listener for the connection. */
  public WatchOptions onConnection(Consumer<ConnectionChange> value) {
    return new WatchOptions(afterSequence, tail, kinds, stopWhenCaughtUp, value);
  }
}
