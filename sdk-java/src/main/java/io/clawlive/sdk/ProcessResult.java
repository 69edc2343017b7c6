package io.clawlive.sdk;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * What a process wrote, and how it ended.
 *
 * @param exit how it ended
 * @param stdout what it wrote to its standard output, or to its terminal
 * @param stderr what it wrote to its standard error
 * @param truncated whether it wrote more than is kept here, in which case the last bytes are
 *     missing
 */
public record ProcessResult(
    ProcessExit exit, ByteString stdout, ByteString stderr, boolean truncated) {
  /** Bytes of both channels together that are kept; what comes after them is passed over. */
  private static final int MOST = 16 << 20;

  /** Reads all of it. */
  static ProcessResult of(SandboxProcess process) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    boolean truncated = false;
    Optional<ProcessExit> exit = Optional.empty();
    for (ProcessEvent event : process) {
      if (event instanceof ProcessEvent.Stdout told) {
        truncated |= add(told.bytes(), out, err.size());
      } else if (event instanceof ProcessEvent.TerminalOutput told) {
        truncated |= add(told.bytes(), out, err.size());
      } else if (event instanceof ProcessEvent.Stderr told) {
        truncated |= add(told.bytes(), err, out.size());
      } else if (event instanceof ProcessEvent.Exited told) {
        exit = Optional.of(told.exit());
      }
    }
    return new ProcessResult(
        exit.orElseGet(process::await),
        ByteString.copyFrom(out.toByteArray()),
        ByteString.copyFrom(err.toByteArray()),
        truncated);
  }

  /** Whether something had no room. */
  private static boolean add(ByteString bytes, ByteArrayOutputStream to, int elsewhere) {
    int room = Math.min(bytes.size(), MOST - to.size() - elsewhere);
    to.writeBytes(bytes.substring(0, room).toByteArray());
    return room < bytes.size();
  }

  /** What it returned; see {@link ProcessExit#code}. */
  public int code() {
    return exit.code();
  }

  /** Its standard output as text; bytes that are not UTF-8 become U+FFFD. */
  public String text() {
    return stdout.toStringUtf8();
  }
}
