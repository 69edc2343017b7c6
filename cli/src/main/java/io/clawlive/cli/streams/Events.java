package io.clawlive.cli.streams;

import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.Thought;
import java.util.List;

/** Events as commands write them. */
final class Events {
  private Events() {}

  static Event thought(String text, List<String> tags) {
    return Event.newBuilder()
        .setThought(Thought.newBuilder().setText(text).addAllTags(tags))
        .build();
  }

  static Event log(Level level, String module, String line, boolean continued) {
    return Event.newBuilder()
        .setLog(
            LogLine.newBuilder()
                .setLevel(level.level())
                .setModule(module)
                .setLine(line)
                .setContinued(continued))
        .build();
  }
}
