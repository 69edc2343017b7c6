package io.clawlive.server.sandbox.snapshots;

import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sandbox.v1.SnapshotVolume;
import io.clawlive.server.sandbox.FileSource;
import io.clawlive.server.sandbox.Installation;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import io.clawlive.server.sandbox.runtime.SandboxLayout;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the files of snapshots stand, and how they get into sandboxes. */
@Singleton
final class SnapshotShelf implements FileSource {
  private final SnapshotRepository repository;
  private final Optional<Path> folder;

  SnapshotShelf(SnapshotRepository repository, Installation installation) {
    this.repository = repository;
    this.folder = installation.folder().map(path -> path.resolve("snapshots"));
  }

  /** The files of a snapshot of this installation. */
  SnapshotFolder of(UUID id) {
    return new SnapshotFolder(
        folder
            .orElseThrow(() -> new IllegalStateException("a snapshot without a folder"))
            .resolve(id.toString()));
  }

  /** Whose files are here, whether anybody knows of them or not. */
  List<UUID> present() throws IOException {
    if (folder.isEmpty() || Files.notExists(folder.get())) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder.get())) {
      return all.map(path -> UUID.fromString(path.getFileName().toString())).toList();
    }
  }

  /** The volumes of a sandbox that are its own. */
  static List<SandboxVolume> volumes(SandboxSpec spec) {
    return SandboxLayout.volumes(spec).stream()
        .filter(volume -> volume.getHostPath().isEmpty())
        .toList();
  }

  @Override
  public void fill(Sandbox sandbox, SandboxRuntime runtime) {
    UUID id = UUID.fromString(sandbox.getSourceSnapshotId());
    Snapshot snapshot =
        repository
            .findById(id)
            .map(Snapshots::read)
            .orElseThrow(() ->
                new RuntimeRefusal(Kind.NOT_USABLE, "The snapshot " + id + " has been deleted."));
    var kept =
        snapshot.getVolumesList().stream()
            .collect(Collectors.toMap(SnapshotVolume::getName, Function.identity()));
    for (SandboxVolume volume : volumes(sandbox.getSpec())) {
      SnapshotVolume from = kept.get(volume.getName());
      if (from != null) {
        try (InputStream tar = of(id).open(from)) {
          runtime.write(UUID.fromString(sandbox.getSandboxId()), volume.getPath(), tar);
        } catch (IOException e) {
          throw new RuntimeRefusal(
              Kind.FAILED, "The volume " + volume.getName() + " could not be filled.", e);
        }
      }
    }
  }

  @Override
  public boolean isCopying(UUID sandbox) {
    return repository.isCopying(sandbox);
  }
}
