package io.clawlive.cli.view;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.sdk.ConnectionChange;
import io.clawlive.sdk.CredentialEndedException;
import java.util.function.Consumer;

/** Tells once that the connection is lost, and once that it is back. */
public final class ConnectionNotices implements Consumer<ConnectionChange> {
  private final OutputOptions output;
  private final String meanwhile;
  private boolean lost;

  /** What happens meanwhile is told along with the loss. */
  public ConnectionNotices(OutputOptions output, String meanwhile) {
    this.output = output;
    this.meanwhile = meanwhile;
  }

  @Override
  public synchronized void accept(ConnectionChange change) {
    switch (change.state()) {
      case RECONNECTING -> {
        // That a token's time was over and another one follows is nobody's concern.
        if (!lost
            && !change.cause().map(CredentialEndedException.class::isInstance).orElse(false)) {
          lost = true;
          String why = change.cause().map(Throwable::getMessage).orElse("The connection was lost.");
          output.notice(why + " " + meanwhile);
        }
      }
      case CONNECTED -> {
        if (lost) {
          lost = false;
          output.notice("Connected again.");
        }
      }
      case CONNECTING -> {} // Nothing is lost yet.
      case FAILED, CLOSED -> lost = false; // The command itself tells how it ended.
    }
  }
}
