package io.clawlive.server.streams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What one write will do: the batches it answers and the streams it adds to. */
final class WriteDraft {
  /** A batch and the answer it gets once its stream is written. */
  record Answer(PendingBatch batch, Appended appended) {}

  private final Map<UUID, StreamDraft> streams = new LinkedHashMap<>();
  private final List<Answer> answers = new ArrayList<>();

  /** Numbers the batches against the heads; refuses those whose stream is missing or has ended. */
  WriteDraft(List<PendingBatch> batches, Map<UUID, StreamHead> heads) {
    for (PendingBatch batch : batches) {
      StreamHead head = heads.get(batch.stream());
      if (head == null) {
        batch.done().completeExceptionally(StreamErrors.notFound(batch.stream().toString()));
      } else if (head.ended()) {
        answerEnded(batch, head);
      } else {
        StreamDraft draft =
            streams.computeIfAbsent(batch.stream(), id -> new StreamDraft(id, head));
        if (draft.ends()) {
          answerEnded(batch, head);
        } else {
          answers.add(new Answer(batch, draft.add(batch, head)));
        }
      }
    }
  }

  /** A resend of what is stored is acknowledged for ever; anything new comes too late. */
  private static void answerEnded(PendingBatch batch, StreamHead head) {
    long last = head.lastOf(batch.producer());
    boolean resent = batch.events().stream().allMatch(e -> e.producerSequence() <= last);
    if (resent) {
      batch.done().complete(new Appended(0, last, 0));
    } else {
      batch.done().completeExceptionally(StreamErrors.ended(batch.stream()));
    }
  }

  /** The streams that change. */
  List<StreamDraft> streams() {
    return streams.values().stream().filter(s -> !s.events().isEmpty() || s.ends()).toList();
  }

  List<Answer> answers() {
    return answers;
  }

  int size() {
    return streams.values().stream().mapToInt(s -> s.events().size()).sum();
  }
}
