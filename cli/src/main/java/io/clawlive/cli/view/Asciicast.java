package io.clawlive.cli.view;

import io.clawlive.cli.shell.Json;
import io.clawlive.live.v1.Session;
import io.clawlive.sdk.StreamEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a session as an asciicast of version 2, the format of asciinema players: a header line,
 * then one frame an event, timed by when it happened.
 */
public final class Asciicast {
  private static final int COLUMNS = 120;
  private static final int LINES = 32;

  private final EventText text;
  private final PrintWriter out;
  private @Nullable Instant start;
  private double last;

  /** Writes to this writer with times of this zone. */
  public Asciicast(PrintWriter out, ZoneId zone) {
    this.text = new EventText(true, zone);
    this.out = out;
  }

  /** Writes the header. */
  public void begin(Session session) {
    Instant started = Fields.time(session.getStartedAt());
    start = started;
    String title =
        session.getTitle().isEmpty()
            ? session.getAgentHandle() + "/" + session.getProjectSlug()
            : session.getTitle();
    out.println(
        Json.write(
            Json.object(
                "version", 2,
                "width", COLUMNS,
                "height", LINES,
                "timestamp", started == null ? null : started.getEpochSecond(),
                "title", title)));
  }

  /** Writes a frame. Clocks of several producers may disagree; a recording never steps back. */
  public void frame(StreamEvent event) {
    Instant from = start;
    if (from == null) {
      from = event.occurredAt();
      start = from;
    }
    double seconds = Duration.between(from, event.occurredAt()).toNanos() / 1e9;
    last = Math.max(last, seconds);
    String screen = text.render(event).replace("\n", "\r\n") + "\r\n";
    out.println(Json.write(List.of(Math.round(last * 1e6) / 1e6, "o", screen)));
  }
}
