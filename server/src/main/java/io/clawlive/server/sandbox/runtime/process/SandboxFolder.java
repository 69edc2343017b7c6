package io.clawlive.server.sandbox.runtime.process;

import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.server.sandbox.runtime.FoundSandbox;
import io.clawlive.server.sandbox.runtime.FoundSandbox.Phase;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import io.clawlive.server.sandbox.runtime.SandboxLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the machine keeps of one sandbox: its volumes, its spec, when it was started and how it
 * ended. The spec is written last, so a folder with one is whole.
 */
record SandboxFolder(Path path, UUID sandbox) {
  /** Files that programs ask for who they are. */
  static final List<String> ETC = List.of("passwd", "group", "hosts", "nsswitch.conf");

  /** What became of one whose server died: everything in it was killed. */
  private static final int KILLED = 137;

  boolean there() {
    return Files.exists(path.resolve("spec"));
  }

  void make(SandboxSpec spec) throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    int uid = SandboxLayout.uid(spec);
    Path etc = Files.createDirectories(path.resolve("etc"));
    Map<String, String> contents =
        Map.of(
            "passwd",
            "sandbox:x:%d:%d::/workspace:/bin/sh%n".formatted(uid, uid),
            "group",
            "sandbox:x:%d:%n".formatted(uid),
            "hosts",
            "127.0.0.1 localhost sandbox\n",
            "nsswitch.conf",
            "passwd: files\ngroup: files\nhosts: files\n");
    for (String name : ETC) {
      Files.writeString(etc.resolve(name), contents.get(name));
    }
    for (SandboxVolume volume : SandboxLayout.volumes(spec)) {
      Path made = Files.createDirectories(path.resolve("volumes").resolve(volume.getName()));
      Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
      if (Host.root()) {
        Files.setAttribute(made, "unix:uid", uid);
        Files.setAttribute(made, "unix:gid", uid);
      }
    }
    Files.createDirectories(
        path.resolve("io"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    writeSpec(spec);
  }

  void writeSpec(SandboxSpec spec) throws IOException {
    write("spec", spec.toByteArray());
  }

  SandboxSpec spec() {
    try {
      return SandboxSpec.parseFrom(Files.readAllBytes(path.resolve("spec")));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new RuntimeRefusal(Kind.NOT_FOUND, "There is no such sandbox here.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void started(Instant at) throws IOException {
    Files.deleteIfExists(path.resolve("ended"));
    write("started", at.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  void ended(int code, boolean outOfMemory) throws IOException {
    if (there()) {
      write(
          "ended", (code + " " + outOfMemory).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
  }

  /** As the folder alone says: whether it runs, only the server that started it knows. */
  FoundSandbox found() {
    try {
      if (!Files.exists(path.resolve("started"))) {
        return new FoundSandbox(sandbox, Phase.CREATED, null, false, null);
      }
      Instant started = Instant.parse(Files.readString(path.resolve("started")));
      if (!Files.exists(path.resolve("ended"))) {
        return new FoundSandbox(sandbox, Phase.ENDED, KILLED, false, started);
      }
      String[] ended = Files.readString(path.resolve("ended")).split(" ", 2);
      return new FoundSandbox(
          sandbox, Phase.ENDED, Integer.valueOf(ended[0]), Boolean.parseBoolean(ended[1]), started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Never half a file, whatever dies meanwhile. */
  private void write(String name, byte[] content) throws IOException {
    Path fresh = Files.createTempFile(path, name, ".new");
    Files.write(fresh, content);
    Files.move(fresh, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The spec first: what is left over then is no sandbox any more. */
  void remove() throws IOException {
    Files.deleteIfExists(path.resolve("spec"));
    if (!Files.isDirectory(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
