package io.clawlive.sdk;

import io.clawlive.sdk.internal.PresenceLink;
import io.clawlive.streams.v1.Presence;
import java.util.Optional;

/**
 * One device of the caller in one room. While it is open the member counts as there: it reports as
 * often as the server asks, by itself and in the background, and tries again after failures that
 * time can mend. Devices of one member count as one member.
 */
public final class RoomPresence implements AutoCloseable {
  private final PresenceLink link;

  RoomPresence(PresenceLink link) {
    this.link = link;
    link.report();
  }

  /** Name of the device, a new one for every presence. */
  public String deviceId() {
    return link.deviceId();
  }

  /** Says at once whether somebody uses the device; reports go on. It begins active. */
  public void active(boolean inUse) {
    link.say(inUse ? Presence.PRESENCE_ACTIVE : Presence.PRESENCE_IDLE);
  }

  /** Why reporting has ended: no time can mend it, such as that the caller is no longer in. */
  public Optional<ClawLiveException> failure() {
    return link.failure();
  }

  /**
   * Says goodbye, waiting at most 2 s for it; a goodbye that is lost comes with the lease's end.
   */
  @Override
  public void close() {
    link.close();
  }
}
