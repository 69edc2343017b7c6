package io.clawlive.sdk.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.clawlive.sdk.EventPayload;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.AlertKind;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.ProofKind;
import io.clawlive.streams.v1.StatusState;
import java.util.Base64;
import java.util.List;

/** Writes and reads events as JSON lines; see {@link io.clawlive.sdk.EventJson}. */
public final class JsonEvents {
  /** Name of the stream's id in a session's events. */
  public static final String SESSION_ID = "session_id";

  /** Name of the stream's id in a room's events. */
  public static final String ROOM_ID = "room_id";

  /** Name of the stream's id in lines of sandboxes. */
  public static final String SANDBOX_ID = "sandbox_id";

  private static final String LOG_LEVEL = "LOG_LEVEL_";
  private static final String PROOF_KIND = "PROOF_KIND_";
  private static final String STATUS_STATE = "STATUS_STATE_";
  private static final String ALERT_KIND = "ALERT_KIND_";
  private static final String ARTIFACT_KIND = "ARTIFACT_KIND_";
  private static final String UNKNOWN = "unknown:";

  private JsonEvents() {}

  /** Appends one event; {@code stream} is the name that the stream's id has in the line. */
  public static void write(StreamEvent event, String stream, StringBuilder out) {
    out.append("{\"").append(stream).append("\":");
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
        event.text(event.has(ROOM_ID) ? ROOM_ID : SESSION_ID),
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
      JsonMessages.members(message(chat), out);
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
    } else {
      JsonMessages.members(message(payload), out);
    }
  }

  /** The contract's message of a kind that is written as its message is. */
  private static Message message(EventPayload payload) {
    if (payload instanceof EventPayload.Room room) {
      return room.change();
    } else if (payload instanceof EventPayload.Member member) {
      return member.change();
    } else if (payload instanceof EventPayload.Presence presence) {
      return presence.change();
    } else if (payload instanceof EventPayload.Task task) {
      return task.change();
    } else if (payload instanceof EventPayload.Progress progress) {
      return progress.progress();
    } else if (payload instanceof EventPayload.Approval approval) {
      return approval.change();
    } else if (payload instanceof EventPayload.Steered steered) {
      return steered.steering();
    } else if (payload instanceof EventPayload.ChatChanged changed) {
      return changed.change();
    } else if (payload instanceof EventPayload.Invited invited) {
      return invited.change();
    } else if (payload instanceof EventPayload.Sandboxed sandboxed) {
      return sandboxed.change();
    }
    throw new IllegalArgumentException("no JSON is known for the kind " + payload.kind());
  }

  private static Chat message(EventPayload.Chat chat) {
    return Chat.newBuilder()
        .setUser(chat.user())
        .setMessage(chat.message())
        .addAllReactions(chat.reactions())
        .setVisibility(chat.visibility())
        .addAllRecipients(chat.recipients())
        .addAllMentions(chat.mentions())
        .setThread(chat.thread())
        .setFromSpectator(chat.fromSpectator())
        .build();
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
      case "chat",
          "room",
          "member",
          "presence",
          "task",
          "progress",
          "approval",
          "steering",
          "chat_change",
          "invitation",
          "sandbox" ->
          EventViews.of(read(type, fields)).payload();
      default -> unknown(type, fields);
    };
  }

  /** An event with nothing but the payload of this kind. */
  private static Event read(String type, JsonFields fields) {
    Event.Builder event = Event.newBuilder();
    var kind = Event.getDescriptor().findFieldByName(type);
    Message.Builder payload = event.newBuilderForField(kind);
    JsonMessages.read(fields, payload);
    return event.setField(kind, payload.build()).build();
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
