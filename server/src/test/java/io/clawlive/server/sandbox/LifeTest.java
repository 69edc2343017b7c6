package io.clawlive.server.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.DeleteSandboxRequest;
import io.clawlive.sandbox.v1.EnsureSandboxRequest;
import io.clawlive.sandbox.v1.GetSandboxMetricsRequest;
import io.clawlive.sandbox.v1.GetSandboxRequest;
import io.clawlive.sandbox.v1.ListSandboxesRequest;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxNetwork;
import io.clawlive.sandbox.v1.SandboxPrivileges;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.sandbox.v1.StartSandboxRequest;
import io.clawlive.sandbox.v1.StopSandboxRequest;
import io.clawlive.sandbox.v1.UpdateSandboxRequest;
import io.clawlive.sandbox.v1.WatchSandboxRequest;
import io.clawlive.sandbox.v1.WatchSandboxResponse;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.StageRuntime;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of wishes, on a runtime to which a test lets happen what it likes. */
final class LifeTest {
  private static final java.time.Duration PATIENCE = java.time.Duration.ofSeconds(15);

  @TempDir private static Path folder;
  @AutoClose private static TestServer server;
  private static StageRuntime stage;
  private static Client ada;
  private static Person bob;

  @BeforeAll
  static void start() {
    server =
        TestServer.start(
            StageRuntime.PROPERTY,
            "clawlive.sandbox.folder=" + folder,
            "clawlive.sandbox.per-account=60",
            "clawlive.sandbox.retry=200ms");
    stage = server.bean(StageRuntime.class);
    ada = server.person("ada").client();
    bob = server.person("bob");
  }

  private static Sandbox create(SandboxSpec.Builder spec) {
    return ada.sandboxes()
        .createSandbox(CreateSandboxRequest.newBuilder().setSpec(spec).build())
        .getSandbox();
  }

  private static Sandbox get(Sandbox sandbox) {
    return ada.sandboxes()
        .getSandbox(GetSandboxRequest.newBuilder().setSandboxId(sandbox.getSandboxId()).build())
        .getSandbox();
  }

  private static Sandbox awaits(Sandbox sandbox, SandboxState state) {
    until(() -> get(sandbox).getState() == state, () -> "it is " + get(sandbox));
    return get(sandbox);
  }

  private static void until(BooleanSupplier condition, Supplier<String> otherwise) {
    try {
      Together.soon("as it should be", PATIENCE, condition);
    } catch (AssertionError e) {
      throw new AssertionError(otherwise.get(), e);
    }
  }

  private static <T> List<T> many(Callable<T> task) {
    return Together.run(Collections.nCopies(20, task));
  }

  private static Sandbox running() {
    return awaits(create(SandboxSpec.newBuilder()), SandboxState.SANDBOX_STATE_RUNNING);
  }

  private static void stop(Sandbox sandbox) {
    var unused =
        ada.sandboxes()
            .stopSandbox(
                StopSandboxRequest.newBuilder().setSandboxId(sandbox.getSandboxId()).build());
  }

  private static void delete(Sandbox sandbox) {
    var unused =
        ada.sandboxes()
            .deleteSandbox(
                DeleteSandboxRequest.newBuilder().setSandboxId(sandbox.getSandboxId()).build());
  }

  private static void begin(Sandbox sandbox) {
    var unused =
        ada.sandboxes()
            .startSandbox(
                StartSandboxRequest.newBuilder().setSandboxId(sandbox.getSandboxId()).build());
  }

  private static List<Event> events(Sandbox sandbox) {
    return ada.everything(sandbox.getSandboxId());
  }

  private static List<SandboxState> told(Sandbox sandbox) {
    return events(sandbox).stream()
        .filter(Event::hasSandbox)
        .map(event -> event.getSandbox().getState())
        .distinct()
        .toList();
  }

  @Test
  void aSandboxIsMadeStartedStoppedAndDeletedAndItsStreamTellsSo() {
    Sandbox made = create(SandboxSpec.newBuilder());
    assertEquals(SandboxState.SANDBOX_STATE_CREATING, made.getState());
    Sandbox runs = awaits(made, SandboxState.SANDBOX_STATE_RUNNING);
    assertEquals("stage", runs.getRuntime());
    assertEquals(512, runs.getSpec().getMemoryMb());
    assertEquals(SandboxNetwork.SANDBOX_NETWORK_NONE, runs.getSpec().getNetwork());
    assertEquals(10_001, runs.getSpec().getUid());
    assertTrue(runs.hasLeaseEndsAt());
    stage.say(made.getSandboxId(), "hello");
    stop(made);
    Sandbox stopped = awaits(made, SandboxState.SANDBOX_STATE_STOPPED);
    assertEquals(143, stopped.getExitCode());
    assertFalse(stopped.hasLeaseEndsAt());
    begin(made);
    awaits(made, SandboxState.SANDBOX_STATE_RUNNING);
    delete(made);
    awaits(made, SandboxState.SANDBOX_STATE_DELETED);
    delete(made);
    assertFalse(stage.has(made.getSandboxId()));
    assertEquals(
        List.of(
            SandboxState.SANDBOX_STATE_CREATING,
            SandboxState.SANDBOX_STATE_STARTING,
            SandboxState.SANDBOX_STATE_RUNNING,
            SandboxState.SANDBOX_STATE_STOPPING,
            SandboxState.SANDBOX_STATE_STOPPED,
            SandboxState.SANDBOX_STATE_DELETING,
            SandboxState.SANDBOX_STATE_DELETED),
        told(made));
    assertEquals(
        List.of("hello"),
        events(made).stream()
            .filter(Event::hasLog)
            .map(event -> event.getLog().getLine())
            .toList());
  }

  @Test
  void aWatchTellsEveryStateFromTheFirstToTheLast() {
    Sandbox made = create(SandboxSpec.newBuilder());
    var watched =
        ada.sandboxes()
            .watchSandbox(
                WatchSandboxRequest.newBuilder().setSandboxId(made.getSandboxId()).build());
    delete(awaits(made, SandboxState.SANDBOX_STATE_RUNNING));
    var states = new ArrayList<SandboxState>();
    long revision = 0;
    while (watched.hasNext()) {
      WatchSandboxResponse answer = watched.next();
      assertTrue(answer.getSandbox().getRevision() > revision, answer::toString);
      revision = answer.getSandbox().getRevision();
      states.add(answer.getSandbox().getState());
    }
    assertEquals(SandboxState.SANDBOX_STATE_DELETED, states.getLast());
    assertTrue(states.contains(SandboxState.SANDBOX_STATE_DELETING), states::toString);
  }

  @Test
  void aProgramThatEndsByItselfSaysHow() {
    Sandbox exits = running();
    stage.end(exits.getSandboxId(), 3, false, true);
    Sandbox after = awaits(exits, SandboxState.SANDBOX_STATE_STOPPED);
    assertEquals(SandboxReason.SANDBOX_REASON_EXITED, after.getReason());
    assertEquals(3, after.getExitCode());
    Sandbox hungry = running();
    stage.end(hungry.getSandboxId(), 137, true, true);
    after = awaits(hungry, SandboxState.SANDBOX_STATE_STOPPED);
    assertEquals(SandboxReason.SANDBOX_REASON_OUT_OF_MEMORY, after.getReason());
    assertTrue(after.getMessage().contains("512 MiB"), after.getMessage());
  }

  @Test
  void whatIsAskedOfARuntimeThatIsAwayIsDoneWhenItIsBack() {
    Sandbox there = running();
    stage.goAway();
    try {
      stop(there);
      until(
          () -> get(there).getState() == SandboxState.SANDBOX_STATE_STOPPING,
          () -> "it does not wait");
      Refused.with(
          ErrorReason.ERROR_REASON_RUNTIME_UNAVAILABLE, () -> create(SandboxSpec.newBuilder()));
    } finally {
      stage.comeBack();
    }
    awaits(there, SandboxState.SANDBOX_STATE_STOPPED);
  }

  @Test
  void whatWasKilledWithItsRuntimeIsStartedAgainAndWhatEndedByItselfIsNot() {
    Sandbox killed = running();
    Sandbox ended = running();
    stage.goAway();
    stage.end(killed.getSandboxId(), 137, false, false);
    stage.end(ended.getSandboxId(), 0, false, false);
    stage.comeBack();
    awaits(ended, SandboxState.SANDBOX_STATE_STOPPED);
    until(
        () ->
            events(killed).stream()
                .anyMatch(
                    event -> event.getSandbox().getReason() == SandboxReason.SANDBOX_REASON_LOST),
        () -> "nobody saw that it was lost");
    awaits(killed, SandboxState.SANDBOX_STATE_RUNNING);
  }

  @Test
  void whatNobodyOrderedIsRemovedAndWhatIsGoneIsSaidToBeLost() {
    UUID stray = stage.stray();
    Sandbox lost = running();
    stage.lose(lost.getSandboxId());
    // As after the 20 seconds between two comparisons.
    server.bean(Caretaker.class).compare();
    until(() -> !stage.has(stray.toString()), () -> "the stray is still there");
    Sandbox after = awaits(lost, SandboxState.SANDBOX_STATE_STOPPED);
    assertEquals(SandboxReason.SANDBOX_REASON_LOST, after.getReason());
    begin(lost);
    awaits(lost, SandboxState.SANDBOX_STATE_RUNNING);
  }

  @Test
  void aStartThatIsRefusedFailsWithTheReasonAndCanBeTriedAgain() {
    Sandbox refused;
    stage.refuseToStart(RuntimeRefusal.Kind.IMAGE_MISSING);
    try {
      refused = awaits(create(SandboxSpec.newBuilder()), SandboxState.SANDBOX_STATE_FAILED);
    } finally {
      stage.refuseToStart(null);
    }
    assertEquals(SandboxReason.SANDBOX_REASON_IMAGE_MISSING, refused.getReason());
    assertEquals("It does not start.", refused.getMessage());
    begin(refused);
    awaits(refused, SandboxState.SANDBOX_STATE_RUNNING);
  }

  @Test
  void aLeaseWarnsThenEndsUnlessItIsExtended() {
    Sandbox brief =
        awaits(
            create(SandboxSpec.newBuilder().setLease(Duration.newBuilder().setSeconds(10))),
            SandboxState.SANDBOX_STATE_RUNNING);
    Sandbox extended =
        awaits(
            create(SandboxSpec.newBuilder().setLease(Duration.newBuilder().setSeconds(10))),
            SandboxState.SANDBOX_STATE_RUNNING);
    var unused =
        ada.sandboxes()
            .updateSandbox(
                UpdateSandboxRequest.newBuilder()
                    .setSandboxId(extended.getSandboxId())
                    .setLease(Duration.newBuilder().setSeconds(3_600))
                    .build());
    Sandbox after = awaits(brief, SandboxState.SANDBOX_STATE_STOPPED);
    assertEquals(SandboxReason.SANDBOX_REASON_LEASE_ENDED, after.getReason());
    assertTrue(
        events(brief).stream()
            .anyMatch(event ->
                event.getSandbox().getReason() == SandboxReason.SANDBOX_REASON_LEASE_ENDING));
    assertEquals(SandboxState.SANDBOX_STATE_RUNNING, get(extended).getState());
  }

  @Test
  void limitsOfOneThatRunsAreTakenByTheRuntimeAtOnce() {
    Sandbox runs = running();
    Sandbox after =
        ada.sandboxes()
            .updateSandbox(
                UpdateSandboxRequest.newBuilder()
                    .setSandboxId(runs.getSandboxId())
                    .setMemoryMb(128)
                    .setCpus(0.5)
                    .build())
            .getSandbox();
    assertEquals(128, after.getSpec().getMemoryMb());
    assertTrue(stage.asked().contains("limit 128 0.5 256"), () -> stage.asked().toString());
  }

  @Test
  void twentyWhoEnsureAtOnceGetTheSameOne() {
    Client eve = server.person("eve").client();
    List<String> ids =
        many(() ->
            eve.sandboxes()
                .ensureSandbox(EnsureSandboxRequest.getDefaultInstance())
                .getSandbox()
                .getSandboxId());
    assertEquals(20, ids.size());
    assertEquals(1, new HashSet<>(ids).size());
    Client joe = server.person("joe").client();
    String other =
        joe.sandboxes()
            .ensureSandbox(EnsureSandboxRequest.getDefaultInstance())
            .getSandbox()
            .getSandboxId();
    assertFalse(ids.contains(other));
  }

  @Test
  void portsAreUniqueWhoeverAsksAtOnce() {
    Client port = server.person("port").client();
    List<Integer> ports =
        many(() ->
            port.sandboxes()
                .createSandbox(
                    CreateSandboxRequest.newBuilder()
                        .setSpec(
                            SandboxSpec.newBuilder()
                                .setPort(8080)
                                .setNetwork(SandboxNetwork.SANDBOX_NETWORK_OPEN))
                        .setStopped(true)
                        .build())
                .getSandbox()
                .getHostPort());
    assertEquals(20, new HashSet<>(ports).size());
    ports.forEach(p -> assertTrue(p >= 30_000 && p <= 35_000, () -> "port " + p));
  }

  @Test
  void theSameRequestMakesOneSandboxAndANameIsTakenOnce() {
    var request = CreateSandboxRequest.newBuilder().setName("mine").setRequestId("once").build();
    String first = ada.sandboxes().createSandbox(request).getSandbox().getSandboxId();
    assertEquals(first, ada.sandboxes().createSandbox(request).getSandbox().getSandboxId());
    Refused.with(
        ErrorReason.ERROR_REASON_SANDBOX_NAME_TAKEN,
        () ->
            ada.sandboxes()
                .createSandbox(CreateSandboxRequest.newBuilder().setName("mine").build()));
  }

  @Test
  void aSandboxIsThereForItsOwnerAlone() {
    Sandbox hers = running();
    Refused.with(
        ErrorReason.ERROR_REASON_SANDBOX_NOT_FOUND,
        () ->
            bob.client()
                .sandboxes()
                .getSandbox(
                    GetSandboxRequest.newBuilder().setSandboxId(hers.getSandboxId()).build()));
    Refused.with(
        ErrorReason.ERROR_REASON_STREAM_NOT_FOUND,
        () -> bob.client().everything(hers.getSandboxId()));
    assertTrue(
        bob
            .client()
            .sandboxes()
            .listSandboxes(ListSandboxesRequest.newBuilder().setEverybody(true).build())
            .getSandboxesList()
            .stream()
            .noneMatch(sandbox -> sandbox.getSandboxId().equals(hers.getSandboxId())));
  }

  @Test
  void metricsCountWhatIsThere() {
    Sandbox unused = running();
    var metrics = ada.runtime().getSandboxMetrics(GetSandboxMetricsRequest.getDefaultInstance());
    assertTrue(metrics.getRunning() >= 1 && metrics.getSandboxes() >= metrics.getRunning());
  }

  static Stream<Arguments> hostile() {
    SandboxPrivileges.Builder asks = SandboxPrivileges.newBuilder();
    return Stream.of(
        Arguments.of("capabilities", asks.clone().addCapabilities("SYS_ADMIN")),
        Arguments.of("privileged", asks.clone().setPrivileged(true)),
        Arguments.of("writable-root", asks.clone().setWritableRoot(true)),
        Arguments.of("root-user", asks.clone().setRootUser(true)),
        Arguments.of("new-privileges", asks.clone().setNewPrivileges(true)),
        Arguments.of("host-pid", asks.clone().setHostPid(true)),
        Arguments.of("host-network", asks.clone().setHostNetwork(true)),
        Arguments.of("engine-socket", asks.clone().setEngineSocket(true)),
        Arguments.of("unconfined", asks.clone().setUnconfined(true)),
        Arguments.of("devices", asks.clone().addDevices("/dev/kvm")));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whoAsksForMoreThanASandboxMayHaveIsToldTheRule(
      String rule, SandboxPrivileges.Builder asked) {
    Refused refused =
        Refused.with(
            ErrorReason.ERROR_REASON_RULE_BROKEN,
            () -> create(SandboxSpec.newBuilder().setPrivileges(asked)));
    assertEquals(rule, refused.metadata("rule"));
  }

  @Test
  void foldersOfTheHostAreRefusedUnlessTheyStandInAnAllowedRoot() {
    for (String path : List.of("/", "/etc", "/var/run/docker.sock", "/nosuch", "../..")) {
      Refused refused =
          Refused.with(
              ErrorReason.ERROR_REASON_RULE_BROKEN,
              () ->
                  create(
                      SandboxSpec.newBuilder()
                          .addVolumes(
                              SandboxVolume.newBuilder().setPath("/host").setHostPath(path))));
      assertEquals("host-path", refused.metadata("rule"));
    }
  }

  static Stream<SandboxSpec.Builder> malformed() {
    SandboxSpec.Builder spec = SandboxSpec.newBuilder();
    SandboxSpec.Builder crowded = spec.clone();
    for (int i = 0; i < 129; i++) {
      crowded.putEnv("NAME_" + i, "x");
    }
    return Stream.of(
        spec.clone().setMemoryMb(65_537),
        spec.clone().setMemoryMb(1),
        spec.clone().setCpus(129),
        spec.clone().setCpus(-1),
        spec.clone().setPids(7),
        spec.clone().putEnv("NO-DASH", "x"),
        spec.clone().putEnv("BIG", "x".repeat(32_769)),
        crowded,
        spec.clone().setImage("$(rm -rf /)"),
        spec.clone().setPort(8080),
        spec.clone().setWorkingDirectory("relative"),
        spec.clone().setLease(Duration.newBuilder().setSeconds(1)),
        spec.clone().addVolumes(SandboxVolume.newBuilder().setName("a").setPath("/a/../etc")),
        spec.clone().addVolumes(SandboxVolume.newBuilder().setName("a").setPath("/proc/1")),
        spec.clone().addVolumes(SandboxVolume.newBuilder().setPath("/a")));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void aSpecThatIsNoneIsRefusedByItsField(SandboxSpec.Builder spec) {
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> create(spec));
  }

  @Test
  void whatTheRuntimeCannotDoOrDoesNotHaveIsSaidBeforeAnythingIsMade() {
    Refused.with(
        ErrorReason.ERROR_REASON_RUNTIME_CANNOT,
        () -> create(SandboxSpec.newBuilder().setImage("impossible")));
    Refused missing =
        Refused.with(
            ErrorReason.ERROR_REASON_IMAGE_MISSING,
            () -> create(SandboxSpec.newBuilder().setImage("nosuch")));
    assertEquals("nosuch", missing.metadata("image"));
  }
}
