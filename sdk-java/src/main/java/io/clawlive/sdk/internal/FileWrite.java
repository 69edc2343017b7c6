package io.clawlive.sdk.internal;

import com.google.protobuf.ByteString;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileServiceGrpc;
import io.clawlive.sandbox.v1.ReadFileRequest;
import io.clawlive.sandbox.v1.StatFileRequest;
import io.clawlive.sandbox.v1.WriteFileEnd;
import io.clawlive.sandbox.v1.WriteFileOpen;
import io.clawlive.sandbox.v1.WriteFileRequest;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.NotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file of a sandbox from a stream that can be read once, over as many calls as it takes.
 * The last bytes that were sent are kept, more than a connection holds on its way, so that a call
 * that breaks is followed by one that goes on where the server stands.
 */
public final class FileWrite {
  private static final int PIECE = 128 << 10;
  private static final String PART = ".part";

  private final Transport transport;
  private final Unary unary;
  private final WriteFileOpen open;
  private final InputStream source;
  private final KeptBytes kept = new KeptBytes(8 << 20);
  private final MessageDigest digest = Digests.sha256();
  private final Backoff backoff = new Backoff();
  private long taken;
  private long takenBefore;
  private boolean exhausted;
  private @Nullable ByteString sha256;
  private boolean renewed;
  private int failures;

  /** From this source to what the opening names. */
  public FileWrite(Transport transport, Unary unary, WriteFileOpen open, InputStream source) {
    this.transport = transport;
    this.unary = unary;
    this.open = open;
    this.source = source;
  }

  /** Writes all of it. */
  public FileEntry write() throws IOException {
    long offset = 0;
    while (true) {
      FileWriteCall call = new FileWriteCall(transport);
      try {
        return send(call, offset);
      } catch (ClawLiveException failure) {
        offset = resumed(call, failure);
        if (offset < 0) {
          return finished(failure);
        }
      } finally {
        call.cancel();
      }
    }
  }

  private FileEntry send(FileWriteCall call, long offset) throws IOException {
    transport.hurry();
    call.open(WriteFileRequest.newBuilder().setOpen(open.toBuilder().setOffset(offset)).build());
    boolean goes = true;
    for (ByteString part : kept.after(offset, PIECE)) {
      goes = goes && call.send(WriteFileRequest.newBuilder().setData(part).build());
    }
    byte[] buffer = new byte[PIECE];
    while (goes && !exhausted) {
      int length = source.readNBytes(buffer, 0, PIECE);
      exhausted = length < PIECE;
      if (length > 0) {
        ByteString part = ByteString.copyFrom(buffer, 0, length);
        kept.add(part);
        digest.update(buffer, 0, length);
        taken += length;
        goes = call.send(WriteFileRequest.newBuilder().setData(part).build());
      }
    }
    if (goes) {
      if (sha256 == null) {
        sha256 = ByteString.copyFrom(digest.digest());
      }
      goes =
          call.send(
              WriteFileRequest.newBuilder()
                  .setEnd(WriteFileEnd.newBuilder().setSha256(sha256))
                  .build());
    }
    return call.answer().getEntry();
  }

  /** Where the next call goes on; below 0 when the file may be there already. */
  private long resumed(FileWriteCall call, ClawLiveException failure) {
    if (CallToken.isMendable(failure) && !renewed) {
      CallToken.Replacement replacement = call.token().replacement(failure);
      renewed = true;
      if (!replacement.found()) {
        throw replacement.failure();
      }
      return 0 == taken ? 0 : size(failure);
    }
    if (taken > takenBefore) {
      takenBefore = taken;
      renewed = false;
      failures = 0;
      backoff.reset();
    }
    failures++;
    boolean patient = taken > 0 || failures <= transport.options().retries();
    if (!failure.retryable() || !patient || transport.isClosed()) {
      throw failure;
    }
    Duration pause =
        failure.retryAfter().orElseGet(() -> backoff.next(!failure.reason().equals("NO_SERVER")));
    Interrupts.pause(pause);
    if (taken == 0) {
      return 0;
    }
    return size(failure);
  }

  /** How much of it the server has; patient while the connection is lost. */
  private long size(ClawLiveException failure) {
    while (true) {
      try {
        long size = Math.min(taken, stat(open.getPath() + PART).getSize());
        if (size < kept.from()) {
          throw failure;
        }
        return size;
      } catch (NotFoundException none) {
        if (sha256 != null) {
          return -1;
        }
        if (kept.from() > 0) {
          throw failure;
        }
        return 0;
      } catch (ClawLiveException again) {
        if (again == failure || !again.retryable() || transport.isClosed()) {
          throw again;
        }
        Interrupts.pause(backoff.next(true));
      }
    }
  }

  private FileEntry stat(String path) {
    return Unary.await(
            unary.call(
                FileServiceGrpc.getStatFileMethod(),
                StatFileRequest.newBuilder()
                    .setSandboxId(open.getSandboxId())
                    .setPath(path)
                    .build()))
        .getEntry();
  }

  /** The answer was lost, not the file, if it holds what was sent. */
  private FileEntry finished(ClawLiveException failure) throws IOException {
    MessageDigest there = Digests.sha256();
    ReadFileRequest request =
        ReadFileRequest.newBuilder()
            .setSandboxId(open.getSandboxId())
            .setPath(open.getPath())
            .build();
    try (FileRead read = new FileRead(transport, request)) {
      byte[] buffer = new byte[PIECE];
      for (int n = read.read(buffer); n >= 0; n = read.read(buffer)) {
        there.update(buffer, 0, n);
      }
      if (ByteString.copyFrom(there.digest()).equals(sha256)) {
        return read.entry();
      }
    } catch (NotFoundException none) {
      throw failure;
    }
    throw failure;
  }
}
