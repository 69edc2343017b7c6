package io.clawlive.server.sandbox.files;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.ReadFileEnd;
import io.clawlive.sandbox.v1.ReadFileResponse;
import io.clawlive.server.platform.Sha256;
import io.clawlive.server.platform.grpc.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.UUID;

/**
 * Reads a file for one caller.
 *
 * @param offset bytes that are left out
 * @param length most bytes to send; 0 for all
 */
record FileReadCall(
    Inside inside, FileCalls calls, UUID sandbox, FilePath path, long offset, long length)
    implements FileStreamCall.Telling<ReadFileResponse> {
  private static final String WHAT = "read";
  private static final int CHUNK = 64 << 10;
  private static final int LONGEST_LINE = 256;
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(1);

  @Override
  public void tell(FileStreamCall<ReadFileResponse> call) throws InterruptedException {
    try (FileCalls.Claim unused = calls.copy(sandbox, path);
        ScriptRun run =
            inside.start(sandbox, Inside.SOON, Script.READ, path, offset, length)) {
      Inside.endInput(run);
      FileEntry entry = entry(run);
      if (offset > entry.getSize()) {
        throw Refusal.invalidField(
            "offset: '%s' has %,d bytes.".formatted(path, entry.getSize()), "offset");
      }
      call.send(ReadFileResponse.newBuilder().setEntry(entry).build());
      call.send(ReadFileResponse.newBuilder().setEnd(bytes(call, run, entry.getSize())).build());
      boolean over = run.endsWithin(ENDS_WITHIN);
    } catch (IOException e) {
      throw inside.refusal(sandbox, path, WHAT, e);
    }
  }

  private FileEntry entry(ScriptRun run) throws IOException {
    InputStream in = run.output();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    while (b >= 0 && b != '\n' && line.size() < LONGEST_LINE) {
      line.write(b);
      b = in.read();
    }
    if (b < 0) {
      inside.requireGood(sandbox, run, path, WHAT);
    }
    line.write(b);
    return Entries.shown(path, line.toByteArray());
  }

  private ReadFileEnd bytes(FileStreamCall<ReadFileResponse> call, ScriptRun run, long size)
      throws IOException, InterruptedException {
    MessageDigest digest = Sha256.running();
    InputStream in = run.output();
    long most = length == 0 ? Long.MAX_VALUE : length;
    // Files of the system say that they are empty and are not.
    long expected = size == 0 ? most : Math.min(most, size - offset);
    long sent = 0;
    while (sent < expected) {
      run.allow(Inside.SOON);
      byte[] bytes = in.readNBytes((int) Math.min(CHUNK, expected - sent));
      if (bytes.length == 0) {
        break;
      }
      digest.update(bytes);
      sent += bytes.length;
      call.send(
          ReadFileResponse.newBuilder().setData(UnsafeByteOperations.unsafeWrap(bytes)).build());
    }
    if (sent < expected) {
      inside.requireGood(sandbox, run, path, WHAT);
      if (size > 0) {
        throw Faults.refused(path, WHAT, "it became shorter meanwhile");
      }
    }
    return ReadFileEnd.newBuilder()
        .setBytes(sent)
        .setSha256(ByteString.copyFrom(digest.digest()))
        .build();
  }
}
