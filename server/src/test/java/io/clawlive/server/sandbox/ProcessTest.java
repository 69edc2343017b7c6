package io.clawlive.server.sandbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.AttachProcessRequest;
import io.clawlive.sandbox.v1.CloseInputRequest;
import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.GetSandboxRequest;
import io.clawlive.sandbox.v1.ListProcessesRequest;
import io.clawlive.sandbox.v1.ProcessEvent;
import io.clawlive.sandbox.v1.ProcessServiceGrpc;
import io.clawlive.sandbox.v1.PutSecretRequest;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SecretDelivery;
import io.clawlive.sandbox.v1.SendInputRequest;
import io.clawlive.sandbox.v1.SignalProcessRequest;
import io.clawlive.sandbox.v1.StartProcessRequest;
import io.clawlive.sandbox.v1.StartProcessResponse;
import io.clawlive.sandbox.v1.StopSandboxRequest;
import io.clawlive.sandbox.v1.TerminalOpen;
import io.clawlive.sandbox.v1.TerminalRequest;
import io.clawlive.sandbox.v1.TerminalResponse;
import io.clawlive.sandbox.v1.TerminalSize;
import io.clawlive.sandbox.v1.TerminalStart;
import io.clawlive.server.sandbox.runtime.NotRun;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.SandboxState;
import io.grpc.stub.BlockingClientCall;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in real sandboxes, started and fed through the front door. */
final class ProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  @AutoClose private static TestServer server;
  private static Client ada;
  private static String sandbox;

  @BeforeAll
  static void start() {
    server =
        TestServer.start("clawlive.sandbox.runtime=process", "clawlive.sandbox.folder=" + folder);
    if (server.bean(Runtimes.class).active().isEmpty()) {
      NotRun.because("ProcessTest", "bubblewrap does not run here");
    }
    ada = server.person("ada").client();
    sandbox = create(SandboxSpec.newBuilder());
  }

  private static String make(SandboxSpec.Builder spec) {
    return ada.sandboxes()
        .createSandbox(CreateSandboxRequest.newBuilder().setSpec(spec).build())
        .getSandbox()
        .getSandboxId();
  }

  private static String create(SandboxSpec.Builder spec) {
    String id = make(spec);
    becomes(id, SandboxState.SANDBOX_STATE_RUNNING);
    return id;
  }

  private static void becomes(String id, SandboxState state) {
    Together.soon(
        state.name(),
        PATIENCE,
        () ->
            ada.sandboxes()
                    .getSandbox(GetSandboxRequest.newBuilder().setSandboxId(id).build())
                    .getSandbox()
                    .getState()
                == state);
  }

  private static Iterator<StartProcessResponse> run(StartProcessRequest.Builder request) {
    return ada.processes().startProcess(request.setSandboxId(sandbox).build());
  }

  private static StartProcessRequest.Builder shell(String script) {
    return StartProcessRequest.newBuilder().addCommand("sh").addCommand("-c").addCommand(script);
  }

  /** What a process wrote, and how it ended. */
  private record Told(String out, String err, ProcessEvent last) {
    static Told of(Iterator<StartProcessResponse> events) {
      var out = new ByteArrayOutputStream();
      var err = new ByteArrayOutputStream();
      ProcessEvent event = ProcessEvent.getDefaultInstance();
      while (events.hasNext()) {
        event = events.next().getEvent();
        out.writeBytes(event.getStdout().toByteArray());
        out.writeBytes(event.getTerminal().toByteArray());
        err.writeBytes(event.getStderr().toByteArray());
      }
      return new Told(
          out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), event);
    }

    int code() {
      assertTrue(last.hasExited(), () -> "it ended with " + last);
      return last.getExited().getCode();
    }
  }

  @Test
  void aProgramTellsItsOutputItsErrorsAndHowItEnded() {
    Told told =
        Told.of(run(shell("echo out; echo err >&2; pwd; echo $NAME; exit 7").putEnv("NAME", "me")));
    assertEquals("out\n/workspace\nme\n", told.out());
    assertEquals("err\n", told.err());
    assertEquals(7, told.code());
    assertEquals(told.out().length() + told.err().length(), told.last().getPosition());
  }

  @Test
  void whatASandboxSaysIsALogToWatch() {
    String id =
        make(
            SandboxSpec.newBuilder()
                .addCommand("sh")
                .addCommand("-c")
                .addCommand("echo first; echo second >&2; printf unended"));
    becomes(id, SandboxState.SANDBOX_STATE_STOPPED);
    List<String> lines =
        ada.everything(id).stream()
            .filter(Event::hasLog)
            .map(event -> event.getLog().getModule() + " " + event.getLog().getLine())
            .sorted()
            .toList();
    assertEquals(List.of("stderr second", "stdout first", "stdout unended"), lines);
  }

  @Test
  void secretsAreToldToASandboxAndMaskedInWhatItSays() {
    Client eve = server.person("eve").client();
    for (boolean file : List.of(true, false)) {
      var unused =
          eve.secrets()
              .putSecret(
                  PutSecretRequest.newBuilder()
                      .setName(file ? "KEY_FILE" : "KEY")
                      .setValue(ByteString.copyFromUtf8(file ? "in-a-file-42" : "in-the-air-17"))
                      .setDelivery(
                          file
                              ? SecretDelivery.SECRET_DELIVERY_FILE
                              : SecretDelivery.SECRET_DELIVERY_ENV)
                      .build());
    }
    String id =
        eve.sandboxes()
            .createSandbox(
                CreateSandboxRequest.newBuilder()
                    .setSpec(
                        SandboxSpec.newBuilder()
                            .addCommand("sh")
                            .addCommand("-c")
                            .addCommand("echo \"$KEY ${#KEY}\"; cat /run/secrets/KEY_FILE"))
                    .build())
            .getSandbox()
            .getSandboxId();
    Together.soon(
        "both lines",
        PATIENCE,
        () -> eve.everything(id).stream().filter(Event::hasLog).count() == 2);
    assertEquals(
        List.of("[masked:secret] 13", "[masked:secret]"),
        eve.everything(id).stream()
            .filter(Event::hasLog)
            .map(event -> event.getLog().getLine())
            .toList());
    var shown = eve.sandboxes().getSandbox(GetSandboxRequest.newBuilder().setSandboxId(id).build());
    assertFalse(shown.toString().contains("in-"), shown::toString);
  }

  @Test
  void inputIsWrittenOnceHoweverOftenItIsSent() {
    var events = run(shell("cat").setTag("copy"));
    assertTrue(events.next().getEvent().hasStarted());
    for (int repeated = 0; repeated < 3; repeated++) {
      send("copy", 0, "hello ");
    }
    send("copy", 3, "lo world");
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> send("copy", 100, "too far"));
    var unused =
        ada.processes()
            .closeInput(
                CloseInputRequest.newBuilder().setSandboxId(sandbox).setProcess("copy").build());
    Told told = Told.of(events);
    assertEquals("hello world", told.out());
    assertEquals(0, told.code());
  }

  private static void send(String process, long position, String text) {
    var unused =
        ada.processes()
            .sendInput(
                SendInputRequest.newBuilder()
                    .setSandboxId(sandbox)
                    .setProcess(process)
                    .setPosition(position)
                    .setData(ByteString.copyFromUtf8(text))
                    .build());
  }

  @Test
  void whoDropsComesBackToWhereItWas() {
    var first = run(shell("echo one; read line; echo two; echo three").setTag("dropped"));
    ProcessEvent event = first.next().getEvent();
    while (!event.hasStdout()) {
      event = first.next().getEvent();
    }
    long position = event.getPosition();
    assertEquals("one\n", event.getStdout().toStringUtf8());
    send("dropped", 0, "\n");
    var again =
        ada.processes()
            .attachProcess(
                AttachProcessRequest.newBuilder()
                    .setSandboxId(sandbox)
                    .setProcess("dropped")
                    .setPosition(position)
                    .build());
    var rest = new StringBuilder();
    ProcessEvent last = event;
    while (again.hasNext()) {
      last = again.next().getEvent();
      rest.append(last.getStdout().toStringUtf8());
    }
    assertEquals("two\nthree\n", rest.toString());
    assertEquals(0, last.getExited().getCode());
    // It has ended, and is still known; from the middle of what it wrote too.
    var middle =
        ada.processes()
            .attachProcess(
                AttachProcessRequest.newBuilder()
                    .setSandboxId(sandbox)
                    .setProcess("dropped")
                    .setPosition(6)
                    .build());
    var tail = new StringBuilder();
    middle.forEachRemaining(each -> tail.append(each.getEvent().getStdout().toStringUtf8()));
    assertEquals("o\nthree\n", tail.toString());
  }

  @Test
  void fiftyMegabytesGoThroughByteByByte() throws Exception {
    byte[] data = new byte[50 << 20];
    new Random(5).nextBytes(data);
    BlockingClientCall<TerminalRequest, TerminalResponse> call =
        ProcessServiceGrpc.newBlockingV2Stub(ada.channel()).terminal();
    call.write(
        TerminalRequest.newBuilder()
            .setOpen(
                TerminalOpen.newBuilder()
                    .setSandboxId(sandbox)
                    .setStart(TerminalStart.newBuilder().addCommand("cat")))
            .build());
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (int from = 0; from < data.length; from += 65_536) {
                  int length = Math.min(65_536, data.length - from);
                  call.write(
                      TerminalRequest.newBuilder()
                          .setInput(ByteString.copyFrom(data, from, length))
                          .build());
                }
                call.write(
                    TerminalRequest.newBuilder()
                        .setEnd(io.clawlive.sandbox.v1.TerminalInputEnd.getDefaultInstance())
                        .build());
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    var back = new ByteArrayOutputStream(data.length);
    int code = -1;
    while (code < 0) {
      ProcessEvent event = call.read().getEvent();
      back.writeBytes(event.getStdout().toByteArray());
      code = event.hasExited() ? event.getExited().getCode() : -1;
    }
    writer.join();
    assertEquals(0, code);
    assertArrayEquals(data, back.toByteArray());
  }

  @Test
  void aTerminalHasItsSizeAndHearsOfAnotherOne() throws Exception {
    BlockingClientCall<TerminalRequest, TerminalResponse> call =
        ProcessServiceGrpc.newBlockingV2Stub(ada.channel()).terminal();
    call.write(
        TerminalRequest.newBuilder()
            .setOpen(
                TerminalOpen.newBuilder()
                    .setSandboxId(sandbox)
                    .setStart(
                        TerminalStart.newBuilder()
                            .addCommand("sh")
                            .setSize(TerminalSize.newBuilder().setColumns(80).setRows(24))))
            .build());
    type(call, "stty -echo; stty size; echo ready\n");
    String told = await(call, "ready");
    assertTrue(told.contains("24 80"), told);
    call.write(
        TerminalRequest.newBuilder()
            .setResize(TerminalSize.newBuilder().setColumns(132).setRows(50))
            .build());
    type(call, "stty size; echo resized; exit 3\n");
    told = await(call, "resized");
    assertTrue(told.contains("50 132"), told);
    ProcessEvent event = call.read().getEvent();
    while (!event.hasExited()) {
      event = call.read().getEvent();
    }
    assertEquals(3, event.getExited().getCode());
  }

  private static void type(BlockingClientCall<TerminalRequest, TerminalResponse> call, String keys)
      throws Exception {
    call.write(TerminalRequest.newBuilder().setInput(ByteString.copyFromUtf8(keys)).build());
  }

  private static String await(
      BlockingClientCall<TerminalRequest, TerminalResponse> call, String word) throws Exception {
    var told = new StringBuilder();
    while (!told.toString().contains("\n" + word) && !told.toString().startsWith(word)) {
      told.append(call.read().getEvent().getTerminal().toStringUtf8());
    }
    return told.toString();
  }

  @Test
  void aSignalEndsAProgramAndWhatItStarted() {
    var events = run(shell("sleep 1000 & sleep 1000; echo never").setTag("sleeper"));
    assertTrue(events.next().getEvent().hasStarted());
    var unused =
        ada.processes()
            .signalProcess(
                SignalProcessRequest.newBuilder()
                    .setSandboxId(sandbox)
                    .setProcess("sleeper")
                    .setSignal(9)
                    .build());
    Told told = Told.of(events);
    assertEquals(137, told.code());
    assertEquals(9, told.last().getExited().getSignal());
    assertEquals("", told.out());
  }

  @Test
  void processesAreListedWithWhatBecameOfThem() {
    Told unused = Told.of(run(shell("exit 4").setTag("listed")));
    var found =
        ada
            .processes()
            .listProcesses(ListProcessesRequest.newBuilder().setSandboxId(sandbox).build())
            .getProcessesList()
            .stream()
            .filter(process -> process.getTag().equals("listed"))
            .toList();
    assertEquals(1, found.size());
    assertEquals(4, found.getFirst().getExited().getCode());
    assertEquals(List.of("sh", "-c", "exit 4"), found.getFirst().getCommandList());
  }

  @Test
  void whatCannotBeStartedOrIsNotThereIsSaid() {
    Refused.with(
        ErrorReason.ERROR_REASON_PROGRAM_NOT_USABLE,
        () -> Told.of(run(StartProcessRequest.newBuilder().addCommand("nosuchprogram"))));
    Refused.with(ErrorReason.ERROR_REASON_PROCESS_NOT_FOUND, () -> send("nobody", 0, "x"));
    var running = run(shell("sleep 1000").setTag("taken"));
    assertTrue(running.next().getEvent().hasStarted());
    Refused.with(
        ErrorReason.ERROR_REASON_PROCESS_TAG_TAKEN,
        () -> Told.of(run(shell("true").setTag("taken"))));
    Client bob = server.person("bob").client();
    Refused.with(
        ErrorReason.ERROR_REASON_SANDBOX_NOT_FOUND,
        () ->
            bob.processes()
                .listProcesses(ListProcessesRequest.newBuilder().setSandboxId(sandbox).build()));
  }

  @Test
  void moreProcessesThanASandboxMayHaveAreRefusedAndAStoppedOneHasNone() {
    String own = create(SandboxSpec.newBuilder());
    List<Iterator<StartProcessResponse>> running =
        IntStream.range(0, 64)
            .mapToObj(
                n -> ada.processes().startProcess(shell("sleep 1000").setSandboxId(own).build()))
            .toList();
    running.forEach(events -> assertTrue(events.next().getEvent().hasStarted()));
    Refused.with(
        ErrorReason.ERROR_REASON_TOO_MANY_PROCESSES,
        () -> Told.of(ada.processes().startProcess(shell("true").setSandboxId(own).build())));
    var unused =
        ada.sandboxes().stopSandbox(StopSandboxRequest.newBuilder().setSandboxId(own).build());
    becomes(own, SandboxState.SANDBOX_STATE_STOPPED);
    running.forEach(events -> assertTrue(Told.of(events).last().hasExited()));
    Refused.with(
        ErrorReason.ERROR_REASON_SANDBOX_STATE_REFUSED,
        () -> Told.of(ada.processes().startProcess(shell("true").setSandboxId(own).build())));
  }
}
