package io.clawlive.server.sandbox.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What this machine has and allows. */
final class Host {
  private static final int SECONDS = 10;
  private static final List<String> NEEDED =
      List.of("bwrap", "nsenter", "setsid", "prlimit", "setpriv", "unshare", "tar");

  private Host() {}

  /** Whether sandboxes can have a user of the machine of their own. */
  static boolean root() {
    return "root".equals(System.getProperty("user.name"))
        && Files.isWritable(Path.of("/proc/1/environ").getParent());
  }

  /** Why no sandbox can run here; empty when they can. */
  static String obstacle() {
    for (String program : NEEDED) {
      if (!there(program)) {
        return "The program " + program + " is not installed.";
      }
    }
    List<String> tried = new ArrayList<>();
    if (root()) {
      tried.addAll(BwrapCommand.asUser(65_534));
    }
    tried.addAll(
        List.of("bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"));
    Answer answer = run(tried);
    return answer.code() == 0
        ? ""
        : "Namespaces for processes are not allowed here: " + answer.text().strip();
  }

  static String version() {
    return run(List.of("bwrap", "--version")).text().replace("bubblewrap", "").strip();
  }

  private static boolean there(String program) {
    for (String folder : List.of("/usr/bin", "/bin", "/usr/sbin", "/usr/local/bin")) {
      if (Files.isExecutable(Path.of(folder, program))) {
        return true;
      }
    }
    return false;
  }

  static long memoryBytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemTotal:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
        }
      }
    } catch (IOException e) {
      // It is only told.
    }
    return 0;
  }

  /** How a program of the machine ended, and what it said. */
  record Answer(int code, String text) {}

  static Answer run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Answer(-1, "it did not end in time");
      }
      return new Answer(process.exitValue(), text);
    } catch (IOException e) {
      return new Answer(-1, "" + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(-1, "interrupted");
    }
  }
}
