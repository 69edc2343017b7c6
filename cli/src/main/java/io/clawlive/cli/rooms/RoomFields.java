package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.rooms.v1.Room;
import io.clawlive.streams.v1.Member;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.Task;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the commands about rooms show, in the words of people. */
final class RoomFields {
  private RoomFields() {}

  static String state(Room room) {
    return Fields.word(room.getFacts().getState(), "ROOM_STATE_");
  }

  static String role(Room room) {
    return room.getRoleValue() == 0 ? "-" : Fields.word(room.getRole(), "MEMBER_ROLE_");
  }

  static String role(Member member) {
    return Fields.word(member.getRole(), "MEMBER_ROLE_");
  }

  /** Handle or name, as it is written in a mention. */
  static String name(Party party) {
    return party.getHandle().isEmpty() ? party.getId() : party.getHandle();
  }

  static String state(Task task) {
    return Fields.word(task.getState(), "TASK_STATE_").replace('_', ' ');
  }

  /** One room: all fields as JSON, a readable choice of them as a table. */
  static void show(Room room, OutputOptions output) {
    if (output.json()) {
      output.answer(MessageFields.of(room), "");
      return;
    }
    var facts = room.getFacts();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("room_id", room.getRoomId());
    fields.put("name", facts.getName());
    fields.put("state", state(room));
    fields.put("visibility", Fields.word(facts.getVisibility(), "VISIBILITY_"));
    fields.put("description", facts.getDescription());
    fields.put("git_repo", facts.getGitRepo());
    fields.put("creator", name(room.getCreator()));
    fields.put("created_at", String.valueOf(Fields.time(room.getCreatedAt())));
    fields.put("members", room.getMembers());
    fields.put("present", room.getPresent());
    fields.put("spectators", room.getSpectators() + " (peak " + room.getSpectatorsPeak() + ")");
    fields.put("your role", role(room));
    fields.put("url", room.getUrl());
    MessageFields.of(facts.getSettings()).forEach(fields::put);
    output.answer(fields);
  }
}
