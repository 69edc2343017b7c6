package io.clawlive.server.sandbox.teams;

import io.clawlive.sandbox.v1.RouterMode;
import java.util.List;
import java.util.Optional;

/**
 * What the file of a team says.
 *
 * @param id the file's name without {@code .toml}
 * @param places in the order of the file, also those that nobody can be sent to
 */
record TeamFile(String id, String name, RouterMode mode, List<Place> places) {

  /**
   * A place in the team.
   *
   * @param agent handle or id; empty where the file names none
   * @param room where the agent is spoken to; empty for nowhere
   * @param absent why nobody can be sent there, as a sentence; empty when they can
   */
  record Place(
      String key,
      String agent,
      String description,
      List<String> keywords,
      String room,
      String absent) {}

  Optional<Place> place(String key) {
    return places.stream().filter(place -> place.key().equals(key)).findFirst();
  }
}
