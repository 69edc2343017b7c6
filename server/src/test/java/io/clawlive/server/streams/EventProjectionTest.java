package io.clawlive.server.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Who sees which field of which kind of event in a room. What each audience sees stands in {@code
 * audiences.txt}; run with {@code -Dclawlive.audiences=write} to write down what is shown, and then
 * read the difference as a stranger would.
 */
final class EventProjectionTest {
  private static final UUID ROOM = UUID.randomUUID();
  private static final Eyes MEMBER = Eyes.member(Set.of("me"));

  private static List<FieldDescriptor> kinds() {
    return Event.getDescriptor().getOneofs().getFirst().getFields();
  }

  @Test
  void everyKindShowsEachAudienceWhatTheListSaysAndNothingElse() throws IOException {
    var found = new StringBuilder();
    for (FieldDescriptor kind : kinds()) {
      Event event = full(kind);
      for (var audience : List.of("spectator", "member")) {
        Eyes eyes = audience.equals("member") ? MEMBER : Eyes.SPECTATOR;
        found.append(kind.getName()).append(' ').append(audience).append(':');
        StoredEvent seen = EventProjection.show(ROOM, stored(event), eyes);
        var paths = new TreeSet<String>();
        if (seen != null) {
          paths((Message) seen.decode(ROOM).getField(kind), "", paths);
        }
        paths.forEach(path -> found.append(' ').append(path));
        found.append('\n');
      }
    }
    if ("write".equals(System.getProperty("clawlive.audiences"))) {
      Files.writeString(Path.of("src/test/resources/audiences.txt"), found.toString());
    }
    assertEquals(file(), found.toString());
  }

  private static String file() throws IOException {
    try (var in = EventProjectionTest.class.getResourceAsStream("/audiences.txt")) {
      assertNotNull(in);
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** An event of a kind with every field set, for everybody. */
  private static Event full(FieldDescriptor kind) {
    Message payload = full(Event.newBuilder().newBuilderForField(kind), 0);
    Event event = Event.newBuilder().setProducerId("p").setField(kind, payload).build();
    if (event.hasChat()) {
      return event.toBuilder()
          .setChat(event.getChat().toBuilder().setVisibility(ChatVisibility.CHAT_VISIBILITY_ROOM))
          .build();
    }
    if (event.hasChatChange()) {
      return event.toBuilder()
          .setChatChange(
              event.getChatChange().toBuilder().setVisibility(ChatVisibility.CHAT_VISIBILITY_ROOM))
          .build();
    }
    return event;
  }

  private static Message full(Message.Builder builder, int depth) {
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      Object value = value(builder, field, depth);
      if (value == null) {
        continue;
      }
      if (field.isRepeated()) {
        builder.addRepeatedField(field, value);
      } else {
        builder.setField(field, value);
      }
    }
    return builder.build();
  }

  private static @Nullable Object value(Message.Builder builder, FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT -> 7;
      case LONG -> 7L;
      case FLOAT -> 7f;
      case DOUBLE -> 7d;
      case BOOLEAN -> true;
      case STRING -> "text";
      case BYTE_STRING -> ByteString.copyFromUtf8("bytes");
      case ENUM -> field.getEnumType().getValues().get(1);
      case MESSAGE -> depth > 6 ? null : full(builder.newBuilderForField(field), depth + 1);
    };
  }

  private static void paths(Message message, String at, Set<String> paths) {
    message
        .getAllFields()
        .forEach((field, value) -> {
          String path = at + field.getName();
          boolean ours =
              field.getJavaType() == JavaType.MESSAGE
                  && field.getMessageType().getFullName().startsWith("clawlive.");
          if (!ours) {
            paths.add(path);
          } else if (field.isRepeated()) {
            paths((Message) ((List<?>) value).getFirst(), path + ".", paths);
          } else {
            paths((Message) value, path + ".", paths);
          }
        });
  }

  private static StoredEvent stored(Event event) {
    int level =
        switch (event.getPayloadCase()) {
          case CHAT -> EventProjection.grade(event.getChat().getVisibility());
          case CHAT_CHANGE -> EventProjection.grade(event.getChatChange().getVisibility());
          default -> 0;
        };
    return new StoredEvent(1, event.getPayloadCase().getNumber(), level, event.toByteArray());
  }

  @Test
  void whatTheServerDoesNotKnowIsForMembers() {
    var unknown = new StoredEvent(1, 999, 0, new byte[0]);

    assertEquals(null, EventProjection.show(ROOM, unknown, Eyes.SPECTATOR));
    assertEquals(unknown, EventProjection.show(ROOM, unknown, MEMBER));
  }

  @Test
  void aSpectatorDoesNotLearnHowAnEventWasMade() {
    Event event = full(Event.getDescriptor().findFieldByName("task"));
    StoredEvent seen = EventProjection.show(ROOM, stored(event), Eyes.SPECTATOR);

    assertNotNull(seen);
    assertTrue(seen.decode(ROOM).getProducerId().isEmpty());
  }

  @Test
  void onAStreamThatIsNoRoomNothingIsHidden() {
    for (FieldDescriptor kind : kinds()) {
      StoredEvent event = stored(full(kind));
      assertEquals(event, EventProjection.show(ROOM, event, Eyes.EVERYTHING));
    }
  }
}
