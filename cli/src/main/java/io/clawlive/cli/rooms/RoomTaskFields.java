package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.streams.v1.Task;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tasks as the commands show them. */
final class RoomTaskFields {
  private RoomTaskFields() {}

  /** What became of a task, in a sentence. */
  static void tell(Task task, OutputOptions output) {
    output.answer(
        MessageFields.of(task),
        "Task %d is %s%s."
            .formatted(
                task.getTaskId(),
                RoomFields.state(task),
                task.hasAssignee() ? " with " + RoomFields.name(task.getAssignee()) : ""));
  }

  /** All there is to know of a task. */
  static void show(Task task, OutputOptions output) {
    if (output.json()) {
      output.answer(MessageFields.of(task), "");
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("task", task.getTaskId());
    fields.put("title", task.getTitle());
    fields.put("state", RoomFields.state(task));
    fields.put("priority", priority(task));
    fields.put("assignee", task.hasAssignee() ? RoomFields.name(task.getAssignee()) : "-");
    fields.put("creator", RoomFields.name(task.getCreator()));
    fields.put("description", task.getDescription());
    fields.put("deadline", task.hasDeadline() ? Fields.time(task.getDeadline()) : "-");
    if (task.hasReservedFor()) {
      fields.put("reserved_for", RoomFields.name(task.getReservedFor()));
    }
    if (task.hasWork()) {
      MessageFields.of(task.getWork()).forEach((name, value) -> fields.put("work." + name, value));
    }
    fields.put("created_at", String.valueOf(Fields.time(task.getCreatedAt())));
    fields.put("updated_at", String.valueOf(Fields.time(task.getUpdatedAt())));
    output.answer(fields);
  }

  static String priority(Task task) {
    return task.getPriorityValue() == 0
        ? "medium"
        : Fields.word(task.getPriority(), "TASK_PRIORITY_");
  }
}
