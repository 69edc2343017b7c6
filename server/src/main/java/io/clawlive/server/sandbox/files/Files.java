package io.clawlive.server.sandbox.files;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.files.Inside.Nonsense;
import jakarta.inject.Singleton;
import java.io.EOFException;
import java.io.IOException;
import java.util.UUID;

/** What is done to files at once. */
@Singleton
final class Files {
  private static final int FOLDER_MODE = 0755;

  private final Inside inside;

  Files(Inside inside) {
    this.inside = inside;
  }

  FileEntry stat(UUID sandbox, FilePath path) {
    return shown(path, "told of", inside.run(sandbox, Inside.SOON, "told of", Script.STAT, path));
  }

  private static FileEntry shown(FilePath path, String what, byte[] answer) {
    try {
      return Entries.shown(path, answer);
    } catch (Nonsense e) {
      throw Faults.nonsense(path, what);
    }
  }

  /**
   * What is in a folder.
   *
   * @param depth levels below it; 0 means 1
   */
  Listing list(UUID sandbox, FilePath folder, int depth) {
    String what = "listed";
    try (ScriptRun run =
        inside.start(sandbox, Inside.SOON, Script.LIST, folder, Math.max(1, depth))) {
      Inside.endInput(run);
      try {
        return Listing.read(folder, run.output());
      } catch (EOFException e) {
        inside.requireGood(sandbox, run, folder, what);
        throw new Nonsense(e);
      }
    } catch (IOException e) {
      throw inside.refusal(sandbox, folder, what, e);
    }
  }

  /**
   * Makes a folder where there is none.
   *
   * @param mode permissions; 0 for the usual ones
   */
  FileEntry makeFolder(UUID sandbox, FilePath path, int mode) {
    String what = "made";
    String octal = Integer.toOctalString(mode == 0 ? FOLDER_MODE : mode);
    return shown(
        path, what, inside.run(sandbox, Inside.SOON, what, Script.MAKE_FOLDER, path, octal));
  }

  /** Gives something another path. */
  FileEntry move(UUID sandbox, FilePath path, FilePath to, boolean replace) {
    String what = "moved";
    if (to.isBelow(path)) {
      throw Faults.refused(path, what, "'" + to + "' is inside it");
    }
    return shown(
        to,
        what,
        inside.run(sandbox, Inside.LATER, what, Script.MOVE, path, to, flag(replace)));
  }

  /** Removes something, if it is there. */
  void remove(UUID sandbox, FilePath path, boolean recursive) {
    try {
      byte[] unused =
          inside.run(sandbox, Inside.LATER, "removed", Script.REMOVE, path, flag(recursive));
    } catch (Refusal e) {
      if (e.reason() != ErrorReason.ERROR_REASON_FILE_NOT_FOUND) {
        throw e;
      }
    }
  }

  /** Yes or no as the scripts hear it. */
  static int flag(boolean yes) {
    return yes ? 1 : 0;
  }
}
