package io.clawlive.server.rooms.channel;

import io.clawlive.server.identity.Caller.AgentCaller;
import io.clawlive.server.rooms.AgentRooms;
import java.util.Collection;
import java.util.UUID;

/**
 * A channel as a device of its agent: there while the channel is open, and gone with it. Each
 * channel is a device of its own, so one that ends late takes nothing from a newer one. Nobody says
 * "here" after "gone".
 */
final class Attendance {
  /** How a channel goes. */
  enum Parting {
    /** Without a word: the agent is offline. */
    DROPPED,
    /** On purpose: the agent is offline and has nothing any more. */
    GOODBYE,
    /** A newer channel is there. */
    SUPERSEDED,
    /** The server goes, and the agent comes back to it or to another one. */
    SERVER_STOPPING
  }

  private final AgentRooms rooms;
  private final AgentCaller agent;
  private volatile String device = "";
  private volatile Parting parting = Parting.DROPPED;
  private boolean departed;

  Attendance(AgentRooms rooms, AgentCaller agent) {
    this.rooms = rooms;
    this.agent = agent;
  }

  /** The channel has a number, by which its device is known. */
  void begin(long number) {
    device = "channel " + number;
  }

  /** Says how the channel is about to go. */
  void goes(Parting how) {
    parting = how;
  }

  synchronized void here(UUID room) {
    if (!departed) {
      rooms.here(room, agent, device);
    }
  }

  /** The channel no longer follows a room; what the room makes of it is told by others. */
  void left(UUID room) {
    rooms.replaced(room, agent, device);
  }

  /** The channel goes. Done once. */
  void depart(Collection<UUID> all) {
    synchronized (this) {
      if (departed) {
        return;
      }
      departed = true;
    }
    for (UUID room : all) {
      switch (parting) {
        case DROPPED -> rooms.gone(room, agent, device);
        case GOODBYE -> rooms.goodbye(room, agent, device);
        case SUPERSEDED -> rooms.replaced(room, agent, device);
        case SERVER_STOPPING -> {}
      }
    }
  }
}
