package io.clawlive.sdk.internal;

import com.google.protobuf.ByteString;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileServiceGrpc;
import io.clawlive.sandbox.v1.ReadFileEnd;
import io.clawlive.sandbox.v1.ReadFileRequest;
import io.clawlive.sandbox.v1.ReadFileResponse;
import io.clawlive.sdk.ClawLiveException;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file in a sandbox, over as many calls as it takes. A call that breaks is followed
 * by one from the next byte on, as long as the file has the size and time that it had; every call
 * that ends well is compared with its digest.
 */
public final class FileRead extends InputStream {
  private final Transport transport;
  private final ReadFileRequest request;
  private final LinkedBlockingQueue<WatchCall.Signal<ReadFileResponse>> inbox =
      new LinkedBlockingQueue<>();
  private final Backoff backoff = new Backoff();

  private volatile @Nullable WatchCall<ReadFileRequest, ReadFileResponse> call;
  private volatile boolean closed;
  private MessageDigest digest = Digests.sha256();
  private @Nullable FileEntry entry;
  private ByteString part = ByteString.EMPTY;
  private int at;
  private long position;
  private long callBegan;
  private boolean done;
  private boolean renewed;
  private int failures;

  /** Opens the file; fails where it is not there or may not be read. */
  public FileRead(Transport transport, ReadFileRequest request) throws IOException {
    this.transport = transport;
    this.request = request;
    this.position = request.getOffset();
    while (entry == null && !done) {
      step();
    }
  }

  /** The file as it was when reading began. */
  public FileEntry entry() {
    FileEntry known = entry;
    return known == null ? FileEntry.getDefaultInstance() : known;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    while (at == part.size() && !done) {
      step();
    }
    if (at == part.size()) {
      return -1;
    }
    int taken = Math.min(length, part.size() - at);
    part.substring(at, at + taken).copyTo(bytes, offset);
    at += taken;
    return taken;
  }

  @Override
  public int available() {
    return part.size() - at;
  }

  private void step() throws IOException {
    if (closed) {
      throw new IOException("the reading was closed");
    }
    if (call == null) {
      open();
    }
    WatchCall.Signal<ReadFileResponse> signal = Interrupts.during(inbox::take);
    WatchCall<ReadFileRequest, ReadFileResponse> open = call;
    if (open == null || signal.from() != open) {
      return;
    }
    ReadFileResponse message = signal.message();
    if (message == null) {
      call = null;
      ended(signal, open);
      return;
    }
    open.taken();
    take(message);
  }

  private void open() {
    transport.hurry();
    digest = Digests.sha256();
    callBegan = position;
    WatchCall<ReadFileRequest, ReadFileResponse> next =
        new WatchCall<>(transport, FileServiceGrpc.getReadFileMethod(), inbox);
    call = next;
    ReadFileRequest.Builder rest = request.toBuilder().setOffset(position);
    if (request.getLength() > 0) {
      rest.setLength(request.getOffset() + request.getLength() - position);
    }
    next.start(rest.build());
  }

  private void take(ReadFileResponse message) throws IOException {
    switch (message.getPartCase()) {
      case ENTRY -> same(message.getEntry());
      case DATA -> {
        part = message.getData();
        at = 0;
        position += part.size();
        digest.update(part.asReadOnlyByteBuffer());
        failures = 0;
        renewed = false;
        backoff.reset();
      }
      case END -> {
        done = true;
        compare(message.getEnd());
      }
      case PART_NOT_SET -> {
        // A part of a newer contract that this version has no use for.
      }
    }
  }

  private void same(FileEntry now) throws IOException {
    FileEntry before = entry;
    if (before == null) {
      entry = now;
    } else if (before.getSize() != now.getSize()
        || !before.getModifiedAt().equals(now.getModifiedAt())) {
      close();
      throw new IOException(request.getPath() + " changed while it was read");
    }
  }

  private void compare(ReadFileEnd end) throws IOException {
    if (end.getBytes() != position - callBegan
        || !end.getSha256().equals(ByteString.copyFrom(digest.digest()))) {
      throw new IOException(
          "%s arrived damaged: %,d bytes came of the %,d that were sent, or their SHA-256 differs"
              .formatted(request.getPath(), position - callBegan, end.getBytes()));
    }
  }

  private void ended(
      WatchCall.Signal<ReadFileResponse> signal,
      WatchCall<ReadFileRequest, ReadFileResponse> over) {
    long most = request.getLength() == 0 ? Long.MAX_VALUE : request.getLength();
    if (done || (position - request.getOffset() >= most)) {
      done = true;
      return;
    }
    Status status =
        signal.status().isOk()
            ? Status.CANCELLED.withDescription("the server ended the call")
            : signal.status();
    ClawLiveException cause = Failures.of(status, signal.trailers(), transport.address());
    if (CallToken.isMendable(cause) && !renewed) {
      CallToken.Replacement replacement = over.token().replacement(cause);
      renewed = true;
      if (!replacement.found()) {
        throw replacement.failure();
      }
      return;
    }
    failures++;
    boolean patient = entry != null || failures <= transport.options().retries();
    if (!cause.retryable() || !patient || transport.isClosed()) {
      throw cause;
    }
    Duration pause =
        cause.retryAfter().orElseGet(() -> backoff.next(!cause.reason().equals("NO_SERVER")));
    Interrupts.pause(pause);
  }

  /** Reads no more. */
  @Override
  public void close() {
    closed = true;
    WatchCall<ReadFileRequest, ReadFileResponse> open = call;
    if (open != null && !done) {
      open.cancel();
    }
  }
}
