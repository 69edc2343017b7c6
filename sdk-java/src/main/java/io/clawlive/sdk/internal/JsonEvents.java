package io.clawlive.sdk.internal;

import com.google.protobuf.ByteString;
import io.clawlive.sdk.EventPayload;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.AlertKind;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.ProofKind;
import io.clawlive.streams.v1.StatusState;
import java.util.Base64;
import java.util.List;

/** Writes and reads events as JSON lines; see {@link io.clawlive.sdk.EventJson}. */
public final class JsonEvents {
  private static final String LOG_LEVEL = "LOG_LEVEL_";
  private static final String PROOF_KIND = "PROOF_KIND_";
  private static final String STATUS_STATE = "STATUS_STATE_";
  private static final String ALERT_KIND = "ALERT_KIND_";
  private static final String ARTIFACT_KIND = "ARTIFACT_KIND_";
  private static final String UNKNOWN = "unknown:";

  private JsonEvents() {}

  /** Appends one event. */
  public static void write(StreamEvent event, StringBuilder out) {
    out.append("{\"session_id\":");
    Json.quote(event.streamId(), out);
    out.append(",\"sequence\":").append(event.sequence()).append(",\"type\":");
    Json.quote(event.kind(), out);
    out.append(",\"payload\":{");
    payload(event.payload(), out);
    out.append("},\"occurred_at\":\"").append(event.occurredAt());
    out.append("\",\"recorded_at\":\"").append(event.recordedAt()).append("\"}");
  }

  /** Reads one event. */
  public static StreamEvent read(String line) {
    JsonFields event = JsonFields.of(Json.parse(line), "the line");
    return new StreamEvent(
        event.text("session_id"),
        event.number("sequence"),
        "",
        0,
        event.time("occurred_at"),
        event.time("recorded_at"),
        Actor.getDefaultInstance(),
        payload(event.text("type"), event.object("payload")));
  }

  private static void payload(EventPayload payload, StringBuilder out) {
    if (payload instanceof EventPayload.Thought thought) {
      text("text", thought.text(), out);
      texts("tags", thought.tags(), out.append(','));
    } else if (payload instanceof EventPayload.LogLine log) {
      text("level", JsonFields.word(log.level(), LOG_LEVEL), out);
      text("module", log.module(), out.append(','));
      text("line", log.line(), out.append(','));
      out.append(",\"continued\":").append(log.continued());
    } else if (payload instanceof EventPayload.Proof proof) {
      text("kind", JsonFields.word(proof.proofKind(), PROOF_KIND), out);
      text("sha", proof.sha(), out.append(','));
      text("message", proof.message(), out.append(','));
      text("url", proof.url(), out.append(','));
    } else if (payload instanceof EventPayload.Chat chat) {
      text("user", chat.user(), out);
      text("message", chat.message(), out.append(','));
      texts("reactions", chat.reactions(), out.append(','));
    } else if (payload instanceof EventPayload.Status status) {
      text("state", JsonFields.word(status.state(), STATUS_STATE), out);
      text("reason", status.reason(), out.append(','));
    } else if (payload instanceof EventPayload.Alert alert) {
      text("kind", JsonFields.word(alert.alertKind(), ALERT_KIND), out);
      text("message", alert.message(), out.append(','));
    } else if (payload instanceof EventPayload.Reaction reaction) {
      out.append("\"sequence\":").append(reaction.sequence()).append(',');
      text("emoji", reaction.emoji(), out);
      out.append(",\"removed\":").append(reaction.removed());
    } else if (payload instanceof EventPayload.Artifact artifact) {
      text("kind", JsonFields.word(artifact.artifactKind(), ARTIFACT_KIND), out);
      text("name", artifact.name(), out.append(','));
      text("url", artifact.url(), out.append(','));
      text("hash", artifact.hash(), out.append(','));
      text("media_type", artifact.mediaType(), out.append(','));
    } else if (payload instanceof EventPayload.Unknown unknown) {
      text("bytes", Base64.getEncoder().encodeToString(unknown.bytes().toByteArray()), out);
    }
  }

  private static EventPayload payload(String type, JsonFields fields) {
    return switch (type) {
      case "thought" -> new EventPayload.Thought(fields.text("text"), fields.texts("tags"));
      case "log" ->
          new EventPayload.LogLine(
              fields.word("level", LogLevel.class, LOG_LEVEL),
              fields.text("module"),
              fields.text("line"),
              fields.flag("continued"));
      case "proof" ->
          new EventPayload.Proof(
              fields.word("kind", ProofKind.class, PROOF_KIND),
              fields.text("sha"),
              fields.text("message"),
              fields.text("url"));
      case "chat" ->
          new EventPayload.Chat(
              fields.text("user"), fields.text("message"), fields.texts("reactions"));
      case "status" ->
          new EventPayload.Status(
              fields.word("state", StatusState.class, STATUS_STATE), fields.text("reason"));
      case "alert" ->
          new EventPayload.Alert(
              fields.word("kind", AlertKind.class, ALERT_KIND), fields.text("message"));
      case "reaction" ->
          new EventPayload.Reaction(
              fields.number("sequence"), fields.text("emoji"), fields.flag("removed"));
      case "artifact" ->
          new EventPayload.Artifact(
              fields.word("kind", ArtifactKind.class, ARTIFACT_KIND),
              fields.text("name"),
              fields.text("url"),
              fields.text("hash"),
              fields.text("media_type"));
      default -> unknown(type, fields);
    };
  }

  private static EventPayload unknown(String type, JsonFields fields) {
    if (!type.matches(UNKNOWN + "[0-9]{1,9}")) {
      throw new IllegalArgumentException(
          "type is '" + type + "'; expected a kind of the contract such as thought");
    }
    byte[] bytes = Base64.getDecoder().decode(fields.text("bytes"));
    return new EventPayload.Unknown(
        Integer.parseInt(type.substring(UNKNOWN.length())), ByteString.copyFrom(bytes));
  }

  private static void text(String name, String value, StringBuilder out) {
    out.append('"').append(name).append("\":");
    Json.quote(value, out);
  }

  private static void texts(String name, List<String> values, StringBuilder out) {
    out.append('"').append(name).append("\":[");
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      Json.quote(values.get(i), out);
    }
    out.append(']');
  }
}
