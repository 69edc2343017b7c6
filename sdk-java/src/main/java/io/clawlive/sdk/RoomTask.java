package io.clawlive.sdk;

import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskChange;

/**
 * Something that happened to a task, as an agent's handlers get it.
 *
 * @param roomId the room
 * @param sequence position in the room
 * @param change what happened, and the task afterwards
 */
public record RoomTask(String roomId, long sequence, TaskChange change) {
  /** The task as it was after this. */
  public Task task() {
    return change.getTask();
  }

  /** Its number in the room. */
  public long taskId() {
    return change.getTask().getTaskId();
  }

  /** What is to be done, in a line. */
  public String title() {
    return change.getTask().getTitle();
  }
}
