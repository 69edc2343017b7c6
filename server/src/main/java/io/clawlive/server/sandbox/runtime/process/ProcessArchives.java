package io.clawlive.server.sandbox.runtime.process;

import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.server.sandbox.runtime.CheckedTar;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import io.clawlive.server.sandbox.runtime.SandboxLayout;
import io.clawlive.server.sandbox.runtime.process.BwrapCommand.Surroundings;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Files of a sandbox's volumes as archives, in and out. Done by a program inside namespaces like
 * the sandbox's own, so that no link which it made leads into the machine.
 */
final class ProcessArchives {
  private static final int NOT_THERE = 44;

  private static final String READ =
      """
      if [ -d "$1" ] && [ -r "$1" ]; then exec tar -C "$1" -cf - .
      elif [ -f "$1" ] && [ -r "$1" ]; then
        exec tar -C "$(dirname -- "$1")" -cf - -- "$(basename -- "$1")"
      fi
      exit 44
      """;

  private static final String WRITE =
      "[ -d \"$1\" ] && [ -w \"$1\" ] || exit 44; exec tar -C \"$1\" -xpf - --no-same-owner";

  private static final Path OUT = Path.of("/proc/self/fd/1");
  private static final Path ERR = Path.of("/dev/null");

  private ProcessArchives() {}

  static InputStream read(Path folder, SandboxSpec spec, String path) throws IOException {
    String plain = SandboxLayout.inside(path, volumes(spec));
    Process process = start(folder, spec, READ, plain);
    process.getOutputStream().close();
    PushbackInputStream in = new PushbackInputStream(process.getInputStream());
    int first = in.read();
    if (first < 0) {
      throw refusal(process, plain);
    }
    in.unread(first);
    return new FilterInputStream(in) {
      @Override
      public void close() throws IOException {
        process.destroyForcibly();
        super.close();
      }
    };
  }

  static void write(Path folder, SandboxSpec spec, String path, InputStream tar)
      throws IOException {
    String plain = SandboxLayout.inside(path, volumes(spec));
    Process process = start(folder, spec, WRITE, plain);
    boolean whole = false;
    try (OutputStream out = process.getOutputStream()) {
      CheckedTar.copy(plain, tar, out);
      whole = true;
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new RuntimeRefusal(
            Kind.NOT_USABLE, "The archive cannot be read: " + e.getMessage(), e);
      }
    } finally {
      if (!whole) {
        process.destroyForcibly();
      }
    }
    if (await(process) != 0) {
      throw refusal(process, plain);
    }
  }

  private static Process start(Path folder, SandboxSpec spec, String script, String path)
      throws IOException {
    SandboxSpec still =
        spec.toBuilder().clearEnv().setWorkingDirectory("/").setMemoryMb(1024).setPids(64).build();
    ProcessBuilder builder =
        new ProcessBuilder(
            BwrapCommand.start(
                folder,
                still,
                new Surroundings(List.of(), "", OUT, ERR, ""),
                List.of("/bin/sh", "-c", script, "sh", path)));
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static List<String> volumes(SandboxSpec spec) {
    return SandboxLayout.volumes(spec).stream().map(SandboxVolume::getPath).toList();
  }

  private static int await(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IOException("The copy was interrupted.", e);
    }
  }

  private static RuntimeRefusal refusal(Process process, String path) throws IOException {
    return await(process) == NOT_THERE
        ? new RuntimeRefusal(Kind.NOT_USABLE, "\"" + path + "\" is not there, or not usable.")
        : new RuntimeRefusal(Kind.FAILED, "\"" + path + "\" could not be copied.");
  }
}
