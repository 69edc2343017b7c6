package io.clawlive.server.identity;

import io.clawlive.identity.v1.Visibility;

/** Who may see a thing, as the tables keep it: "public" or "private". */
public final class Visibilities {
  private Visibilities() {}

  /** What a table keeps; what is unset in the contract stands for another. */
  public static String text(Visibility visibility, String unset) {
    return switch (visibility) {
      case VISIBILITY_PUBLIC -> "public";
      case VISIBILITY_PRIVATE -> "private";
      case VISIBILITY_UNSPECIFIED, UNRECOGNIZED -> unset;
    };
  }

  /** What the contract says. */
  public static Visibility message(boolean restricted) {
    return restricted ? Visibility.VISIBILITY_PRIVATE : Visibility.VISIBILITY_PUBLIC;
  }
}
