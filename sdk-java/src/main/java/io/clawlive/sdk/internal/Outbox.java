package io.clawlive.sdk.internal;

import io.clawlive.streams.v1.Event;
import java.util.List;

/**
 * Events that are not acknowledged yet, in the order of their numbers. Each is first unsent, then
 * on its way, then gone. Not safe for threads: the owner's lock guards it.
 */
interface Outbox extends AutoCloseable {
  /** Whether an event of this encoded size may be added. */
  boolean fits(int bytes);

  /** Adds an event with the next number. */
  void add(Event event);

  /** Gives up the oldest unsent event or events and says how many; 0 when all are on their way. */
  long dropOldest();

  /** Events that are not on their way. */
  long unsent();

  /** Encoded size of the unsent events that are in memory. */
  long unsentBytes();

  /** Takes the next unsent events within both limits; they are then on their way. */
  List<Event> take(int maxEvents, int maxBytes);

  /** Forgets everything up to a number. */
  void committed(long number);

  /** The connection is gone: what was on its way is unsent again. */
  void rewind();

  /** Lowest number held; {@link Long#MAX_VALUE} when empty. */
  long first();

  /** Events held. */
  long size();

  /** Brings what is only in memory to where it survives the process, if there is such a place. */
  void persist();

  /** Releases files; memory is just forgotten. */
  @Override
  void close();
}
