package io.clawlive.server.sandbox.runtime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How the program of a sandbox learns its environment and its secrets: a shell inside reads them
 * from its standard input and then becomes the program. So they stand in no argument, and in
 * nothing that an engine keeps.
 */
public final class StartScript {
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

  /** Tells a whole script from one that was cut off with the server that wrote it. */
  private static final String END = "#end";

  private static final String READ_THEN_RUN =
      """
      s=$(cat)
      case "$s" in
        *'%s') eval "$s" ;;
        *) echo "The sandbox was not told what it needs to start." >&2; exit 125 ;;
      esac
      unset s
      exec "$@" </dev/null
      """
          .formatted(END);

  private StartScript() {}

  /** The command that becomes the program once it has read {@link #input}. */
  public static List<String> command(List<String> program) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", READ_THEN_RUN, "sh"));
    command.addAll(program);
    return command;
  }

  /** What the command reads, to its end. */
  public static byte[] input(Map<String, String> env, SandboxSecrets secrets) {
    SandboxLayout.requireNames(secrets.env().keySet());
    StringBuilder script = new StringBuilder();
    env.forEach((name, value) -> export(script, name, value.getBytes(StandardCharsets.UTF_8)));
    secrets.env().forEach((name, value) -> export(script, name, value));
    if (!secrets.files().isEmpty()) {
      // Not readable by anybody else in between either.
      script.append("u=$(umask); umask 077; mkdir -p /run/secrets || exit 125\n");
      secrets.files().forEach((name, content) -> file(script, name, content));
      script.append("umask $u; unset u\n");
    }
    return script.append(END).append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void export(StringBuilder script, String name, byte[] value) {
    script
        .append("export ")
        .append(name)
        .append("='")
        .append(new String(value, StandardCharsets.ISO_8859_1).replace("'", "'\\''"))
        .append("'\n");
  }

  private static void file(StringBuilder script, String name, byte[] content) {
    if (!FILE_NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
      throw new RuntimeRefusal(
          RuntimeRefusal.Kind.FAILED, "\"" + name + "\" is no name for a file of secrets");
    }
    script.append("printf '");
    for (byte b : content) {
      script.append('\\').append(Integer.toOctalString(0x200 | b & 0xff).substring(1));
    }
    script.append("' >/run/secrets/").append(name).append(" || exit 125\n");
  }
}
