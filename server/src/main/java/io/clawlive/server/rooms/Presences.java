package io.clawlive.server.rooms;

import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.Leases;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.rooms.MemberRepository.PresentRow;
import io.clawlive.server.rooms.RoomView.Insider;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.AgentActivity;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Presence;
import io.clawlive.streams.v1.PresenceChange;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is there. Each device of a member holds a lease of its own; a member is active while one of
 * them is in use, idle while one is there, and offline when the last lease has ended. Only a change
 * is told, once, by whichever server notices first.
 */
@Singleton
final class Presences {
  private static final Logger LOG = LoggerFactory.getLogger(Presences.class);
  private static final String ACTIVE = "active";
  private static final String IDLE = "idle";

  private final Leases leases;
  private final RoomChanges changes;
  private final RoomViews views;
  private final MemberRepository members;
  private final RoomsConfiguration configuration;
  private final Clock clock;

  Presences(
      Leases leases,
      RoomChanges changes,
      RoomViews views,
      MemberRepository members,
      RoomsConfiguration configuration,
      Clock clock) {
    this.leases = leases;
    this.changes = changes;
    this.views = views;
    this.members = members;
    this.configuration = configuration;
    this.clock = clock;
  }

  /** A device gives a sign of life, or says goodbye. */
  void heartbeat(UUID room, Caller caller, String device, Presence presence) {
    if (views.get(room).completed()) {
      throw RoomDraft.completed(room);
    }
    String member = caller.actor().getId();
    switch (presence) {
      case PRESENCE_UNSPECIFIED, PRESENCE_ACTIVE, UNRECOGNIZED ->
          leases.hold(group(room), member, device, ACTIVE, configuration.lease());
      case PRESENCE_IDLE -> leases.hold(group(room), member, device, IDLE, configuration.lease());
      case PRESENCE_OFFLINE -> leases.release(group(room), member, device);
    }
    Presence known = known(room, member);
    if (known == Presence.PRESENCE_ACTIVE
        && presence != Presence.PRESENCE_IDLE
        && presence != Presence.PRESENCE_OFFLINE) {
      return;
    }
    var held = held(List.of(room));
    become(
        room,
        member,
        held.isPresent() ? among(held.get(), room, member) : raised(known, presence),
        caller.actor());
  }

  /** While nobody can tell which devices are there, a sign of life says that one is. */
  private static Presence raised(Presence known, Presence given) {
    return switch (given) {
      case PRESENCE_UNSPECIFIED, PRESENCE_ACTIVE, UNRECOGNIZED -> Presence.PRESENCE_ACTIVE;
      case PRESENCE_IDLE -> known == Presence.PRESENCE_OFFLINE ? Presence.PRESENCE_IDLE : known;
      case PRESENCE_OFFLINE -> known;
    };
  }

  /** A device is gone, and another of the same member is there: nothing to tell. */
  void release(UUID room, Caller caller, String device) {
    leases.release(group(room), caller.actor().getId(), device);
  }

  private Presence known(UUID room, String member) {
    return views
        .get(room)
        .insider(member)
        .map(inside -> inside.member().getPresence())
        .orElse(Presence.PRESENCE_OFFLINE);
  }

  private Optional<Map<String, Map<String, Map<String, String>>>> held(Collection<UUID> rooms) {
    return leases.held(rooms.stream().map(Presences::group).toList());
  }

  private static String group(UUID room) {
    return "room " + room;
  }

  /** What the leases say of a member. */
  private static Presence among(
      Map<String, Map<String, Map<String, String>>> held, UUID room, String member) {
    Collection<String> devices =
        held.getOrDefault(group(room), Map.of()).getOrDefault(member, Map.of()).values();
    return devices.contains(ACTIVE)
        ? Presence.PRESENCE_ACTIVE
        : devices.isEmpty() ? Presence.PRESENCE_OFFLINE : Presence.PRESENCE_IDLE;
  }

  /** Tells how a member is there now, where that is new. */
  private void become(UUID room, String member, Presence now, Actor by) {
    if (now != known(room, member)) {
      changes.change(
          room,
          by,
          draft -> {
            Optional<Insider> inside = draft.view().insider(member);
            if (inside.isPresent()
                && !draft.view().completed()
                && inside.get().member().getPresence() != now) {
              tell(
                  draft,
                  inside.get().member().toBuilder()
                      .setPresence(now)
                      .setPresenceSince(Timestamps.of(clock.instant())));
            }
            return null;
          });
    }
  }

  /** Whether it is known that no device of a member is there. */
  boolean isGone(UUID room, UUID member) {
    return held(List.of(room))
        .map(held ->
            held.getOrDefault(group(room), Map.of())
                .getOrDefault(member.toString(), Map.of())
                .isEmpty())
        .orElse(false);
  }

  private static void tell(RoomDraft draft, Member.Builder member) {
    draft.tell(Event.newBuilder().setPresence(PresenceChange.newBuilder().setMember(member)));
  }

  /** An agent says what it does; the same again is not told. */
  void activity(UUID room, Caller caller, AgentActivity activity, String note) {
    String id = caller.actor().getId();
    Optional<Member> known = views.find(room).flatMap(r -> r.insider(id)).map(Insider::member);
    if (known.isEmpty() || says(known.get(), activity, note)) {
      return;
    }
    changes.change(
        room,
        caller.actor(),
        draft -> {
          Optional<Insider> inside = draft.view().insider(id);
          if (inside.isPresent()
              && !draft.view().completed()
              && !says(inside.get().member(), activity, note)) {
            tell(draft, inside.get().member().toBuilder().setActivity(activity).setNote(note));
          }
          return null;
        });
  }

  private static boolean says(Member member, AgentActivity activity, String note) {
    return member.getActivity() == activity && member.getNote().equals(note);
  }

  /** Finds those whose last lease has ended, or who are there less than they were. */
  @Scheduled(
      fixedDelay = "${clawlive.rooms.sweep-interval:2s}",
      initialDelay = "${clawlive.rooms.sweep-interval:2s}")
  void sweep() {
    try {
      List<PresentRow> present = members.present();
      if (present.isEmpty()) {
        return;
      }
      var held = held(present.stream().map(PresentRow::roomId).distinct().toList());
      if (held.isEmpty()) {
        return;
      }
      for (PresentRow row : present) {
        String member = row.actorId().toString();
        become(row.roomId(), member, among(held.get(), row.roomId(), member), RoomChanges.SERVER);
      }
    } catch (RuntimeException e) {
      LOG.warn("who is there could not be compared with the leases: {}", e.getMessage());
    }
  }
}
