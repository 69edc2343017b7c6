package io.clawlive.server.sandbox.files;

import io.clawlive.sandbox.v1.FileChange;
import io.clawlive.sandbox.v1.FileChangeKind;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.WatchFilesResponse;
import io.clawlive.server.sandbox.files.Inside.Nonsense;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells one caller what changes in a folder. One script stays inside; for each look it is told a
 * line, so that it ends when this server does, however that ends.
 */
record FileWatchCall(
    Inside inside, FileCalls calls, UUID sandbox, FilePath path, int depth, Duration interval)
    implements FileStreamCall.Telling<WatchFilesResponse> {
  private static final String WHAT = "watched";
  private static final int MOST_CHANGES = 1_000;
  private static final int MOST_BYTES = 1 << 20;

  @Override
  public void tell(FileStreamCall<WatchFilesResponse> call) throws InterruptedException {
    try (FileCalls.Claim unused = calls.watch(sandbox);
        ScriptRun run =
            inside.start(sandbox, Inside.SOON, Script.WATCH, path, Math.max(1, depth))) {
      Listing known = look(run);
      if (known == null) {
        throw new Nonsense();
      }
      call.send(WatchFilesResponse.getDefaultInstance());
      while (!run.endsWithin(interval)) {
        Listing now = look(run);
        if (now != null) {
          tell(call, changes(known.entries(), now.entries()));
          known = now;
        }
      }
      throw inside.died(sandbox, path, WHAT);
    } catch (IOException e) {
      throw inside.refusal(sandbox, path, WHAT, e);
    }
  }

  /** What is there now; null when it is the same as before. */
  private @Nullable Listing look(ScriptRun run) throws IOException {
    run.allow(Inside.SOON);
    try {
      OutputStream input = run.input();
      input.write('\n');
      input.flush();
    } catch (IOException e) {
      // It has ended, and says why.
    }
    try {
      return answer(run);
    } catch (EOFException e) {
      inside.requireGood(sandbox, run, path, WHAT);
      throw new Nonsense(e);
    }
  }

  private @Nullable Listing answer(ScriptRun run) throws IOException {
    int sign = run.output().read();
    int end = run.output().read();
    if (end < 0) {
      throw new EOFException();
    }
    if (sign != '+' && sign != '.' || end != '\n') {
      throw new Nonsense();
    }
    if (sign == '.') {
      return null;
    }
    Listing now = Listing.read(path, run.output());
    if (now.truncated()) {
      throw Faults.refused(
          path, WHAT, "it holds more than %,d files and folders".formatted(Listing.MOST_ENTRIES));
    }
    return now;
  }

  private static List<FileChange> changes(
      SequencedMap<byte[], FileEntry> before, SequencedMap<byte[], FileEntry> now) {
    TreeMap<byte[], FileChange> changes = new TreeMap<>(Listing.BY_BYTES);
    before.forEach((name, entry) -> {
      if (!now.containsKey(name)) {
        changes.put(name, change(FileChangeKind.FILE_CHANGE_KIND_REMOVED, entry));
      }
    });
    now.forEach((name, entry) -> {
      FileEntry known = before.get(name);
      if (known == null) {
        changes.put(name, change(FileChangeKind.FILE_CHANGE_KIND_CREATED, entry));
      } else if (!known.equals(entry)) {
        changes.put(name, change(FileChangeKind.FILE_CHANGE_KIND_CHANGED, entry));
      }
    });
    return List.copyOf(changes.values());
  }

  private static FileChange change(FileChangeKind kind, FileEntry entry) {
    return FileChange.newBuilder().setKind(kind).setEntry(entry).build();
  }

  private static void tell(FileStreamCall<WatchFilesResponse> call, List<FileChange> changes)
      throws InterruptedException {
    List<FileChange> message = new ArrayList<>();
    int bytes = 0;
    for (FileChange change : changes) {
      if (message.size() == MOST_CHANGES || bytes > MOST_BYTES) {
        call.send(WatchFilesResponse.newBuilder().addAllChanges(message).build());
        message.clear();
        bytes = 0;
      }
      message.add(change);
      bytes += change.getSerializedSize();
    }
    if (!message.isEmpty()) {
      call.send(WatchFilesResponse.newBuilder().addAllChanges(message).build());
    }
  }
}
