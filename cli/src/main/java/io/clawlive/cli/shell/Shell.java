package io.clawlive.cli.shell;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The shell that started the program. Commands read the environment and the standard streams only
 * through this, so that a test can give them its own.
 *
 * @param environment environment variables
 * @param in standard input, raw bytes
 * @param out standard output, raw bytes; text goes through the command's writer instead
 * @param err standard error, raw bytes
 * @param terminal what standard output is connected to
 */
public record Shell(
    Map<String, String> environment,
    InputStream in,
    OutputStream out,
    OutputStream err,
    Terminal terminal) {

  /** The shell of this process. */
  public static Shell ofProcess() {
    return new Shell(
        System.getenv(),
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Terminal.ofProcess(System.getenv()));
  }

  /** A variable's value; an empty variable counts as unset. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * Writes text to a standard stream. Always UTF-8: the output is read by programs and by terminals
   * of today, also where the locale says "C".
   */
  public static PrintWriter writer(OutputStream stream) {
    return new PrintWriter(stream, false, StandardCharsets.UTF_8);
  }
}
