package io.clawlive.server.platform;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Who is there: leases that end by themselves unless they are renewed. Where a Redis is configured
 * all servers see the same leases, and else this server's memory is all there is.
 */
public interface Leases {
  /**
   * Holds a device of somebody in a group until the lease ends, is released or is held anew. Does
   * nothing while nobody can keep it; the next renewal does.
   *
   * @param group any name
   * @param holder an id, without line breaks
   * @param device any name; several devices of a holder are held apart
   * @param value a short word or number that is kept with it
   * @param lease how long from now; not longer than {@code clawlive.leases.settling}
   */
  void hold(String group, String holder, String device, String value, Duration lease);

  /** Ends a lease at once. Does nothing when there is none, or when nobody can tell. */
  void release(String group, String holder, String device);

  /**
   * What is held now: group → holder → device → value, asked in one round trip. Groups and holders
   * without a lease are absent.
   *
   * <p>Empty when nobody can know, because whoever keeps the leases has not been there for as long
   * as the longest lease lasts: who is alive may not have had the time to come back. Nothing
   * follows from that about anybody.
   */
  Optional<Map<String, Map<String, Map<String, String>>>> held(Collection<String> groups);
}
