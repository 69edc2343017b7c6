package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.streams.v1.SandboxReason;
import io.clawlive.streams.v1.SandboxState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handles of sandboxes over a wire that breaks. */
@Timeout(60)
class SandboxesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final SandboxDouble server = new SandboxDouble();
  private final ClawLive live = ClawLive.connect(server.address());

  @AfterEach
  void close() {
    live.close();
    server.close();
  }

  @Test
  void aCreationWhoseAnswerIsLostMakesOneSandbox() {
    server.dropsAfterCreate.set(2);
    Sandbox made = live.sandboxes().create("sh", "-c", "true").keep();
    assertEquals(1, server.count());
    assertEquals(3, server.requestIds.size());
    assertEquals(1, server.requestIds.stream().distinct().count());
    assertEquals(List.of("sh", "-c", "true"), made.info().getSpec().getCommandList());
  }

  @Test
  void closingDeletesWhatWasMadeAndLeavesWhatWasKeptOrFound() {
    String gone;
    try (Sandbox made = live.sandboxes().create()) {
      gone = made.id();
      assertEquals(1, server.count());
    }
    assertThrows(NotFoundException.class, () -> live.sandboxes().get(gone));
    Sandbox kept = live.sandboxes().create().keep();
    kept.close();
    live.sandboxes().get(kept.id()).close();
    assertEquals(1, server.count());

    Sandbox removed = live.sandboxes().create();
    removed.delete();
    removed.close();
    assertEquals(1, server.count());
  }

  @Test
  void allAreListedPageByPage() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      made.add(live.sandboxes().create(SandboxSpec.getDefaultInstance()).keep().id());
    }
    List<String> listed = new ArrayList<>();
    live.sandboxes().list().forEach(sandbox -> listed.add(sandbox.id()));
    assertEquals(made, listed);
  }

  @Test
  void itIsAwaitedUntilItRunsAlsoOverALostConnection() throws Exception {
    Sandbox sandbox = live.sandboxes().create().keep();
    CompletableFuture<Sandbox> waiting =
        CompletableFuture.supplyAsync(() -> sandbox.awaitRunning(PATIENCE));
    becomes(sandbox, SandboxState.SANDBOX_STATE_STARTING, 1);
    server.breakWatches();
    becomes(sandbox, SandboxState.SANDBOX_STATE_RUNNING, 2);
    assertEquals(
        SandboxState.SANDBOX_STATE_RUNNING, waiting.get(20, TimeUnit.SECONDS).info().getState());
  }

  @Test
  void whyItDoesNotRunIsTold() {
    Sandbox sandbox = live.sandboxes().create().keep();
    server.becomes(
        sandbox.id(),
        SandboxState.SANDBOX_STATE_FAILED,
        SandboxReason.SANDBOX_REASON_IMAGE_MISSING,
        "There is no image python:99.");
    FailedPreconditionException failed =
        assertThrows(FailedPreconditionException.class, () -> sandbox.awaitRunning(PATIENCE));
    assertEquals("SANDBOX_NOT_RUNNING", failed.reason());
    assertEquals("failed", failed.metadata().get("state"));
    assertEquals("image_missing", failed.metadata().get("reason"));
    assertTrue(failed.getMessage().endsWith("(image missing): There is no image python:99."));
  }

  @Test
  void aWaitEndsWhenItsTimeIsOver() {
    Sandbox sandbox = live.sandboxes().create().keep();
    UnavailableException late =
        assertThrows(
            UnavailableException.class, () -> sandbox.awaitRunning(Duration.ofMillis(300)));
    assertEquals("TIMEOUT", late.reason());
    assertTrue(late.getMessage().contains("creating"), late.getMessage());
  }

  @Test
  void aWatchTellsEachChangeOnceAndEndsWithTheSandbox() {
    Sandbox sandbox = live.sandboxes().create().keep();
    List<Long> revisions = new ArrayList<>();
    try (SandboxWatch<io.clawlive.sandbox.v1.Sandbox> watch = sandbox.watch()) {
      revisions.add(watch.poll(PATIENCE).orElseThrow().getRevision());
      assertEquals(Optional.empty(), watch.poll(Duration.ofMillis(50)));
      assertFalse(watch.isDone());
      server.breakWatches();
      assertEquals(Optional.empty(), watch.poll(Duration.ofSeconds(1)), "nothing new");
      assertEquals(2, server.watches.get());
      becomes(sandbox, SandboxState.SANDBOX_STATE_RUNNING, 2);
      revisions.add(watch.poll(PATIENCE).orElseThrow().getRevision());
      becomes(sandbox, SandboxState.SANDBOX_STATE_DELETED, 2);
      server.endWatches();
      watch.forEach(now -> revisions.add(now.getRevision()));
      assertTrue(watch.isDone());
    }
    assertEquals(List.of(1L, 2L, 3L), revisions);
  }

  @Test
  void aWatchEndsWhenTheSandboxWentWhileTheConnectionWasLost() {
    Sandbox sandbox = live.sandboxes().create().keep();
    try (SandboxWatch<io.clawlive.sandbox.v1.Sandbox> watch = sandbox.watch()) {
      assertTrue(watch.poll(PATIENCE).isPresent());
      sandbox.delete();
      server.breakWatches();
      assertEquals(Optional.empty(), watch.poll(PATIENCE));
      assertTrue(watch.isDone());
    }
    assertThrows(NotFoundException.class, () -> sandbox.watch().poll(PATIENCE));
  }

  @Test
  void closingEndsAWaitingIteration() throws Exception {
    Sandbox sandbox = live.sandboxes().create().keep();
    SandboxWatch<io.clawlive.sandbox.v1.Sandbox> watch = sandbox.watch();
    CompletableFuture<Integer> count =
        CompletableFuture.supplyAsync(() -> {
          int seen = 0;
          for (io.clawlive.sandbox.v1.Sandbox now : watch) {
            seen += now.getSandboxId().isEmpty() ? 0 : 1;
          }
          return seen;
        });
    while (server.watches.get() == 0) {
      Thread.sleep(10);
    }
    Thread.sleep(100);
    watch.close();
    assertTrue(count.get(10, TimeUnit.SECONDS) <= 1);
  }

  @Test
  void tooManyIsNothingThatTimeMends() {
    server.refusals.add(ErrorReason.ERROR_REASON_TOO_MANY_SANDBOXES);
    FailedPreconditionException refused =
        assertThrows(
            FailedPreconditionException.class,
            () ->
                live.sandboxes()
                    .create(CreateSandboxRequest.newBuilder().setRequestId("mine").build()));
    assertEquals("TOO_MANY_SANDBOXES", refused.reason());
    assertEquals(List.of("mine"), List.copyOf(server.requestIds));
  }

  /** Once it is watched so many times. */
  private void becomes(Sandbox sandbox, SandboxState state, int watches) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.watches.get() < watches) {
      assertTrue(System.nanoTime() < end, "nobody watches");
      LockSupport.parkNanos(5_000_000);
    }
    server.becomes(sandbox.id(), state, SandboxReason.SANDBOX_REASON_REQUESTED, "");
  }
}
