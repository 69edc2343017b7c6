package io.clawlive.sdk;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.rpc.ErrorInfo;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileServiceGrpc;
import io.clawlive.sandbox.v1.FileType;
import io.clawlive.sandbox.v1.ReadFileEnd;
import io.clawlive.sandbox.v1.ReadFileRequest;
import io.clawlive.sandbox.v1.ReadFileResponse;
import io.clawlive.sandbox.v1.StatFileRequest;
import io.clawlive.sandbox.v1.StatFileResponse;
import io.clawlive.sandbox.v1.WriteFileOpen;
import io.clawlive.sandbox.v1.WriteFileRequest;
import io.clawlive.sandbox.v1.WriteFileResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Files as a sandbox has them, behind a real gRPC port that loses calls. */
final class FileDouble implements AutoCloseable {
  private static final int PIECE = 1_000;

  final Map<String, byte[]> files = new ConcurrentHashMap<>();

  /** Bytes after which a call breaks; 0 for never. */
  volatile int breaksAfter;

  /** Writes that are done and whose answer is lost. */
  final AtomicInteger lostAnswers = new AtomicInteger();

  /** Whether a byte of the next reads is another one. */
  volatile boolean damages;

  /** Age of the files; another one means that they changed. */
  volatile int seconds = 1;

  final AtomicInteger calls = new AtomicInteger();
  private final Server server;

  FileDouble() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
              .addService(new Service())
              .build()
              .start();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private FileEntry entry(String path) {
    byte[] there = files.get(path);
    if (there == null) {
      throw refused("FILE_NOT_FOUND", Status.Code.NOT_FOUND);
    }
    return FileEntry.newBuilder()
        .setPath(path)
        .setType(FileType.FILE_TYPE_FILE)
        .setSize(there.length)
        .setModifiedAt(Timestamp.newBuilder().setSeconds(seconds))
        .build();
  }

  private static RuntimeException refused(String reason, Status.Code code) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage(reason)
            .addDetails(
                Any.pack(ErrorInfo.newBuilder().setDomain("clawlive").setReason(reason).build()))
            .build());
  }

  private static ByteString sha256(byte[] bytes) {
    try {
      return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private final class Service extends FileServiceGrpc.FileServiceImplBase {
    @Override
    public void statFile(StatFileRequest request, StreamObserver<StatFileResponse> out) {
      try {
        out.onNext(StatFileResponse.newBuilder().setEntry(entry(request.getPath())).build());
        out.onCompleted();
      } catch (RuntimeException refused) {
        out.onError(refused);
      }
    }

    @Override
    public void readFile(ReadFileRequest request, StreamObserver<ReadFileResponse> out) {
      calls.incrementAndGet();
      FileEntry entry;
      try {
        entry = entry(request.getPath());
      } catch (RuntimeException refused) {
        out.onError(refused);
        return;
      }
      out.onNext(ReadFileResponse.newBuilder().setEntry(entry).build());
      byte[] all = files.get(request.getPath());
      int from = (int) request.getOffset();
      int to = request.getLength() == 0 ? all.length : (int) (from + request.getLength());
      for (int at = from; at < to; at += PIECE) {
        if (breaksAfter > 0 && at - from >= breaksAfter) {
          out.onError(Status.UNAVAILABLE.asRuntimeException());
          return;
        }
        byte[] piece = Arrays.copyOfRange(all, at, Math.min(to, at + PIECE));
        if (damages) {
          piece[0]++;
        }
        out.onNext(ReadFileResponse.newBuilder().setData(ByteString.copyFrom(piece)).build());
      }
      out.onNext(
          ReadFileResponse.newBuilder()
              .setEnd(
                  ReadFileEnd.newBuilder()
                      .setBytes(to - from)
                      .setSha256(sha256(Arrays.copyOfRange(all, from, to))))
              .build());
      out.onCompleted();
    }

    @Override
    public StreamObserver<WriteFileRequest> writeFile(StreamObserver<WriteFileResponse> out) {
      calls.incrementAndGet();
      return new Writing(out);
    }
  }

  /** One call that writes. */
  private final class Writing implements StreamObserver<WriteFileRequest> {
    private final StreamObserver<WriteFileResponse> out;
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private WriteFileOpen open = WriteFileOpen.getDefaultInstance();
    private int taken;
    private boolean over;

    Writing(StreamObserver<WriteFileResponse> out) {
      this.out = out;
    }

    @Override
    public void onNext(WriteFileRequest request) {
      if (over) {
        return;
      }
      switch (request.getPartCase()) {
        case OPEN -> begin(request.getOpen());
        case DATA -> {
          part.writeBytes(request.getData().toByteArray());
          taken += request.getData().size();
          if (breaksAfter > 0 && taken >= breaksAfter) {
            files.put(open.getPath() + ".part", part.toByteArray());
            fail(Status.UNAVAILABLE.asRuntimeException());
          }
        }
        case END -> end(request.getEnd().getSha256());
        case PART_NOT_SET -> fail(refused("INVALID_FIELD", Status.Code.INVALID_ARGUMENT));
      }
    }

    private void begin(WriteFileOpen asked) {
      open = asked;
      byte[] kept = files.getOrDefault(open.getPath() + ".part", new byte[0]);
      if (!open.getReplace() && files.containsKey(open.getPath())) {
        fail(refused("FILE_EXISTS", Status.Code.ALREADY_EXISTS));
      } else if (open.getOffset() > kept.length) {
        fail(refused("INVALID_FIELD", Status.Code.INVALID_ARGUMENT));
      } else {
        part.write(kept, 0, (int) open.getOffset());
      }
    }

    private void end(ByteString sha256) {
      byte[] all = part.toByteArray();
      if (!sha256(all).equals(sha256)) {
        fail(refused("CHECKSUM_MISMATCH", Status.Code.FAILED_PRECONDITION));
        return;
      }
      over = true;
      files.remove(open.getPath() + ".part");
      files.put(open.getPath(), all);
      if (lostAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        out.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      out.onNext(
          WriteFileResponse.newBuilder()
              .setEntry(entry(open.getPath()))
              .setSha256(sha256)
              .build());
      out.onCompleted();
    }

    private void fail(RuntimeException reason) {
      over = true;
      out.onError(reason);
    }

    @Override
    public void onError(Throwable gone) {
      over = true;
    }

    @Override
    public void onCompleted() {}
  }
}
