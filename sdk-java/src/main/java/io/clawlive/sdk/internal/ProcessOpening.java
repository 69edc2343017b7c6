package io.clawlive.sdk.internal;

import io.clawlive.sandbox.v1.AttachProcessRequest;
import io.clawlive.sandbox.v1.AttachProcessResponse;
import io.clawlive.sandbox.v1.ProcessServiceGrpc;
import io.clawlive.sandbox.v1.StartProcessRequest;
import io.clawlive.sandbox.v1.StartProcessResponse;
import io.clawlive.sandbox.v1.TerminalOpen;
import io.clawlive.sandbox.v1.TerminalRequest;
import io.clawlive.sandbox.v1.TerminalResponse;
import io.clawlive.sandbox.v1.TerminalStart;
import java.util.Queue;

/** Opens the calls that tell of one process: the one that starts it, and those that go on. */
sealed interface ProcessOpening {
  /** Starts the process. */
  ProcessCall<?, ?> start(StartProcessRequest request, Queue<ProcessCall.Signal> inbox);

  /** Goes on with one that was started. */
  ProcessCall<?, ?> attach(
      String sandboxId, String process, long position, Queue<ProcessCall.Signal> inbox);

  /** Calls that only tell; input goes its own way. */
  record Told(Transport transport) implements ProcessOpening {
    @Override
    public ProcessCall<?, ?> start(StartProcessRequest request, Queue<ProcessCall.Signal> inbox) {
      return new ProcessCall<>(
              transport,
              ProcessServiceGrpc.getStartProcessMethod(),
              StartProcessResponse::getEvent,
              inbox)
          .ask(request);
    }

    @Override
    public ProcessCall<?, ?> attach(
        String sandboxId, String process, long position, Queue<ProcessCall.Signal> inbox) {
      return new ProcessCall<>(
              transport,
              ProcessServiceGrpc.getAttachProcessMethod(),
              AttachProcessResponse::getEvent,
              inbox)
          .ask(
              AttachProcessRequest.newBuilder()
                  .setSandboxId(sandboxId)
                  .setProcess(process)
                  .setPosition(position)
                  .build());
    }
  }

  /** Calls that take keys too. */
  record Typed(Transport transport, TerminalKeys keys) implements ProcessOpening {
    @Override
    public ProcessCall<?, ?> start(StartProcessRequest request, Queue<ProcessCall.Signal> inbox) {
      TerminalStart start =
          TerminalStart.newBuilder()
              .addAllCommand(request.getCommandList())
              .putAllEnv(request.getEnvMap())
              .setWorkingDirectory(request.getWorkingDirectory())
              .setSize(request.getTerminal())
              .setTag(request.getTag())
              .build();
      return open(
          TerminalOpen.newBuilder().setSandboxId(request.getSandboxId()).setStart(start), inbox);
    }

    @Override
    public ProcessCall<?, ?> attach(
        String sandboxId, String process, long position, Queue<ProcessCall.Signal> inbox) {
      return open(
          TerminalOpen.newBuilder()
              .setSandboxId(sandboxId)
              .setAttach(process)
              .setPosition(position),
          inbox);
    }

    private ProcessCall<?, ?> open(TerminalOpen.Builder open, Queue<ProcessCall.Signal> inbox) {
      ProcessCall<TerminalRequest, TerminalResponse> call =
          new ProcessCall<>(
              transport, ProcessServiceGrpc.getTerminalMethod(), TerminalResponse::getEvent, inbox);
      keys.goesOver(call);
      return call.open(TerminalRequest.newBuilder().setOpen(open).build());
    }
  }
}
