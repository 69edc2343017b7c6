package io.clawlive.server.rooms;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.Timestamp;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.rooms.v1.ImportRoomRequest;
import io.clawlive.rooms.v1.ImportRoomResponse;
import io.clawlive.rooms.v1.RecordingDifference;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.FieldRules;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.rooms.Recording.Entry;
import io.clawlive.server.streams.EventLedger;
import io.clawlive.server.streams.EventReader;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.RoomChange;
import io.clawlive.streams.v1.RoomChangeKind;
import io.clawlive.streams.v1.RoomFacts;
import io.clawlive.streams.v1.RoomState;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes a completed room from a recording, and holds what it claims against what it holds. */
@Singleton
class RoomImport {
  private static final int ROWS = 1_000;

  private final RoomCreation creation;
  private final EventLedger ledger;
  private final EventReader events;
  private final FieldRules rules;
  private final Clock clock;

  RoomImport(
      RoomCreation creation,
      EventLedger ledger,
      EventReader events,
      FieldRules rules,
      Clock clock) {
    this.creation = creation;
    this.ledger = ledger;
    this.events = events;
    this.rules = rules;
    this.clock = clock;
  }

  /** What became of an import, but for the room itself. */
  record Imported(UUID room, ImportRoomResponse.Builder answer) {}

  Imported run(ImportRoomRequest request, Caller caller) {
    Recording recording = Recording.parse(request.getRecording().toByteArray());
    Map<String, Long> claimed = recording.totals();
    creation.requireRoomForOneMore(UUID.fromString(caller.actor().getId()));
    UUID id = UuidCreator.getTimeOrderedEpoch();
    ledger.committed(write(id, recording, request.getVisibility(), caller));
    Map<String, Long> computed = RecordedEvents.totals(everything(id));
    var answer = ImportRoomResponse.newBuilder().putAllTotals(computed);
    claimed.forEach((name, claim) -> {
      long found = computed.getOrDefault(name, 0L);
      if (claim != found) {
        answer.addDifferences(
            RecordingDifference.newBuilder().setName(name).setClaimed(claim).setComputed(found));
      }
    });
    return new Imported(id, answer);
  }

  @Transactional
  EventLedger.Page write(UUID id, Recording recording, Visibility visibility, Caller caller) {
    Entry room = recording.room();
    Party importer = Parties.of(caller);
    Timestamp created = room.time("createdAt");
    Timestamp start = created == null ? Timestamps.of(clock.instant()) : created;
    RoomFacts facts =
        RoomFacts.newBuilder()
            .setName(room.text("name"))
            .setDescription(room.text("description"))
            .setVisibility(
                visibility == Visibility.VISIBILITY_PUBLIC
                    ? Visibility.VISIBILITY_PUBLIC
                    : Visibility.VISIBILITY_PRIVATE)
            .setGitRepo(room.text("gitRepo"))
            .setState(RoomState.ROOM_STATE_ACTIVE)
            .build();
    RoomDraft draft = creation.open(id, caller);
    Event.Builder made =
        RoomCreation.change(RoomChangeKind.ROOM_CHANGE_KIND_IMPORTED, facts, importer, "")
            .setOccurredAt(start);
    within(room, () -> tell(draft, made));
    draft.tell(creation.joined(importer, MemberRole.MEMBER_ROLE_HOST));
    var recorded = new RecordedEvents(id, start, event -> tell(draft, event));
    recording.members().forEach(member -> within(member, () -> recorded.member(member)));
    recording.messages().forEach(message -> within(message, () -> recorded.message(message)));
    draft.tellLast(
        Event.newBuilder()
            .setRoom(
                RoomChange.newBuilder()
                    .setChange(RoomChangeKind.ROOM_CHANGE_KIND_MOVED)
                    .setRoom(facts.toBuilder().setState(RoomState.ROOM_STATE_COMPLETED))));
    return draft.page();
  }

  /** Says of a part of the file that its events break a rule of the contract. */
  private static void within(Entry part, Runnable step) {
    try {
      step.run();
    } catch (Refusal refusal) {
      throw refusal.reason() == ErrorReason.ERROR_REASON_INVALID_FIELD
          ? Recording.invalid(part.where() + ": " + refusal.getMessage())
          : refusal;
    }
  }

  /** Each task is made by a producer of its own, as the table wants it. */
  private void tell(RoomDraft draft, Event.Builder event) {
    rules.check(event.build());
    if (event.hasTask()) {
      draft.tell("clawlive.import." + event.getTask().getTask().getTaskId(), event);
    } else {
      draft.tell(event);
    }
  }

  private List<Event> everything(UUID room) {
    List<Event> all = new ArrayList<>();
    while (true) {
      List<Event> page =
          events.after(room, all.isEmpty() ? 0 : all.getLast().getSequence(), List.of(), ROWS);
      if (page.isEmpty()) {
        return all;
      }
      all.addAll(page);
    }
  }
}
