package io.clawlive.server.sandbox.runtime;

import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxVolume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What is the same in every sandbox, whatever runs it. */
public final class SandboxLayout {
  private static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  /** Size of {@code /run}, where secrets stand, in bytes. */
  public static final long RUN_BYTES = 16L << 20;

  /** Numeric user without rights, unless the spec names another. */
  private static final int UID = 10_001;

  private static final String WORKSPACE = "/workspace";

  private SandboxLayout() {}

  /** Numeric user and group it runs as. */
  public static int uid(SandboxSpec spec) {
    if (spec.getPrivileges().getRootUser()) {
      return 0;
    }
    return spec.getUid() == 0 ? UID : spec.getUid();
  }

  /** What outlives a stop. */
  public static List<SandboxVolume> volumes(SandboxSpec spec) {
    return spec.getVolumesCount() > 0
        ? spec.getVolumesList()
        : List.of(volume("workspace", WORKSPACE), volume("data", "/data"));
  }

  /** Where it starts. */
  public static String workingDirectory(SandboxSpec spec) {
    return spec.getWorkingDirectory().isEmpty() ? WORKSPACE : spec.getWorkingDirectory();
  }

  /** Program and arguments. */
  public static List<String> program(SandboxSpec spec) {
    // Not every sleep knows "infinity"; this is 68 years.
    return spec.getCommandCount() > 0 ? spec.getCommandList() : List.of("sleep", "2147483647");
  }

  /** Environment of its program without secrets. */
  public static Map<String, String> env(SandboxSpec spec) {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("HOME", workingDirectory(spec));
    env.put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    env.putAll(spec.getEnvMap());
    requireNames(env.keySet());
    return env;
  }

  /**
   * Refuses names of the environment that a shell would read as something else.
   *
   * @throws RuntimeRefusal with what is wrong
   */
  public static void requireNames(Collection<String> names) {
    for (String name : names) {
      if (!ENV_NAME.matcher(name).matches()) {
        throw new RuntimeRefusal(
            RuntimeRefusal.Kind.FAILED, "\"" + name + "\" is no name for the environment");
      }
    }
  }

  /**
   * A path as it is, without {@code .} and empty parts.
   *
   * @param volumes where they stand inside
   * @throws RuntimeRefusal when it is not absolute, climbs or is in no volume
   */
  public static String inside(String path, Collection<String> volumes) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (part.equals("..") || part.indexOf('\0') >= 0) {
        throw notInside(path);
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    String plain = "/" + String.join("/", parts);
    if (!path.startsWith("/")
        || volumes.stream().noneMatch(volume -> Path.of(plain).startsWith(volume))) {
      throw notInside(path);
    }
    return plain;
  }

  private static RuntimeRefusal notInside(String path) {
    return new RuntimeRefusal(
        RuntimeRefusal.Kind.NOT_USABLE,
        "\"" + path + "\" is no absolute path inside a volume of the sandbox");
  }

  private static SandboxVolume volume(String name, String path) {
    return SandboxVolume.newBuilder().setName(name).setPath(path).build();
  }
}
