package io.clawlive.server.sandbox.teams;

import java.util.List;

/** Holds a message against every place of a team. */
interface Scorer {
  /** The places that anything speaks for, the likeliest first; those of equal weight as filed. */
  List<Score> score(TeamFolder.Loaded team, String message);
}
