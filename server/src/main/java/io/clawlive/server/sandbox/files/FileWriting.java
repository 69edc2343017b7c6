package io.clawlive.server.sandbox.files;

import com.google.protobuf.ByteString;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.WriteFileOpen;
import io.clawlive.sandbox.v1.WriteFileRequest;
import io.clawlive.sandbox.v1.WriteFileResponse;
import io.clawlive.server.platform.Sha256;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.files.Inside.Nonsense;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;

/** What a {@link FileWriteCall} does: bytes go beside the file, and take its path at the end. */
record FileWriting(
    Inside inside, FileCalls calls, UUID sandbox, FilePath path, WriteFileOpen open) {
  private static final String WHAT = "written";
  private static final int LONGEST_LINE = 32;

  WriteFileResponse write(FileWriteCall call) throws InterruptedException {
    try (FileCalls.Claim unused = calls.copy(sandbox, path);
        FileCalls.Claim alsoUnused = calls.write(sandbox, path)) {
      return finish(fill(call));
    }
  }

  /** Writes what comes to the part beside the file. */
  private ByteString fill(FileWriteCall call) throws InterruptedException {
    try (ScriptRun run =
        inside.start(
            sandbox,
            Inside.SOON,
            Script.WRITE,
            path,
            open.getOffset(),
            Files.flag(open.getReplace()))) {
      awaitGo(run);
      call.ready(run);
      try {
        ByteString digest = copy(call, run);
        run.input().close();
        run.allow(Inside.SOON);
        inside.requireGood(sandbox, run, path, WHAT);
        return digest;
      } catch (InterruptedException gone) {
        letItEnd(run);
        throw gone;
      }
    } catch (IOException e) {
      throw inside.refusal(sandbox, path, WHAT, e);
    }
  }

  private void awaitGo(ScriptRun run) throws IOException {
    InputStream in = run.output();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
      if (line.size() > LONGEST_LINE) {
        throw new Nonsense();
      }
    }
    String said = line.toString(StandardCharsets.US_ASCII);
    if (said.equals("go")) {
      return;
    }
    if (run.code() == Faults.BEYOND && said.matches("[0-9]{1,18}")) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_INVALID_FIELD,
          "open.offset: %s.part has %,d bytes.".formatted(path, Long.parseLong(said)),
          "field",
          "open.offset",
          "size",
          said);
    }
    inside.requireGood(sandbox, run, path, WHAT);
    throw new Nonsense();
  }

  private ByteString copy(FileWriteCall call, ScriptRun run)
      throws IOException, InterruptedException {
    OutputStream input = run.input();
    while (true) {
      WriteFileRequest next = call.next();
      switch (next.getPartCase()) {
        case DATA -> {
          try {
            next.getData().writeTo(input);
            input.flush();
          } catch (IOException e) {
            throw broken(run, e);
          }
          call.more();
        }
        case END -> {
          return next.getEnd().getSha256();
        }
        case OPEN, PART_NOT_SET ->
            throw new IllegalStateException("validation let an empty one pass");
      }
    }
  }

  /** The script took no more, and may say why. */
  private IOException broken(ScriptRun run, IOException e)
      throws IOException, InterruptedException {
    if (Thread.interrupted()) {
      throw (InterruptedException) new InterruptedException().initCause(e);
    }
    run.allow(Inside.SOON);
    inside.requireGood(sandbox, run, path, WHAT);
    return new Nonsense(e);
  }

  /** The caller has gone; what it sent is kept, so that it can go on from there. */
  private static void letItEnd(ScriptRun run) throws InterruptedException {
    Inside.endInput(run);
    boolean unused = run.endsWithin(FileWriteCall.ENDS_WITHIN);
  }

  private WriteFileResponse finish(ByteString digest) {
    String wanted = HexFormat.of().formatHex(digest.toByteArray());
    byte[] answer =
        inside.run(
            sandbox,
            Inside.LATER,
            WHAT,
            Script.FINISH,
            path,
            Integer.toOctalString(open.getMode()),
            Files.flag(open.getReplace()),
            wanted);
    try {
      int hex = 2 * Sha256.BYTES;
      if (answer.length <= hex || answer[hex] != '\n') {
        throw new Nonsense();
      }
      return WriteFileResponse.newBuilder()
          .setSha256(
              ByteString.copyFrom(
                  HexFormat.of()
                      .parseHex(new String(answer, 0, hex, StandardCharsets.ISO_8859_1))))
          .setEntry(Entries.shown(path, Arrays.copyOfRange(answer, hex + 1, answer.length)))
          .build();
    } catch (Nonsense | IllegalArgumentException e) {
      throw Faults.nonsense(path, WHAT);
    }
  }
}
