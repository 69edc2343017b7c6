package io.clawlive.server.sandbox.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import io.clawlive.sandbox.v1.SandboxNetwork;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.server.sandbox.runtime.docker.DockerRuntime;
import io.clawlive.server.sandbox.runtime.docker.DockerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Sandboxes as containers of a real engine. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerRuntimeTest implements RuntimeCases {
  private final List<UUID> made = new CopyOnWriteArrayList<>();
  private final String installation = "test-" + UUID.randomUUID();
  private DockerRuntime runtime;
  private DockerClient client;

  @BeforeAll
  void open() throws IOException, InterruptedException {
    DockerRuntime opened = new DockerRuntime(DockerSettings.local(installation));
    runtime = opened;
    RuntimeReport report = opened.report();
    if (!report.usable()) {
      NotRun.because("DockerRuntimeTest", report.message());
    }
    if (!TestImage.possible()) {
      NotRun.because("DockerRuntimeTest", "there is no busybox-static to make an image of");
    }
    client = TestImage.client();
    TestImage.build(client);
  }

  @AfterEach
  void remove() {
    made.forEach(runtime::remove);
    made.clear();
  }

  @AfterAll
  void close() {
    runtime.close();
  }

  @Override
  public SandboxRuntime runtime() {
    return runtime;
  }

  @Override
  public String image() {
    return TestImage.NAME;
  }

  @Override
  public List<UUID> made() {
    return made;
  }

  @Override
  public String netcat() {
    return "nc";
  }

  @Test
  void everyContainerIsAsClosedAsItCanBe() {
    UUID sandbox = create(shell("true").setCpus(0.5).setMemoryMb(64).setPids(33).setTmpMb(7));
    InspectContainerResponse made = inspect(sandbox);
    HostConfig host = made.getHostConfig();
    assertEquals(true, host.getReadonlyRootfs());
    assertArrayEquals(new Capability[] {Capability.ALL}, host.getCapDrop());
    assertNull(host.getCapAdd());
    assertEquals(List.of("no-new-privileges"), host.getSecurityOpts());
    assertEquals(false, host.getPrivileged());
    assertEquals(64L << 20, host.getMemory());
    assertEquals(64L << 20, host.getMemorySwap());
    assertEquals(500_000_000L, host.getNanoCPUs());
    assertEquals(33L, host.getPidsLimit());
    assertEquals(true, host.getInit());
    assertEquals("none", host.getNetworkMode());
    assertEquals("private", host.getIpcMode());
    assertEquals("", host.getPidMode());
    assertEquals("", host.getUtSMode());
    assertEquals("", host.getUsernsMode());
    assertEquals(LogConfig.LoggingType.NONE, host.getLogConfig().getType());
    assertEquals(RestartPolicy.noRestart(), host.getRestartPolicy());
    assertEquals(false, host.getAutoRemove());
    assertEquals(false, host.getPublishAllPorts());
    assertEquals(0, host.getBinds() == null ? 0 : host.getBinds().length);
    assertEquals(0, host.getDevices() == null ? 0 : host.getDevices().length);
    assertEquals(64L << 20, host.getShmSize());
    assertEquals(
        Set.of("nofile 8192 8192", "core 0 0"),
        Arrays.stream(host.getUlimits())
            .map(u -> u.getName() + " " + u.getSoftLong() + " " + u.getHardLong())
            .collect(Collectors.toSet()));
    assertEquals("rw,nosuid,nodev,exec,mode=1777,size=" + (7 << 20), host.getTmpFs().get("/tmp"));
    assertEquals(
        "rw,nosuid,nodev,noexec,mode=755,uid=10001,gid=10001,size=" + (16 << 20),
        host.getTmpFs().get("/run"));
    assertEquals(2, host.getMounts().size());
    host.getMounts().forEach(mount -> assertEquals(MountType.VOLUME, mount.getType()));
    assertEquals("10001:10001", made.getConfig().getUser());
    assertEquals(sandbox.toString(), made.getConfig().getLabels().get("clawlive.sandbox"));
    assertEquals(installation, made.getConfig().getLabels().get("clawlive.server"));
  }

  @Test
  void freshVolumesAreEmptyAndTheUsersWhateverTheImageHas() throws Exception {
    TestImage.buildOwned(client);
    SandboxVolume workspace =
        SandboxVolume.newBuilder().setName("workspace").setPath("/workspace").build();
    SandboxVolume data = SandboxVolume.newBuilder().setName("data").setPath("/data").build();
    // The image's own /workspace is as a volume should be; its /data holds something.
    for (List<SandboxVolume> volumes : List.of(List.of(workspace), List.of(workspace, data))) {
      for (int again = 0; again < 2; again++) {
        UUID sandbox =
            create(
                shell(
                        "cd $0; touch mine && stat -c '%n %u:%g %a' . && ls"
                            .replace("$0", volumes.getLast().getPath()))
                    .setImage(TestImage.OWNED)
                    .addAllVolumes(volumes));
        Collected said = start(sandbox);
        said.await(30);
        assertEquals(". 10001:10001 755\nmine\n", said.text());
        assertEquals(1 + volumes.size(), left(sandbox), "and no helper");
      }
    }
  }

  @Test
  void aRemovedSandboxLeavesNothingBehind() {
    UUID sandbox = create(shell("true").setNetwork(SandboxNetwork.SANDBOX_NETWORK_INTERNAL));
    assertEquals(3, left(sandbox));
    assertEquals(1, networks(sandbox));
    assertEquals(2, rules(sandbox));
    runtime.remove(sandbox);
    assertEquals(0, left(sandbox));
    assertEquals(0, networks(sandbox));
    assertEquals(0, rules(sandbox));
  }

  private int left(UUID sandbox) {
    String label = "clawlive.sandbox=" + sandbox;
    return client
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(List.of(label))
            .exec()
            .size()
        + client.listVolumesCmd().withFilter("label", List.of(label)).exec().getVolumes().size();
  }

  private long networks(UUID sandbox) {
    return client
        .listNetworksCmd()
        .withFilter("label", List.of("clawlive.sandbox=" + sandbox))
        .exec()
        .size();
  }

  private static long rules(UUID sandbox) {
    // The engine's own rules about the bridge are its own affair.
    return rules()
        .filter(rule -> rule.contains("-i " + bridge(sandbox)) && rule.endsWith("-j DROP"))
        .filter(rule -> rule.startsWith("-A INPUT") || rule.contains("169.254."))
        .count();
  }

  private static String bridge(UUID sandbox) {
    return "cl-" + sandbox.toString().replace("-", "").substring(20);
  }

  private static Stream<String> rules() {
    try {
      Process rules = new ProcessBuilder("iptables", "-w", "5", "-S").start();
      return new String(rules.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void networksAreClosedTowardsTheHost() throws Exception {
    try (ServerSocket host = new ServerSocket(0, 5, InetAddress.getByName("0.0.0.0"))) {
      CompletableFuture<Boolean> reached = RuntimeCases.reached(host);
      for (SandboxNetwork network :
          List.of(SandboxNetwork.SANDBOX_NETWORK_INTERNAL, SandboxNetwork.SANDBOX_NETWORK_OPEN)) {
        UUID sandbox =
            create(shell("while :; do echo hi | nc -l -p 8080; done").setNetwork(network));
        start(sandbox);
        var settings =
            inspect(sandbox).getNetworkSettings().getNetworks().get("clawlive-" + sandbox);
        for (InetAddress address : RuntimeCases.ownAddresses()) {
          exec(
              sandbox,
              "nc -w 1 %s %d </dev/null".formatted(address.getHostAddress(), host.getLocalPort()));
        }
        assertFalse(reached.isDone(), network + " reaches the host");
        assertEquals(
            network == SandboxNetwork.SANDBOX_NETWORK_INTERNAL,
            rules()
                .anyMatch(rule ->
                    rule.contains("! -d")
                        && rule.contains("-i " + bridge(sandbox))
                        && rule.endsWith("-j DROP")),
            network + " towards the world");
        if (network == SandboxNetwork.SANDBOX_NETWORK_INTERNAL) {
          // Not even by way of names that the engine would ask the world for.
          assertEquals(List.of("192.0.2.1"), List.of(inspect(sandbox).getHostConfig().getDns()));
        }
        // And the host reaches it.
        assertEquals("hi", said(settings.getIpAddress(), 8080));
      }
    }
  }

  /** What a program inside says to whoever connects, once it listens. */
  private static String said(String address, int port) throws InterruptedException {
    return RuntimeCases.eventually(
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 2000);
            socket.setSoTimeout(2000);
            return new String(socket.getInputStream().readNBytes(2), StandardCharsets.US_ASCII);
          } catch (IOException e) {
            return "";
          }
        },
        text -> !text.isEmpty());
  }

  @Test
  void aPortOfTheHostLeadsInAndIsTakenOnce() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    SandboxSpec spec =
        shell("while :; do echo hi | nc -l -p 8080; done")
            .setNetwork(SandboxNetwork.SANDBOX_NETWORK_OPEN)
            .setPort(8080)
            .build();
    UUID one = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    made.addAll(List.of(one, other));
    runtime.create(new SandboxPlan(one, spec, port));
    runtime.create(new SandboxPlan(other, spec, port));
    start(one);
    assertEquals("hi", said("127.0.0.1", port));
    assertEquals(
        RuntimeRefusal.Kind.PORT_TAKEN,
        assertThrows(RuntimeRefusal.class, () -> start(other)).kind());
  }

  @Test
  void whatCannotBeIsRefused() {
    assertEquals(
        RuntimeRefusal.Kind.IMAGE_MISSING,
        assertThrows(RuntimeRefusal.class, () -> create(shell("true").setImage("clawlive/none:1")))
            .kind());
    SandboxVolume shadow =
        SandboxVolume.newBuilder().setName("x").setPath("/x").setHostPath("/etc").build();
    assertTrue(runtime.obstacle(shell("true").addVolumes(shadow).build()).isPresent());
    assertTrue(runtime.obstacle(shell("true").setPort(80).build()).isPresent());
    assertTrue(runtime.images().contains(TestImage.NAME));
    RuntimeReport report = runtime.report();
    assertTrue(report.processors() > 0 && report.memoryBytes() > 0 && !report.version().isEmpty());
  }

  @Test
  void anotherServerDoesNotSeeTheseSandboxes() {
    UUID sandbox = create(shell("true"));
    try (DockerRuntime other = new DockerRuntime(DockerSettings.local("another"))) {
      assertTrue(other.find(sandbox).isEmpty());
      assertTrue(other.list().stream().noneMatch(found -> found.sandbox().equals(sandbox)));
    }
    try (DockerRuntime again = new DockerRuntime(DockerSettings.local(installation))) {
      assertEquals(List.of(sandbox), again.list().stream().map(FoundSandbox::sandbox).toList());
    }
  }

  private InspectContainerResponse inspect(UUID sandbox) {
    return client.inspectContainerCmd("clawlive-" + sandbox).exec();
  }
}
