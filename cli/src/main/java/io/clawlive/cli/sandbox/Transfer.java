package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.text.TerminalText;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Counts what is copied, and tells now and then how far it is when it takes long. */
final class Transfer {
  private static final long PATIENCE = Duration.ofSeconds(3).toNanos();

  private final OutputOptions output;
  private long told = System.nanoTime();
  private long files;
  private long bytes;
  private long skipped;

  Transfer(OutputOptions output) {
    this.output = output;
  }

  long files() {
    return files;
  }

  long bytes() {
    return bytes;
  }

  long skipped() {
    return skipped;
  }

  /** What is read from it is counted. */
  InputStream counted(InputStream from, String name) {
    files++;
    return new FilterInputStream(from) {
      @Override
      public int read() throws IOException {
        int one = in.read();
        count(one < 0 ? 0 : 1, name);
        return one;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        count(Math.max(0, read), name);
        return read;
      }
    };
  }

  private void count(int more, String name) {
    bytes += more;
    long now = System.nanoTime();
    if (now - told > PATIENCE) {
      told = now;
      output.notice(
          "%s in %,d files so far, now %s"
              .formatted(SandboxStatsCommand.bytes(bytes), files, TerminalText.safe(name, false)));
    }
  }

  /** Something that is neither a file nor a folder stays where it is. */
  void skip(String path, String kind) {
    skipped++;
    output.notice("%s is %s and is left out.".formatted(TerminalText.safe(path, false), kind));
  }
}
