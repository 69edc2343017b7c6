package io.clawlive.sdk;

import io.clawlive.rooms.v1.RebuildRoomsRequest;
import io.clawlive.rooms.v1.RebuildRoomsResponse;
import io.clawlive.sdk.internal.Answers;
import java.util.Iterator;

/**
 * A rebuild of the tables of rooms while it goes on: one answer for every room that is done. It can
 * be walked once. Closing it early ends the rebuild after the room it is at; a failure is thrown
 * from {@code hasNext}.
 */
public final class RoomsRebuild implements Iterable<RebuildRoomsResponse>, AutoCloseable {
  private final Answers<RebuildRoomsRequest, RebuildRoomsResponse> answers;

  RoomsRebuild(Answers<RebuildRoomsRequest, RebuildRoomsResponse> answers) {
    this.answers = answers;
  }

  @Override
  public Iterator<RebuildRoomsResponse> iterator() {
    return answers;
  }

  @Override
  public void close() {
    answers.close();
  }
}
