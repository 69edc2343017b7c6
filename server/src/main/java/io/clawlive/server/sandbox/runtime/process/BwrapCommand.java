package io.clawlive.server.sandbox.runtime.process;

import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.clawlive.server.sandbox.runtime.SandboxLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The commands that make a sandbox and go into one. Each is a chain of programs, every one of which
 * becomes the next: into the limits, away from the rights of the server, into the namespaces.
 */
final class BwrapCommand {
  /** Before an environment's names, while programs of the machine carry it for the sandbox's. */
  static final String CARRIED = "CLAWLIVE_E_";

  private static final int OPEN_FILES = 8192;
  private static final long SHM_BYTES = 64L << 20;

  /** Where the sandbox's folder stands for a user who may not pass the folders above it. */
  private static final Path PASSABLE = Path.of("/mnt");

  private static final String ENTER_LIMITS =
      """
      for c in $1; do echo $$ >"$c/cgroup.procs" || exit 125; done
      if [ -n "$2" ]; then exec <"$2" >"$2" 2>&1; else exec >"$3" 2>"$4"; fi
      [ -z "$5" ] || exec 3>"$5"
      shift 5
      exec "$@"
      """;

  private static final String MAKE_PASSABLE = "mount --bind \"$1\" /mnt && shift && exec \"$@\"";

  private BwrapCommand() {}

  /** Where a command's output goes and which limits are its own. */
  record Surroundings(List<Path> cgroups, String terminal, Path out, Path err, String info) {}

  /** Starts a sandbox that runs the command, or something beside one in the same files. */
  static List<String> start(
      Path folder, SandboxSpec spec, Surroundings surroundings, List<String> command)
      throws IOException {
    List<String> all = new ArrayList<>(limits(surroundings));
    Path seen = folder;
    if (Host.root()) {
      seen = PASSABLE;
      all.addAll(List.of("unshare", "--mount", "--propagation", "private", "--"));
      all.addAll(List.of("sh", "-c", MAKE_PASSABLE, "sh", folder.toString()));
      all.addAll(asUser(SandboxLayout.uid(spec)));
    }
    all.add("bwrap");
    all.addAll(namespaces(spec, surroundings));
    all.addAll(files(seen, spec));
    all.addAll(List.of("--chdir", SandboxLayout.workingDirectory(spec), "--"));
    all.addAll(perProcess(spec, surroundings));
    all.addAll(command);
    return all;
  }

  /** Goes into a sandbox that runs. */
  static List<String> enter(
      long pid, SandboxSpec spec, Surroundings surroundings, ExecPlan plan, List<String> command) {
    List<String> all = new ArrayList<>(limits(surroundings));
    if (Host.root()) {
      all.addAll(asUser(SandboxLayout.uid(spec)));
    }
    all.addAll(
        List.of(
            "nsenter",
            "-t",
            "" + pid,
            "--user",
            "--preserve-credentials",
            "--mount",
            "--pid",
            "--net",
            "--ipc",
            "--uts",
            "--"));
    all.addAll(perProcess(spec, surroundings));
    all.add("setsid");
    if (plan.terminal() != null) {
      all.add("--ctty");
    }
    String directory =
        plan.workingDirectory().isEmpty()
            ? SandboxLayout.workingDirectory(spec)
            : plan.workingDirectory();
    List<String> names = new ArrayList<>(SandboxLayout.env(spec).keySet());
    plan.env().keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
    all.addAll(
        List.of(
            "/bin/sh",
            "-c",
            takeEnvironment(names) + "cd \"$1\" || exit 126; shift; exec \"$@\"",
            "sh",
            directory));
    all.addAll(command);
    return all;
  }

  private static String takeEnvironment(Collection<String> names) {
    SandboxLayout.requireNames(names);
    return names.stream()
        .map(n -> "export %s=\"$%s%s\"; unset %s%s%n".formatted(n, CARRIED, n, CARRIED, n))
        .collect(Collectors.joining());
  }

  /** Gives every right of root up for good. */
  static List<String> asUser(int uid) {
    return List.of(
        "setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups", "--no-new-privs", "--");
  }

  private static List<String> limits(Surroundings s) {
    String cgroups = s.cgroups().stream().map(Path::toString).collect(Collectors.joining(" "));
    return List.of(
        "/bin/sh",
        "-c",
        ENTER_LIMITS,
        "sh",
        cgroups,
        s.terminal(),
        s.out().toString(),
        s.err().toString(),
        s.info());
  }

  /** What is limited for each process by itself; all there is where no cgroup can be made. */
  private static List<String> perProcess(SandboxSpec spec, Surroundings s) {
    List<String> prlimit =
        new ArrayList<>(List.of("prlimit", "--core=0", "--nofile=" + OPEN_FILES));
    if (s.cgroups().isEmpty()) {
      long memory = (long) spec.getMemoryMb() << 20;
      prlimit.addAll(List.of("--data=" + memory, "--nproc=" + spec.getPids()));
    }
    prlimit.add("--");
    return prlimit;
  }

  private static List<String> namespaces(SandboxSpec spec, Surroundings surroundings) {
    String uid = "" + SandboxLayout.uid(spec);
    List<String> args =
        new ArrayList<>(
            List.of(
                "--unshare-all",
                "--die-with-parent",
                "--new-session",
                "--hostname",
                "sandbox",
                "--uid",
                uid,
                "--gid",
                uid,
                "--cap-drop",
                "ALL"));
    if (!surroundings.info().isEmpty()) {
      args.addAll(List.of("--info-fd", "3"));
    }
    return args;
  }

  private static List<String> files(Path folder, SandboxSpec spec) throws IOException {
    List<String> args = new ArrayList<>(List.of("--ro-bind", "/usr", "/usr"));
    for (String name : List.of("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")) {
      Path path = Path.of(name);
      if (Files.isSymbolicLink(path)) {
        args.addAll(List.of("--symlink", Files.readSymbolicLink(path).toString(), name));
      } else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        args.addAll(List.of("--ro-bind", name, name));
      }
    }
    for (String name : List.of("/etc/alternatives", "/etc/ld.so.cache", "/etc/ssl/certs")) {
      args.addAll(List.of("--ro-bind-try", name, name));
    }
    for (String name : SandboxFolder.ETC) {
      args.addAll(List.of("--ro-bind", folder + "/etc/" + name, "/etc/" + name));
    }
    args.addAll(List.of("--proc", "/proc", "--tmpfs", "/dev"));
    // No terminals of its own: mounting those would need a second namespace of users around.
    for (String name : List.of("null", "zero", "full", "random", "urandom", "tty")) {
      args.addAll(List.of("--dev-bind", "/dev/" + name, "/dev/" + name));
    }
    args.addAll(List.of("--symlink", "/proc/self/fd", "/dev/fd"));
    args.addAll(List.of("--symlink", "/proc/self/fd/0", "/dev/stdin"));
    args.addAll(List.of("--symlink", "/proc/self/fd/1", "/dev/stdout"));
    args.addAll(List.of("--symlink", "/proc/self/fd/2", "/dev/stderr"));
    memory(args, "/dev/shm", "1777", SHM_BYTES);
    memory(args, "/tmp", "1777", (long) Math.max(1, spec.getTmpMb()) << 20);
    memory(args, "/run", "0755", SandboxLayout.RUN_BYTES);
    for (SandboxVolume volume : SandboxLayout.volumes(spec)) {
      args.add(volume.getReadOnly() ? "--ro-bind" : "--bind");
      args.addAll(List.of(folder + "/volumes/" + volume.getName(), volume.getPath()));
    }
    args.addAll(List.of("--remount-ro", "/dev", "--remount-ro", "/"));
    return args;
  }

  private static void memory(List<String> args, String path, String mode, long bytes) {
    args.addAll(List.of("--perms", mode, "--size", "" + bytes, "--tmpfs", path));
  }
}
