package io.clawlive.server.streams;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.clawlive.policy.v1.Audience;
import io.clawlive.policy.v1.AudienceProto;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Party;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows of an event what a reader may see: the one place where the audiences of the contract are
 * applied. It is an allow-list; a field or kind that says nothing is for members.
 */
public final class EventProjection {
  private static final String OURS = "clawlive.";
  private static final int DIRECT = grade(ChatVisibility.CHAT_VISIBILITY_DIRECT);
  private static final int MEMBERS = grade(ChatVisibility.CHAT_VISIBILITY_MEMBERS);
  private static final int SPECTATORS = grade(ChatVisibility.CHAT_VISIBILITY_SPECTATORS);
  private static final int FROM_OUTSIDE = 20;

  /** Kinds that hold something which never leaves the log. */
  private static final Set<Integer> WITH_SECRETS =
      Event.getDescriptor().getOneofs().getFirst().getFields().stream()
          .filter(field -> holdsSecrets(field.getMessageType(), new HashSet<>()))
          .map(FieldDescriptor::getNumber)
          .collect(Collectors.toSet());

  private EventProjection() {}

  /**
   * The number that stands in the level column of a chat message, beside the levels of log lines:
   * so most messages are told apart without decoding them.
   */
  static int grade(ChatVisibility visibility) {
    return 10 + visibility.getNumber();
  }

  /** The same of a message, by which those of onlookers to the whole room are told apart too. */
  static int grade(Chat chat) {
    return chat.getFromSpectator() && chat.getVisibility() == ChatVisibility.CHAT_VISIBILITY_ROOM
        ? FROM_OUTSIDE
        : grade(chat.getVisibility());
  }

  /** Whether who may see this event is a question of who they are. */
  static boolean isForSome(StoredEvent event) {
    return event.level() == DIRECT || event.level() == FROM_OUTSIDE;
  }

  /** What these eyes see of some events. */
  static List<StoredEvent> show(UUID stream, List<StoredEvent> events, Eyes eyes) {
    if (eyes.everything()) {
      return events;
    }
    var shown = new ArrayList<StoredEvent>(events.size());
    for (StoredEvent event : events) {
      StoredEvent seen = show(stream, event, eyes);
      if (seen != null) {
        shown.add(seen);
      }
    }
    return shown;
  }

  /** What these eyes see of an event; null when they do not see it at all. */
  static @Nullable StoredEvent show(UUID stream, StoredEvent event, Eyes eyes) {
    if (eyes.everything()) {
      return event;
    }
    int level = event.level();
    if (level == DIRECT && !isParty(event.decode(stream), eyes.ids())
        || level == MEMBERS && !eyes.inside()
        || level == SPECTATORS && eyes.inside()
        || level == FROM_OUTSIDE && eyes.agent()) {
      return null;
    }
    if (eyes.inside()) {
      return WITH_SECRETS.contains(event.kind()) ? project(stream, event, eyes) : event;
    }
    return EventKinds.isFor(event.kind(), eyes.audience()) ? project(stream, event, eyes) : null;
  }

  private static StoredEvent project(UUID stream, StoredEvent event, Eyes eyes) {
    Event whole = event.decode(stream);
    Event.Builder seen = whole.toBuilder().clearStreamId().clearSequence();
    FieldDescriptor payload = Event.getDescriptor().findFieldByNumber(event.kind());
    if (payload != null) {
      seen.setField(payload, show((Message) whole.getField(payload), eyes));
    }
    if (!eyes.inside()) {
      seen.clearProducerId().clearProducerSequence();
    }
    return new StoredEvent(
        event.sequence(), event.kind(), event.level(), seen.build().toByteArray());
  }

  private static boolean isParty(Event event, Set<String> ids) {
    List<Party> readers =
        event.hasChat()
            ? event.getChat().getRecipientsList()
            : event.getChatChange().getReadersList();
    return ids.contains(event.getActor().getId())
        || readers.stream().anyMatch(party -> ids.contains(party.getId()));
  }

  /** What these eyes see of a message of the contract. */
  @SuppressWarnings("unchecked") // A builder of a message builds that message.
  public static <M extends Message> M show(M message, Eyes eyes) {
    if (eyes.everything() || !message.getDescriptorForType().getFullName().startsWith(OURS)) {
      return message;
    }
    Message.Builder seen = message.newBuilderForType();
    for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
      if (!isFor(field.getKey(), eyes.audience())) {
        continue;
      }
      if (field.getKey().getJavaType() != JavaType.MESSAGE) {
        seen.setField(field.getKey(), field.getValue());
      } else if (field.getKey().isRepeated()) {
        for (Object element : (List<?>) field.getValue()) {
          seen.addRepeatedField(field.getKey(), show((Message) element, eyes));
        }
      } else {
        seen.setField(field.getKey(), show((Message) field.getValue(), eyes));
      }
    }
    return (M) seen.build();
  }

  /** Whether an audience sees a field. */
  static boolean isFor(FieldDescriptor field, Audience audience) {
    return switch (field.getOptions().getExtension(AudienceProto.audience)) {
      case AUDIENCE_SPECTATOR -> true;
      case AUDIENCE_UNSPECIFIED, AUDIENCE_MEMBER -> audience != Audience.AUDIENCE_SPECTATOR;
      case AUDIENCE_NOBODY, UNRECOGNIZED -> false;
    };
  }

  private static boolean holdsSecrets(Descriptor type, Set<Descriptor> seen) {
    return seen.add(type)
        && type.getFields().stream()
            .anyMatch(field ->
                !isFor(field, Audience.AUDIENCE_MEMBER)
                    || field.getJavaType() == JavaType.MESSAGE
                        && holdsSecrets(field.getMessageType(), seen));
  }
}
