package io.clawlive.server.sandbox.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import io.clawlive.server.sandbox.runtime.CheckedTar;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import io.clawlive.server.sandbox.runtime.SandboxLayout;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Files of a container's volumes as archives, in and out. */
final class Archives {
  private static final int PIPE_BYTES = 256 << 10;

  private Archives() {}

  static InputStream read(Engine engine, InspectContainerResponse container, String path) {
    String plain = SandboxLayout.inside(path, volumes(container));
    try {
      // With the dot, a folder is told without its own name.
      return open(engine, container, plain + "/.");
    } catch (RuntimeRefusal e) {
      if (e.kind() == Kind.UNAVAILABLE) {
        throw e;
      }
      return open(engine, container, plain);
    }
  }

  private static InputStream open(Engine engine, InspectContainerResponse container, String path) {
    try {
      return engine.stream(
          client -> client.copyArchiveFromContainerCmd(container.getId(), path).exec());
    } catch (RuntimeRefusal e) {
      if (e.kind() == Kind.NOT_FOUND) {
        throw new RuntimeRefusal(Kind.NOT_USABLE, "There is no \"" + path + "\".", e);
      }
      throw e;
    }
  }

  static void write(Engine engine, InspectContainerResponse container, String path, InputStream tar)
      throws IOException {
    String plain = SandboxLayout.inside(path, volumes(container));
    PipedOutputStream checked = new PipedOutputStream();
    CompletableFuture<Void> copied = new CompletableFuture<>();
    try (InputStream in = new Ending(new PipedInputStream(checked, PIPE_BYTES), copied)) {
      Thread.ofVirtual().name("archive-in").start(() -> copy(plain, tar, checked, copied));
      engine.upload(client ->
          client
              .copyArchiveToContainerCmd(container.getId())
              .withRemotePath(plain)
              .withTarInputStream(in)
              .exec());
    } catch (RuntimeRefusal e) {
      // Where the archive itself was refused, the engine only saw it break off.
      if (copied.isCompletedExceptionally()
          && copied.exceptionNow() instanceof RuntimeRefusal refused) {
        throw refused;
      }
      throw e;
    }
  }

  private static void copy(
      String folder, InputStream tar, PipedOutputStream out, CompletableFuture<Void> copied) {
    try {
      CheckedTar.copy(folder, tar, out);
      copied.complete(null);
    } catch (IOException e) {
      copied.completeExceptionally(
          new RuntimeRefusal(Kind.NOT_USABLE, "The archive cannot be read: " + e.getMessage(), e));
    } catch (RuntimeException e) {
      copied.completeExceptionally(e);
    } finally {
      try {
        out.close();
      } catch (IOException e) {
        // The other side has gone already.
      }
    }
  }

  private static List<String> volumes(InspectContainerResponse container) {
    List<InspectContainerResponse.Mount> mounts = container.getMounts();
    return mounts == null
        ? List.of()
        : mounts.stream().map(mount -> "" + mount.getDestination().getPath()).toList();
  }

  /** Ends as the copy did, so that the engine does not take half an archive for a whole one. */
  private static final class Ending extends FilterInputStream {
    private final CompletableFuture<Void> copied;

    Ending(InputStream in, CompletableFuture<Void> copied) {
      super(in);
      this.copied = copied;
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      return b < 0 ? end() : b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int n = super.read(bytes, offset, length);
      return n < 0 ? end() : n;
    }

    private int end() throws IOException {
      if (copied.handle((done, thrown) -> thrown != null).join()) {
        throw new IOException("The archive breaks off.");
      }
      return -1;
    }
  }
}
