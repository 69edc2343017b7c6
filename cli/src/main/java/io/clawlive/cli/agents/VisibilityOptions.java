package io.clawlive.cli.agents;

import io.clawlive.identity.v1.Visibility;
import picocli.CommandLine.Option;

/** Who may see a project: one of two flags, or neither. */
final class VisibilityOptions {
  @Option(names = "--private", description = "Only its members and its owner see it.")
  private boolean hidden;

  @Option(names = "--public", description = "Everybody sees it.")
  private boolean open;

  Visibility asked() {
    if (hidden) {
      return Visibility.VISIBILITY_PRIVATE;
    }
    return open ? Visibility.VISIBILITY_PUBLIC : Visibility.VISIBILITY_UNSPECIFIED;
  }
}
