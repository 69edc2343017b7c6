package io.clawlive.sdk;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.clawlive.sandbox.v1.AttachProcessRequest;
import io.clawlive.sandbox.v1.AttachProcessResponse;
import io.clawlive.sandbox.v1.CloseInputRequest;
import io.clawlive.sandbox.v1.CloseInputResponse;
import io.clawlive.sandbox.v1.ListProcessesRequest;
import io.clawlive.sandbox.v1.ListProcessesResponse;
import io.clawlive.sandbox.v1.Process;
import io.clawlive.sandbox.v1.ProcessEvent;
import io.clawlive.sandbox.v1.ProcessExited;
import io.clawlive.sandbox.v1.ProcessServiceGrpc;
import io.clawlive.sandbox.v1.ProcessStarted;
import io.clawlive.sandbox.v1.SendInputRequest;
import io.clawlive.sandbox.v1.SendInputResponse;
import io.clawlive.sandbox.v1.StartProcessRequest;
import io.clawlive.sandbox.v1.StartProcessResponse;
import io.clawlive.sandbox.v1.TerminalRequest;
import io.clawlive.sandbox.v1.TerminalResponse;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One process that writes what a test says, behind a real gRPC port that loses calls. Odd bytes of
 * its output are standard output, even ones standard error.
 */
final class ProcessDouble implements AutoCloseable {
  private static final int PID = 42;

  /** Starts that are lost before they happen, and ones that happen but whose answer is lost. */
  final AtomicInteger lostStarts = new AtomicInteger();

  final AtomicInteger lostAnswers = new AtomicInteger();

  /** Events after which a call breaks; 0 for never. */
  volatile int breaksAfter;

  /** Inputs that are taken and whose answer is lost. */
  final AtomicInteger lostInputs = new AtomicInteger();

  /** Keys that a terminal's call loses before it breaks. */
  final AtomicInteger lostKeys = new AtomicInteger();

  final AtomicInteger starts = new AtomicInteger();
  final AtomicInteger calls = new AtomicInteger();

  private final Server server;
  private final byte[] output;
  private final ByteArrayOutputStream input = new ByteArrayOutputStream();
  private final List<StreamObserver<TerminalResponse>> terminals = new ArrayList<>();
  private @Nullable String tag;
  private boolean inputEnded;

  ProcessDouble(byte[] output) {
    this.output = output;
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

  synchronized String input() {
    return input.toString(java.nio.charset.StandardCharsets.UTF_8);
  }

  synchronized boolean inputEnded() {
    return inputEnded;
  }

  /** A process of this tag was there before. */
  synchronized void hadTag(String earlier) {
    tag = earlier;
  }

  /** The terminals end as its program ends. */
  synchronized void exits(int code) {
    terminals.forEach(out -> {
      out.onNext(TerminalResponse.newBuilder().setEvent(exited(code)).build());
      out.onCompleted();
    });
  }

  @Override
  public void close() {
    server.shutdownNow();
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

  private ProcessEvent exited(int code) {
    return ProcessEvent.newBuilder()
        .setPosition(output.length)
        .setExited(ProcessExited.newBuilder().setCode(code))
        .build();
  }

  private ProcessEvent started(long position) {
    return ProcessEvent.newBuilder()
        .setPosition(position)
        .setStarted(ProcessStarted.newBuilder().setPid(PID).setTag(tag == null ? "" : tag))
        .build();
  }

  private <A> void tell(long from, StreamObserver<A> out, Function<ProcessEvent, A> answer) {
    calls.incrementAndGet();
    out.onNext(answer.apply(started(from)));
    int told = 0;
    for (int at = (int) from; at < output.length; at++) {
      if (breaksAfter > 0 && told++ == breaksAfter) {
        out.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      ByteString one = ByteString.copyFrom(output, at, 1);
      ProcessEvent.Builder event = ProcessEvent.newBuilder().setPosition(at + 1);
      out.onNext(
          answer.apply((at % 2 == 0 ? event.setStdout(one) : event.setStderr(one)).build()));
    }
    out.onNext(answer.apply(exited(3)));
    out.onCompleted();
  }

  private final class Service extends ProcessServiceGrpc.ProcessServiceImplBase {
    @Override
    public void startProcess(
        StartProcessRequest request, StreamObserver<StartProcessResponse> out) {
      if (lostStarts.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        out.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      synchronized (ProcessDouble.this) {
        if (request.getTag().equals(tag)) {
          out.onError(refused("PROCESS_TAG_TAKEN", Status.Code.ALREADY_EXISTS));
          return;
        }
        tag = request.getTag();
      }
      starts.incrementAndGet();
      if (lostAnswers.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        out.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      tell(0, out, event -> StartProcessResponse.newBuilder().setEvent(event).build());
    }

    @Override
    public void attachProcess(
        AttachProcessRequest request, StreamObserver<AttachProcessResponse> out) {
      synchronized (ProcessDouble.this) {
        if (!request.getProcess().equals(tag) && !request.getProcess().equals("" + PID)) {
          out.onError(refused("PROCESS_NOT_FOUND", Status.Code.NOT_FOUND));
          return;
        }
      }
      tell(
          request.getPosition(),
          out,
          event -> AttachProcessResponse.newBuilder().setEvent(event).build());
    }

    @Override
    public void sendInput(SendInputRequest request, StreamObserver<SendInputResponse> out) {
      synchronized (ProcessDouble.this) {
        byte[] data = request.getData().toByteArray();
        int known = request.hasPosition() ? (int) (input.size() - request.getPosition()) : 0;
        if (known < 0) {
          out.onError(refused("INVALID_FIELD", Status.Code.INVALID_ARGUMENT));
          return;
        }
        if (known < data.length) {
          input.write(data, known, data.length - known);
        }
        if (lostInputs.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          out.onError(Status.UNAVAILABLE.asRuntimeException());
          return;
        }
        out.onNext(SendInputResponse.newBuilder().setPosition(input.size()).build());
        out.onCompleted();
      }
    }

    @Override
    public void closeInput(CloseInputRequest request, StreamObserver<CloseInputResponse> out) {
      synchronized (ProcessDouble.this) {
        inputEnded = true;
      }
      out.onNext(CloseInputResponse.getDefaultInstance());
      out.onCompleted();
    }

    @Override
    public void listProcesses(
        ListProcessesRequest request, StreamObserver<ListProcessesResponse> out) {
      out.onNext(
          ListProcessesResponse.newBuilder()
              .addProcesses(Process.newBuilder().setPid(PID).setPosition(output.length))
              .build());
      out.onCompleted();
    }

    @Override
    public StreamObserver<TerminalRequest> terminal(StreamObserver<TerminalResponse> out) {
      calls.incrementAndGet();
      return new StreamObserver<>() {
        @Override
        public void onNext(TerminalRequest request) {
          synchronized (ProcessDouble.this) {
            if (request.hasOpen()) {
              terminals.clear();
              terminals.add(out);
              out.onNext(TerminalResponse.newBuilder().setEvent(started(0)).build());
            } else if (lostKeys.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
              out.onError(Status.UNAVAILABLE.asRuntimeException());
            } else if (request.hasInput()) {
              input.writeBytes(request.getInput().toByteArray());
            } else if (request.hasEnd()) {
              inputEnded = true;
            }
          }
        }

        @Override
        public void onError(Throwable gone) {}

        @Override
        public void onCompleted() {}
      };
    }
  }
}
