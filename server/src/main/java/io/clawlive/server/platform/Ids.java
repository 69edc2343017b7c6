package io.clawlive.server.platform;

import java.util.Optional;
import java.util.UUID;

/** Ids as they travel: UUIDs in their canonical form. */
public final class Ids {
  private static final int CANONICAL_LENGTH = 36;

  private Ids() {}

  /** The id a text stands for; empty when the text is no UUID, and so may be a name. */
  public static Optional<UUID> parse(String text) {
    if (text.length() != CANONICAL_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException notAnId) {
      return Optional.empty();
    }
  }
}
