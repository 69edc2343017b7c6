package io.clawlive.server.sandbox.processes;

import io.clawlive.sandbox.v1.AttachProcessRequest;
import io.clawlive.sandbox.v1.AttachProcessResponse;
import io.clawlive.sandbox.v1.CloseInputRequest;
import io.clawlive.sandbox.v1.CloseInputResponse;
import io.clawlive.sandbox.v1.ListProcessesRequest;
import io.clawlive.sandbox.v1.ListProcessesResponse;
import io.clawlive.sandbox.v1.ProcessServiceGrpc.ProcessServiceImplBase;
import io.clawlive.sandbox.v1.ResizeTerminalRequest;
import io.clawlive.sandbox.v1.ResizeTerminalResponse;
import io.clawlive.sandbox.v1.SendInputRequest;
import io.clawlive.sandbox.v1.SendInputResponse;
import io.clawlive.sandbox.v1.SignalProcessRequest;
import io.clawlive.sandbox.v1.SignalProcessResponse;
import io.clawlive.sandbox.v1.StartProcessRequest;
import io.clawlive.sandbox.v1.StartProcessResponse;
import io.clawlive.sandbox.v1.TerminalRequest;
import io.clawlive.sandbox.v1.TerminalResponse;
import io.clawlive.sandbox.v1.TerminalSize;
import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.util.UUID;

@Singleton
final class ProcessGrpcService extends ProcessServiceImplBase {
  private final Processes processes;

  ProcessGrpcService(Processes processes) {
    this.processes = processes;
  }

  @Override
  public void startProcess(StartProcessRequest request, StreamObserver<StartProcessResponse> out) {
    OpenProcess process =
        processes.start(
            UUID.fromString(request.getSandboxId()),
            new ExecPlan(
                request.getCommandList(),
                request.getEnvMap(),
                request.getWorkingDirectory(),
                0,
                request.hasTerminal() ? size(request.getTerminal()) : null),
            request.getTag());
    if (request.getNoInput()) {
      process.endInput();
    }
    var call = (ServerCallStreamObserver<StartProcessResponse>) out;
    var tail =
        ProcessTail.begin(
            processes.tails(),
            process,
            0,
            event -> StartProcessResponse.newBuilder().setEvent(event).build(),
            call);
    call.setOnCancelHandler(tail::leave);
  }

  static ExecPlan.TerminalSize size(TerminalSize size) {
    return new ExecPlan.TerminalSize(size.getColumns(), size.getRows());
  }

  @Override
  public void attachProcess(
      AttachProcessRequest request, StreamObserver<AttachProcessResponse> out) {
    var call = (ServerCallStreamObserver<AttachProcessResponse>) out;
    var tail =
        ProcessTail.begin(
            processes.tails(),
            get(request.getSandboxId(), request.getProcess()),
            request.getPosition(),
            event -> AttachProcessResponse.newBuilder().setEvent(event).build(),
            call);
    call.setOnCancelHandler(tail::leave);
  }

  private OpenProcess get(String sandbox, String process) {
    return processes.get(UUID.fromString(sandbox), process);
  }

  @Override
  public void sendInput(SendInputRequest request, StreamObserver<SendInputResponse> out) {
    long sent =
        get(request.getSandboxId(), request.getProcess())
            .send(
                request.getData().toByteArray(),
                request.hasPosition() ? request.getPosition() : -1);
    out.onNext(SendInputResponse.newBuilder().setPosition(sent).build());
    out.onCompleted();
  }

  @Override
  public void closeInput(CloseInputRequest request, StreamObserver<CloseInputResponse> out) {
    get(request.getSandboxId(), request.getProcess()).endInput();
    out.onNext(CloseInputResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void signalProcess(
      SignalProcessRequest request, StreamObserver<SignalProcessResponse> out) {
    get(request.getSandboxId(), request.getProcess()).signal(request.getSignal());
    out.onNext(SignalProcessResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void resizeTerminal(
      ResizeTerminalRequest request, StreamObserver<ResizeTerminalResponse> out) {
    get(request.getSandboxId(), request.getProcess()).resize(size(request.getSize()));
    out.onNext(ResizeTerminalResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void listProcesses(
      ListProcessesRequest request, StreamObserver<ListProcessesResponse> out) {
    var answer = ListProcessesResponse.newBuilder();
    processes
        .list(UUID.fromString(request.getSandboxId()))
        .forEach(process -> answer.addProcesses(process.message()));
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public StreamObserver<TerminalRequest> terminal(StreamObserver<TerminalResponse> out) {
    return new TerminalCall(processes, (ServerCallStreamObserver<TerminalResponse>) out);
  }
}
