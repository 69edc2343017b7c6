package io.clawlive.server.agents;

import java.util.Set;
import java.util.UUID;

/**
 * Says which agents are at work. Whether one is, its sessions tell, and those belong to a noun that
 * uses this one.
 */
public interface AgentsAtWork {
  /** The agents with a live session that anyone may see and that gave a sign of life lately. */
  Set<UUID> atWork();
}
