package io.clawlive.sdk.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.clawlive.sdk.EventPayload;
import io.clawlive.sdk.StreamEvent;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import java.time.Instant;
import java.util.Map;

/** Turns the contract's events into the API's view of them. */
public final class EventViews {
  private static final int FIRST_PAYLOAD_FIELD = 16;

  private EventViews() {}

  /** The view of one stored event. */
  public static StreamEvent of(Event event) {
    Instant recorded = Times.instant(event.getRecordedAt());
    return new StreamEvent(
        event.getStreamId(),
        event.getSequence(),
        event.getProducerId(),
        event.getProducerSequence(),
        event.hasOccurredAt() ? Times.instant(event.getOccurredAt()) : recorded,
        recorded,
        event.getActor(),
        payload(event));
  }

  private static EventPayload payload(Event event) {
    return switch (event.getPayloadCase()) {
      case THOUGHT ->
          new EventPayload.Thought(event.getThought().getText(), event.getThought().getTagsList());
      case LOG -> {
        LogLevel level = event.getLog().getLevel();
        yield new EventPayload.LogLine(
            level == LogLevel.LOG_LEVEL_UNSPECIFIED ? LogLevel.LOG_LEVEL_INFO : level,
            event.getLog().getModule(),
            event.getLog().getLine(),
            event.getLog().getContinued());
      }
      case PROOF ->
          new EventPayload.Proof(
              event.getProof().getKind(),
              event.getProof().getSha(),
              event.getProof().getMessage(),
              event.getProof().getUrl());
      case CHAT -> chat(event.getChat());
      case STATUS ->
          new EventPayload.Status(event.getStatus().getState(), event.getStatus().getReason());
      case ALERT ->
          new EventPayload.Alert(event.getAlert().getKind(), event.getAlert().getMessage());
      case REACTION ->
          new EventPayload.Reaction(
              event.getReaction().getSequence(),
              event.getReaction().getEmoji(),
              event.getReaction().getRemoved());
      case ARTIFACT ->
          new EventPayload.Artifact(
              event.getArtifact().getKind(),
              event.getArtifact().getName(),
              event.getArtifact().getUrl(),
              event.getArtifact().getHash(),
              event.getArtifact().getMediaType());
      case ROOM -> new EventPayload.Room(event.getRoom());
      case MEMBER -> new EventPayload.Member(event.getMember());
      case PRESENCE -> new EventPayload.Presence(event.getPresence());
      case TASK -> new EventPayload.Task(event.getTask());
      case PROGRESS -> new EventPayload.Progress(event.getProgress());
      case APPROVAL -> new EventPayload.Approval(event.getApproval());
      case STEERING -> new EventPayload.Steered(event.getSteering());
      case CHAT_CHANGE -> new EventPayload.ChatChanged(event.getChatChange());
      case INVITATION -> new EventPayload.Invited(event.getInvitation());
      case SANDBOX -> new EventPayload.Sandboxed(event.getSandbox());
      case PAYLOAD_NOT_SET -> unknown(event.getUnknownFields());
    };
  }

  private static EventPayload.Chat chat(Chat chat) {
    return new EventPayload.Chat(
        chat.getUser(),
        chat.getMessage(),
        chat.getReactionsList(),
        chat.getVisibility(),
        chat.getRecipientsList(),
        chat.getMentionsList(),
        chat.getThread(),
        chat.getFromSpectator());
  }

  /** A kind of a newer contract is an unknown field above the envelope's numbers. */
  private static EventPayload unknown(UnknownFieldSet fields) {
    for (Map.Entry<Integer, UnknownFieldSet.Field> field : fields.asMap().entrySet()) {
      var values = field.getValue().getLengthDelimitedList();
      if (field.getKey() >= FIRST_PAYLOAD_FIELD && !values.isEmpty()) {
        return new EventPayload.Unknown(field.getKey(), values.get(values.size() - 1));
      }
    }
    return new EventPayload.Unknown(0, ByteString.EMPTY);
  }
}
