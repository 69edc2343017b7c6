package io.clawlive.cli.view;

import io.clawlive.cli.text.TerminalText;
import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.sdk.EventPayload;
import io.clawlive.sdk.EventPayload.Alert;
import io.clawlive.sdk.EventPayload.Approval;
import io.clawlive.sdk.EventPayload.Artifact;
import io.clawlive.sdk.EventPayload.Chat;
import io.clawlive.sdk.EventPayload.ChatChanged;
import io.clawlive.sdk.EventPayload.Invited;
import io.clawlive.sdk.EventPayload.LogLine;
import io.clawlive.sdk.EventPayload.Member;
import io.clawlive.sdk.EventPayload.Presence;
import io.clawlive.sdk.EventPayload.Progress;
import io.clawlive.sdk.EventPayload.Proof;
import io.clawlive.sdk.EventPayload.Reaction;
import io.clawlive.sdk.EventPayload.Room;
import io.clawlive.sdk.EventPayload.Sandboxed;
import io.clawlive.sdk.EventPayload.Status;
import io.clawlive.sdk.EventPayload.Steered;
import io.clawlive.sdk.EventPayload.Task;
import io.clawlive.sdk.EventPayload.Thought;
import io.clawlive.sdk.EventPayload.Unknown;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.SandboxChange;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An event as a person reads it: time, kind, text. Whatever the text holds, it cannot steer the
 * terminal.
 */
public final class EventText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final Pattern MASKED = Pattern.compile("\\[masked:[a-z0-9_-]+]");
  private static final String MARGIN = "\n" + " ".repeat(20);

  private final boolean colour;
  private final ZoneId zone;
  private final RoomText rooms = new RoomText(this::words);

  /** Text with or without colours, with times of this zone. */
  public EventText(boolean colour, ZoneId zone) {
    this.colour = colour;
    this.zone = zone;
  }

  /** One or more lines, without an end. */
  public String render(StreamEvent event) {
    String time = Paint.FAINT.on(TIME.format(event.occurredAt().atZone(zone)), colour);
    return time + " " + payload(event.payload());
  }

  /** The line of a log as it was written, with its end unless it goes on; empty for the rest. */
  Optional<String> line(StreamEvent event) {
    return event.payload() instanceof LogLine log
        ? Optional.of(
            TerminalText.safe(log.line(), colour) + (log.continued() ? "" : System.lineSeparator()))
        : Optional.empty();
  }

  /** A message that was said before, with what became of it. */
  public String render(ChatMessage message) {
    Instant sent =
        Instant.ofEpochSecond(message.getSentAt().getSeconds(), message.getSentAt().getNanos());
    Chat chat =
        new Chat(
            message.getUser(),
            message.getDeleted()
                ? "(deleted)"
                : message.getMessage() + (message.getEdited() ? " (edited)" : ""),
            List.of(),
            message.getVisibility(),
            message.getRecipientsList(),
            message.getMentionsList(),
            message.getThread(),
            message.getFromSpectator());
    return Paint.FAINT.on(TIME.format(sent.atZone(zone)), colour) + " " + payload(chat);
  }

  private String payload(EventPayload payload) {
    return switch (payload) {
      case Thought thought ->
          line(Paint.THOUGHT, "●", "thought", safe(thought.text()) + tags(thought));
      case LogLine log ->
          line(
              paint(log.level()),
              "│",
              label(log.level()),
              module(log) + safe(log.line()) + more(log));
      case Proof proof ->
          line(
              Paint.GOOD,
              "✔",
              "proof",
              words(
                  Fields.word(proof.proofKind(), "PROOF_KIND_"),
                  shortened(proof.sha()),
                  proof.message(),
                  proof.url()));
      case Chat chat -> line(Paint.PERSON, "»", "chat", chat(chat));
      case Status status ->
          line(
              Paint.STATE,
              "■",
              "status",
              words(Fields.word(status.state(), "STATUS_STATE_"), status.reason()));
      case Alert alert -> line(Paint.BAD, "!", "alert", words(alert.message()));
      case Reaction reaction ->
          line(
              Paint.PERSON,
              "»",
              "react",
              words(
                  reaction.emoji(), (reaction.removed() ? "off #" : "on #") + reaction.sequence()));
      case Artifact artifact ->
          line(
              Paint.GOOD,
              "◆",
              "made",
              words(
                  Fields.word(artifact.artifactKind(), "ARTIFACT_KIND_"),
                  artifact.name(),
                  shortened(artifact.hash()),
                  artifact.url()));
      case Room room -> line(Paint.STATE, "■", "room", rooms.room(room.change()));
      case Member member -> line(Paint.STATE, "±", "member", rooms.member(member.change()));
      case Presence presence ->
          line(Paint.FAINT, "○", "there", rooms.presence(presence.change().getMember()));
      case Task task -> line(Paint.GOOD, "□", "task", rooms.task(task.change()));
      case Progress progress -> line(Paint.FAINT, "…", "work", rooms.progress(progress.progress()));
      case Approval approval ->
          line(Paint.WARNING, "?", "decide", rooms.approval(approval.change().getApproval()));
      case Steered steered -> line(Paint.WARNING, "!", "steer", rooms.steering(steered.steering()));
      case ChatChanged changed -> line(Paint.PERSON, "»", "edit", rooms.changed(changed.change()));
      case Invited invited -> line(Paint.STATE, "±", "invite", rooms.invitation(invited.change()));
      case Sandboxed sandboxed -> line(Paint.STATE, "▣", "sandbox", sandbox(sandboxed.change()));
      case Unknown unknown ->
          line(
              Paint.FAINT,
              "?",
              "unknown",
              "kind %d, which a newer version of this program shows".formatted(unknown.field()));
    };
  }

  private String chat(Chat chat) {
    String text = chat.user().isEmpty() ? chat.message() : chat.user() + ": " + chat.message();
    return safe(RoomText.toWhom(chat) + text);
  }

  private String line(Paint paint, String glyph, String kind, String text) {
    return paint.on(glyph + " %-7s".formatted(kind), colour) + "  " + text.replace("\n", MARGIN);
  }

  private String safe(String text) {
    String safe = TerminalText.safe(text.stripTrailing(), colour);
    // Reversed rather than coloured, so that the colours of the text around it go on.
    return colour ? MASKED.matcher(safe).replaceAll("\u001b[7m$0\u001b[27m") : safe;
  }

  private String words(String... words) {
    return safe(Stream.of(words).filter(word -> !word.isEmpty()).collect(Collectors.joining("  ")));
  }

  private String sandbox(SandboxChange change) {
    return words(
        Fields.word(change.getState(), "SANDBOX_STATE_"),
        Fields.word(change.getReason(), "SANDBOX_REASON_"),
        change.hasExitCode() ? "exit code " + change.getExitCode() : "",
        change.getMessage());
  }

  private String tags(Thought thought) {
    return thought.tags().isEmpty()
        ? ""
        : " " + Paint.FAINT.on(safe("#" + String.join(" #", thought.tags())), colour);
  }

  private String module(LogLine log) {
    return log.module().isEmpty() ? "" : Paint.FAINT.on(safe(log.module()) + ": ", colour);
  }

  private String more(LogLine log) {
    return log.continued() ? Paint.FAINT.on("…", colour) : "";
  }

  private static Paint paint(LogLevel level) {
    return switch (level) {
      case LOG_LEVEL_WARN -> Paint.WARNING;
      case LOG_LEVEL_ERROR -> Paint.BAD;
      case LOG_LEVEL_DEBUG, LOG_LEVEL_INFO, LOG_LEVEL_UNSPECIFIED, UNRECOGNIZED -> Paint.FAINT;
    };
  }

  private static String label(LogLevel level) {
    return switch (level) {
      case LOG_LEVEL_WARN -> "warn";
      case LOG_LEVEL_ERROR -> "error";
      case LOG_LEVEL_DEBUG -> "debug";
      case LOG_LEVEL_INFO, LOG_LEVEL_UNSPECIFIED, UNRECOGNIZED -> "log";
    };
  }

  private static String shortened(String sha) {
    int digits = sha.indexOf(':') + 1;
    return sha.length() > digits + 12 ? sha.substring(0, digits + 12) : sha;
  }
}
