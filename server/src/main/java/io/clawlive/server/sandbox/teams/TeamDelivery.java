package io.clawlive.server.sandbox.teams;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.sandbox.teams.TeamFile.Place;

/** Says a routed message to its agent, on behalf of the caller of the present call. */
interface TeamDelivery {
  /**
   * Delivers a message.
   *
   * @param handle of the agent that it goes to
   * @param requestId makes it safe to repeat; empty for every call anew
   */
  Outcome deliver(Place place, String handle, String text, String requestId);

  /** What became of it. */
  sealed interface Outcome {}

  /** It was said at this sequence of the room. */
  record Delivered(String room, long sequence) implements Outcome {}

  /** It was not said, for this reason; the room, where there is one, gave its own. */
  record NotDelivered(String room, String reason, ErrorReason refusal) implements Outcome {}
}
