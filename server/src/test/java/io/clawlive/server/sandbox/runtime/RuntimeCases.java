package io.clawlive.server.sandbox.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.sandbox.v1.SandboxNetwork;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.server.platform.Sha256;
import io.clawlive.server.sandbox.runtime.FoundSandbox.Phase;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** What every runtime promises, shown by each of them. */
interface RuntimeCases {
  /** The runtime under test. */
  SandboxRuntime runtime();

  /** An image in which the cases' programs are, or nothing where there are no images. */
  String image();

  /** Files of the sandboxes that a case made are removed after it. */
  List<UUID> made();

  default SandboxSpec.Builder spec(String... command) {
    return SandboxSpec.newBuilder()
        .setImage(image())
        .addAllCommand(List.of(command))
        .setMemoryMb(128)
        .setCpus(1)
        .setPids(64)
        .setTmpMb(16)
        .setNetwork(SandboxNetwork.SANDBOX_NETWORK_NONE);
  }

  default SandboxSpec.Builder shell(String script) {
    return spec("sh", "-c", script);
  }

  default UUID create(SandboxSpec.Builder spec) {
    UUID sandbox = UUID.randomUUID();
    made().add(sandbox);
    runtime().create(new SandboxPlan(sandbox, spec.build(), 0));
    return sandbox;
  }

  default Collected start(UUID sandbox) {
    Collected output = new Collected();
    runtime().start(sandbox, SandboxSecrets.NONE, output);
    return output;
  }

  /** Runs a sandbox to its own end. */
  default Collected run(SandboxSpec.Builder spec) {
    UUID sandbox = create(spec);
    Collected output = start(sandbox);
    output.await(30);
    return output;
  }

  default Collected exec(UUID sandbox, String script) {
    Collected output = new Collected();
    runtime().exec(sandbox, plan("sh", "-c", script), output);
    output.await(30);
    return output;
  }

  static ExecPlan plan(String... command) {
    return new ExecPlan(List.of(command), Map.of(), "", 0, null);
  }

  static <T> T eventually(Supplier<T> value, java.util.function.Predicate<T> holds)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    T now = value.get();
    while (!holds.test(now) && System.nanoTime() < end) {
      Thread.sleep(20);
      now = value.get();
    }
    T last = now;
    assertTrue(holds.test(last), () -> "is still " + last);
    return last;
  }

  default FoundSandbox ended(UUID sandbox) throws InterruptedException {
    return eventually(
        () -> runtime().find(sandbox).orElseThrow(), found -> found.phase() == Phase.ENDED);
  }

  @Test
  default void aSandboxIsMadeStartedStoppedStartedAgainAndRemoved() throws Exception {
    UUID sandbox =
        create(shell("echo began; echo to >&2; date +%s%N >>/data/starts; exec sleep 1000"));
    assertEquals(Phase.CREATED, runtime().find(sandbox).orElseThrow().phase());
    // A call that was cut off is repeated.
    runtime().create(new SandboxPlan(sandbox, shell("echo another").build(), 0));
    Collected first = start(sandbox);
    first.awaitText("began");
    FoundSandbox running = runtime().find(sandbox).orElseThrow();
    assertEquals(Phase.RUNNING, running.phase());
    assertTrue(
        Duration.between(running.startedAt(), java.time.Instant.now()).abs().toSeconds() < 20);
    assertTrue(runtime().list().contains(running));
    long before = System.nanoTime();
    runtime().stop(sandbox, Duration.ofSeconds(10));
    assertTrue(Duration.ofNanos(System.nanoTime() - before).toMillis() < 2000, "stopped late");
    first.await(5);
    assertEquals("to\n", first.errors());
    assertEquals(143, ended(sandbox).exitCode());
    assertFalse(ended(sandbox).outOfMemory());
    start(sandbox).awaitText("began");
    assertEquals("2", exec(sandbox, "wc -l </data/starts").text().strip());
    runtime().remove(sandbox);
    assertTrue(runtime().find(sandbox).isEmpty());
    assertTrue(runtime().list().stream().noneMatch(found -> found.sandbox().equals(sandbox)));
    runtime().remove(sandbox);
    RuntimeRefusal gone = assertThrows(RuntimeRefusal.class, () -> start(sandbox));
    assertEquals(Kind.NOT_FOUND, gone.kind());
  }

  @Test
  default void aProgramThatDoesNotListenIsKilledAfterItsGrace() throws Exception {
    UUID sandbox = create(shell("trap '' TERM; echo deaf; while :; do sleep 1; done"));
    start(sandbox).awaitText("deaf");
    long before = System.nanoTime();
    runtime().stop(sandbox, Duration.ofSeconds(1));
    long took = Duration.ofNanos(System.nanoTime() - before).toMillis();
    assertTrue(took >= 900 && took < 5000, () -> "took " + took + " ms");
    assertEquals(137, ended(sandbox).exitCode());
    assertFalse(ended(sandbox).outOfMemory());
  }

  @Test
  default void whoListensHearsThatASandboxEnded() throws Exception {
    CompletableFuture<FoundSandbox> heard = new CompletableFuture<>();
    UUID sandbox = create(shell("sleep 1; exit 7"));
    try (AutoCloseable listening =
        runtime()
            .listen(
                new RuntimeListener() {
                  @Override
                  public void ended(FoundSandbox found) {
                    if (found.sandbox().equals(sandbox)) {
                      heard.complete(found);
                    }
                  }

                  @Override
                  public void back() {}
                })) {
      assertFalse(listening.equals(null));
      start(sandbox);
      assertEquals(7, heard.get(20, TimeUnit.SECONDS).exitCode());
    }
  }

  @Test
  default void secretsReachTheProgramAndNothingElse() throws Exception {
    byte[] content = new byte[256];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }
    String value = "it's \"quoted\" $HOME `id` \\ \n and two lines";
    UUID sandbox =
        create(
            shell(
                "printf %s \"$TOKEN\"; echo; ls -ln /run/secrets/key; "
                    + "sha256sum </run/secrets/key; exec sleep 1000"));
    Collected output = new Collected();
    SandboxSecrets secrets =
        new SandboxSecrets(
            Map.of("TOKEN", value.getBytes(StandardCharsets.UTF_8)), Map.of("key", content));
    runtime().start(sandbox, secrets, output);
    output.awaitText("  -");
    assertTrue(output.text().startsWith(value + "\n"), output::text);
    assertTrue(output.text().contains("-rw-------"), output::text);
    assertTrue(output.text().contains(" 10001 "), output::text);
    assertTrue(output.text().contains(sha256(content)), output::text);
    // Nothing of it stands among the arguments of anything.
    String arguments = exec(sandbox, "cat /proc/[0-9]*/cmdline | tr '\\0' ' '").text();
    assertFalse(arguments.contains("two lines"), arguments);
  }

  @Test
  default void aProgramRunsWithoutRightsOnAReadOnlyRoot() throws Exception {
    Collected output =
        run(
            shell(
                "id -u; id -g; grep -E 'CapEff|CapPrm|NoNewPrivs' /proc/self/status; touch /etc/x"
                    + " /usr/x /x 2>&1; touch /workspace/x /data/x /tmp/x && echo kept; pwd; echo"
                    + " $HOME; ls /proc | grep -c '^[0-9]*$'; ls /dev"));
    String text = output.text();
    assertTrue(text.startsWith("10001\n10001\n"), text);
    assertTrue(text.contains("CapEff:\t0000000000000000"), text);
    assertTrue(text.contains("CapPrm:\t0000000000000000"), text);
    assertTrue(text.contains("NoNewPrivs:\t1"), text);
    assertEquals(3, text.split("Read-only file system", -1).length - 1, text);
    assertTrue(text.contains("kept\n/workspace\n/workspace\n"), text);
    assertFalse(text.contains("sda") || text.contains("kmsg") || text.contains("vda"), text);
  }

  @Test
  default void memoryBeyondTheLimitEndsItAndSaysSo() throws Exception {
    UUID sandbox =
        create(shell("echo on; exec dd if=/dev/zero of=/dev/null bs=400M count=2").setMemoryMb(32));
    start(sandbox).await(30);
    FoundSandbox found =
        eventually(() -> runtime().find(sandbox).orElseThrow(), FoundSandbox::outOfMemory);
    assertEquals(137, found.exitCode());
  }

  @Test
  default void aForkBombStaysInside() throws Exception {
    UUID sandbox = create(shell("exec sleep 1000").setPids(32));
    start(sandbox);
    Collected bomb = new Collected();
    RuntimeProcess process =
        runtime()
            .exec(
                sandbox,
                plan("sh", "-c", "b() { b | b & }; b 2>/dev/null; echo lit; sleep 1"),
                bomb);
    bomb.awaitText("lit");
    int most = 0;
    for (int i = 0; i < 10; i++) {
      most = Math.max(most, runtime().stats(sandbox).getPids());
      Thread.sleep(50);
    }
    assertTrue(most > 4 && most <= 32, "there were " + most);
    process.signal(9);
    runtime().stop(sandbox, Duration.ZERO);
    assertEquals(Phase.ENDED, runtime().find(sandbox).orElseThrow().phase());
  }

  @Test
  default void aProcessorIsShared() throws Exception {
    UUID sandbox = create(shell("while :; do :; done").setCpus(0.25));
    start(sandbox);
    Thread.sleep(300);
    assertShare(sandbox, 0.25);
    runtime().limit(sandbox, shell("").setCpus(0.5).setMemoryMb(64).build());
    Thread.sleep(300);
    assertShare(sandbox, 0.5);
    assertEquals(64L << 20, runtime().stats(sandbox).getMemoryLimitBytes());
  }

  private void assertShare(UUID sandbox, double share) throws InterruptedException {
    long began = System.nanoTime();
    long before = runtime().stats(sandbox).getCpuNanos();
    Thread.sleep(2000);
    double used =
        (double) (runtime().stats(sandbox).getCpuNanos() - before) / (System.nanoTime() - began);
    assertTrue(used < share * 1.2 && used > share * 0.5, () -> "used " + used + " of " + share);
  }

  @Test
  default void nothingIsReachedWithoutANetwork() throws Exception {
    try (ServerSocket host = new ServerSocket(0, 5, InetAddress.getByName("0.0.0.0"))) {
      CompletableFuture<Boolean> reached = reached(host);
      UUID sandbox = create(shell("exec sleep 1000"));
      start(sandbox);
      for (InetAddress address : ownAddresses()) {
        exec(
            sandbox,
            "echo hello | timeout 1 %s %s %d"
                .formatted(netcat(), address.getHostAddress(), host.getLocalPort()));
      }
      assertFalse(reached.isDone());
      assertEquals("1", exec(sandbox, "grep -c : /proc/net/dev").text().strip());
    }
  }

  /** A program that connects somewhere, inside. */
  String netcat();

  static List<InetAddress> ownAddresses() throws IOException {
    return java.net.NetworkInterface.networkInterfaces()
        .flatMap(java.net.NetworkInterface::inetAddresses)
        .filter(java.net.Inet4Address.class::isInstance)
        .toList();
  }

  static CompletableFuture<Boolean> reached(ServerSocket host) {
    CompletableFuture<Boolean> reached = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            host.accept().close();
            reached.complete(true);
          } catch (IOException e) {
            // Nobody came while it was open.
          }
        });
    return reached;
  }

  @Test
  default void aBurstOfOutputArrivesWholeAndInOrder() throws Exception {
    // 20 MB and more, every line numbered, written faster than anybody reads.
    UUID sandbox = create(shell("seq 1000000 3500000"));
    Collected output = start(sandbox);
    output.await(60);
    byte[] bytes = output.bytes();
    int line = 1_000_000;
    for (int i = 0; i < bytes.length; i += 8, line++) {
      assertEquals(line, Integer.parseInt(new String(bytes, i, 7, StandardCharsets.US_ASCII)));
    }
    assertEquals(3_500_001, line);
  }

  @Test
  default void aProgramTakesAndGivesFiftyMegabytesByteByByte() throws Exception {
    UUID sandbox = create(shell("exec sleep 1000").setMemoryMb(256));
    start(sandbox);
    byte[] bytes = new byte[50 << 20];
    new Random(6).nextBytes(bytes);
    Collected output = new Collected();
    RuntimeProcess process = runtime().exec(sandbox, plan("cat"), output);
    try (OutputStream input = process.input()) {
      input.write(bytes);
    }
    assertEquals(0, output.await(60));
    assertArrayEquals(bytes, output.bytes());
    assertEquals("", output.errors());
  }

  @Test
  default void aProgramSaysWhatItIsAndHowItEnded() throws Exception {
    UUID sandbox = create(shell("exec sleep 1000").putEnv("SPEC", "a b"));
    start(sandbox);
    Collected output = new Collected();
    ExecPlan plan =
        new ExecPlan(
            List.of("sh", "-c", "echo $$; echo $SPEC; printf %s \"$OWN\"; pwd >&2; exit 3"),
            Map.of("OWN", "it's\ntwo"),
            "/data",
            0,
            null);
    RuntimeProcess process = runtime().exec(sandbox, plan, output);
    assertEquals(3, output.await(20));
    assertEquals(process.pid() + "\na b\nit's\ntwo", output.text());
    assertEquals("/data\n", output.errors());
    assertEquals(
        Kind.NOT_USABLE,
        assertThrows(
                RuntimeRefusal.class,
                () -> runtime().exec(sandbox, plan("no-such-program"), new Collected()))
            .kind());
    runtime().stop(sandbox, Duration.ZERO);
    assertEquals(
        Kind.WRONG_PHASE,
        assertThrows(
                RuntimeRefusal.class, () -> runtime().exec(sandbox, plan("id"), new Collected()))
            .kind());
  }

  @Test
  default void aSignalReachesWhatAProgramStarted() throws Exception {
    UUID sandbox = create(shell("exec sleep 1000"));
    start(sandbox);
    Collected output = new Collected();
    RuntimeProcess process =
        runtime()
            .exec(
                sandbox,
                plan("sh", "-c", "sh -c 'sleep 4321 & wait' & sh -c 'echo ready; sleep 4321'"),
                output);
    output.awaitText("ready");
    assertEquals(
        "2",
        exec(sandbox, "grep -al 432[1] /proc/[0-9]*/cmdline | xargs grep -aL sh | wc -l")
            .text()
            .strip());
    process.signal(9);
    assertEquals(137, output.await(10));
    assertEquals(
        "0",
        exec(sandbox, "grep -al 432[1] /proc/[0-9]*/cmdline | xargs -r grep -aL sh | wc -l")
            .text()
            .strip());
    process.signal(9);
    Collected polite = new Collected();
    RuntimeProcess trapping =
        runtime()
            .exec(
                sandbox,
                plan(
                    "sh",
                    "-c",
                    "trap 'echo heard; exit 5' USR1; echo ready; while :; do sleep 0.1; done"),
                polite);
    polite.awaitText("ready");
    trapping.signal(10);
    assertEquals(5, polite.await(10));
    assertTrue(polite.text().contains("heard"));
  }

  @Test
  default void aTerminalHasASizeThatChangesAndAnEnd() throws Exception {
    UUID sandbox = create(shell("exec sleep 1000"));
    start(sandbox);
    Collected output = new Collected();
    ExecPlan plan =
        new ExecPlan(
            List.of(
                "sh",
                "-c",
                "test -t 0 && test -t 1 && stty size; trap 'stty size' WINCH;"
                    + " echo ready; while :; do read -r line || break; echo \"<$line>\"; done;"
                    + " echo over; exit 4"),
            Map.of(),
            "",
            0,
            new ExecPlan.TerminalSize(91, 31));
    RuntimeProcess process = runtime().exec(sandbox, plan, output);
    output.awaitText("ready");
    assertTrue(output.text().contains("31 91"), output::text);
    process.resize(new ExecPlan.TerminalSize(120, 40));
    OutputStream input = process.input();
    input.write("one\n".getBytes(StandardCharsets.UTF_8));
    input.flush();
    output.awaitText("<one>");
    output.awaitText("40 120");
    input.close();
    output.awaitText("over");
    assertEquals(4, output.await(10));
  }

  @Test
  default void twoSandboxesDoNotSeeEachOther() throws Exception {
    UUID one = create(shell("echo mine >/workspace/file; echo made; exec sleep 4322"));
    UUID other = create(shell("exec sleep 1000"));
    start(one).awaitText("made");
    start(other);
    Collected seen =
        exec(other, "ls -A /workspace /data /tmp; cat /proc/[0-9]*/cmdline | tr '\\0' ' '");
    assertFalse(seen.text().contains("file"), seen::text);
    assertFalse(seen.text().contains("432" + "2"), seen::text);
  }

  @Test
  default void filesInMemoryAreLimited() throws Exception {
    Collected output =
        run(
            shell(
                    "dd if=/dev/zero of=/tmp/big bs=1M count=8 2>&1; rm /tmp/big; echo; dd"
                        + " if=/dev/zero of=/tmp/big bs=1M count=64 2>&1; ls -l /tmp/big | tr -s '"
                        + " '")
                .setTmpMb(16));
    assertTrue(output.text().contains("No space left on device"), output::text);
    assertTrue(output.text().contains(" " + (16 << 20) + " "), output::text);
  }

  @Test
  default void filesGoOutAndInWithTheirModes() throws Exception {
    UUID sandbox =
        create(
            shell(
                "cd /workspace; mkdir -p a/b; echo hello >a/b/f; chmod 741 a/b/f; chmod 700 a; ln"
                    + " -s b/f a/l; ln -s /etc/passwd p; echo done; exec sleep 1000"));
    start(sandbox).awaitText("done");
    byte[] archive = read(sandbox, "/workspace");
    runtime().stop(sandbox, Duration.ZERO);
    assertArrayEquals(read(sandbox, "/workspace/a/b/f"), read(sandbox, "/workspace/a/b/f"));
    UUID copy = create(shell("exec sleep 1000"));
    // Into one that was never started.
    runtime().write(copy, "/workspace", new ByteArrayInputStream(archive));
    start(copy);
    String listed =
        exec(
                copy,
                "cd /workspace; find . | sort | xargs ls -ldn | tr -s ' ' |"
                    + " cut -d' ' -f1,3,4,9-; cat a/l")
            .text();
    for (String line :
        List.of(
            "drwx------ 10001 10001 ./a",
            "drwxr-xr-x 10001 10001 ./a/b",
            "-rwxr----x 10001 10001 ./a/b/f",
            "lrwxrwxrwx 10001 10001 ./a/l -> b/f",
            "lrwxrwxrwx 10001 10001 ./p -> /etc/passwd",
            "hello")) {
      assertTrue(listed.contains(line + "\n"), () -> line + " is not in " + listed);
    }
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(runtime().read(copy, "/workspace/a/b/f"))) {
      TarArchiveEntry entry = tar.getNextEntry();
      assertEquals("f", entry.getName());
      assertEquals(10001, entry.getLongUserId());
      assertEquals("hello\n", new String(tar.readAllBytes(), StandardCharsets.UTF_8));
    }
    for (String path : List.of("/etc", "/workspace/../etc", "workspace", "/workspace/none")) {
      assertEquals(
          Kind.NOT_USABLE, assertThrows(RuntimeRefusal.class, () -> read(copy, path)).kind(), path);
    }
  }

  private byte[] read(UUID sandbox, String path) throws IOException {
    try (InputStream in = runtime().read(sandbox, path)) {
      return in.readAllBytes();
    }
  }

  @Test
  default void anArchiveThatClimbsIsRefused() throws Exception {
    UUID sandbox = create(shell("exec sleep 1000"));
    for (String name : List.of("../evil", "/data/evil", "a/../../evil", "link/evil")) {
      byte[] tar = archive(name);
      assertEquals(
          Kind.NOT_USABLE,
          assertThrows(
                  RuntimeRefusal.class,
                  () -> runtime().write(sandbox, "/workspace", new ByteArrayInputStream(tar)))
              .kind(),
          name);
    }
    start(sandbox);
    assertEquals("", exec(sandbox, "find /data /workspace -name evil").text());
  }

  private static byte[] archive(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry link = new TarArchiveEntry("link", TarArchiveEntry.LF_SYMLINK);
      link.setLinkName("/data");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(4);
      tar.putArchiveEntry(entry);
      tar.write("evil".getBytes(StandardCharsets.UTF_8));
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  @Test
  default void aPausedSandboxStandsStill() throws Exception {
    UUID sandbox = create(shell("while :; do echo x >>/workspace/ticks; sleep 0.05; done"));
    start(sandbox);
    eventually(() -> size(sandbox), size -> size > 4);
    runtime().pause(sandbox);
    assertEquals(Phase.PAUSED, runtime().find(sandbox).orElseThrow().phase());
    long held = size(sandbox);
    Thread.sleep(400);
    assertEquals(held, size(sandbox));
    runtime().resume(sandbox);
    runtime().resume(sandbox);
    eventually(() -> size(sandbox), size -> size > held);
    runtime().pause(sandbox);
    runtime().stop(sandbox, Duration.ofSeconds(5));
    assertNotEquals(Phase.RUNNING, runtime().find(sandbox).orElseThrow().phase());
  }

  private long size(UUID sandbox) {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(runtime().read(sandbox, "/workspace/ticks"))) {
      return tar.getNextEntry().getSize();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (RuntimeRefusal e) {
      return 0;
    }
  }

  @Test
  default void whoFollowsLaterHearsWhatComesThen() throws Exception {
    UUID sandbox = create(shell("i=0; while :; do i=$((i+1)); echo $i; sleep 0.05; done"));
    Collected first = start(sandbox);
    first.awaitText("3\n");
    Collected second = new Collected();
    runtime().follow(sandbox, second);
    first.await(5);
    second.awaitText("\n");
    runtime().stop(sandbox, Duration.ZERO);
    second.await(5);
  }

  private static String sha256(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(Sha256.of(bytes));
  }
}
