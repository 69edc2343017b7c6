package io.clawlive.server.streams;

import io.clawlive.policy.v1.Audience;
import java.util.Set;

/**
 * What a reader may see of a stream's events. Readers with equal eyes share what is encoded for
 * them.
 *
 * @param audience whose fields are shown
 * @param everything true where no field and no message is hidden: streams that are no rooms
 * @param ids the agents and accounts that the reader is, for messages to some only
 * @param agent true for an agent, who is not told what onlookers say
 */
public record Eyes(Audience audience, boolean everything, Set<String> ids, boolean agent) {
  /** Whoever may see the stream sees all of it. */
  public static final Eyes EVERYTHING = new Eyes(Audience.AUDIENCE_MEMBER, true, Set.of(), false);

  /** Somebody who looks on. */
  public static final Eyes SPECTATOR =
      new Eyes(Audience.AUDIENCE_SPECTATOR, false, Set.of(), false);

  /** What every member sees. */
  static final Eyes ANY_MEMBER = member(Set.of());

  /** A member who is these. */
  public static Eyes member(Set<String> ids) {
    return new Eyes(Audience.AUDIENCE_MEMBER, false, ids, false);
  }

  /** An agent that is a member, with its id, or whose account is one, without. */
  public static Eyes agent(Set<String> ids) {
    return new Eyes(Audience.AUDIENCE_MEMBER, false, ids, true);
  }

  /** Whether these are the eyes of somebody who is in. */
  public boolean inside() {
    return audience != Audience.AUDIENCE_SPECTATOR;
  }

  /** The same for events among which no message is for some only. */
  Eyes general() {
    return inside() && !everything ? ANY_MEMBER : this;
  }
}
