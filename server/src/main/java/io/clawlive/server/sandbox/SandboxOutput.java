package io.clawlive.server.sandbox;

import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.sandbox.runtime.OutputSink;
import io.clawlive.server.streams.EventLog;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.LogLine;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what a sandbox says into the log, line by line and losing nothing: whoever hands it bytes
 * waits until they are stored, and so, in the end, does the sandbox. A line that has not ended when
 * nothing more comes for the moment is written once its end or its longest comes.
 */
final class SandboxOutput implements OutputSink {
  private static final Logger LOG = LoggerFactory.getLogger(SandboxOutput.class);
  private static final int MOST_EVENTS = 500;
  private static final int MOST_BYTES = 512 << 10;
  private static final long RETRY_MILLIS = 500;

  private final UUID sandbox;
  private final EventLog log;
  private final List<String> hidden;
  private final Runnable onClosed;
  private final String producer = "output." + UUID.randomUUID();
  private final Map<Channel, LineCutter> cutters = new EnumMap<>(Channel.class);
  private final List<Event> waiting = new ArrayList<>();
  private int waitingBytes;
  private long number;
  private volatile boolean ended;

  /**
   * An output of one start.
   *
   * @param hidden texts that are masked in every line
   * @param onClosed runs when nothing more comes
   */
  SandboxOutput(UUID sandbox, EventLog log, List<String> hidden, Runnable onClosed) {
    this.sandbox = sandbox;
    this.log = log;
    this.hidden = hidden;
    this.onClosed = onClosed;
    for (Channel channel : Channel.values()) {
      cutters.put(channel, new LineCutter((line, continued) -> add(channel, line, continued)));
    }
  }

  @Override
  public void output(Channel channel, byte[] bytes) {
    if (!ended) {
      cutters.get(channel).take(bytes);
      flush();
    }
  }

  @Override
  public void closed() {
    if (!ended) {
      cutters.values().forEach(LineCutter::finish);
      flush();
    }
    onClosed.run();
  }

  private void add(Channel channel, String line, boolean continued) {
    waiting.add(
        Event.newBuilder()
            .setProducerSequence(++number)
            .setLog(
                LogLine.newBuilder()
                    .setLevel(
                        channel == Channel.STDERR
                            ? LogLevel.LOG_LEVEL_WARN
                            : LogLevel.LOG_LEVEL_INFO)
                    .setModule(channel.name().toLowerCase(Locale.ROOT))
                    .setLine(masked(line))
                    .setContinued(continued))
            .build());
    waitingBytes += line.length() * 2;
    if (waiting.size() >= MOST_EVENTS || waitingBytes >= MOST_BYTES) {
      flush();
    }
  }

  private String masked(String line) {
    String masked = line;
    for (String text : hidden) {
      masked = masked.replace(text, "[masked:secret]");
    }
    return masked;
  }

  /** Stores what waits. While that cannot be done it is tried again: the bytes are nowhere else. */
  private void flush() {
    while (!waiting.isEmpty() && !ended) {
      try {
        log.appendAll(sandbox, producer, waiting, SandboxChanges.SERVER);
        waiting.clear();
        waitingBytes = 0;
      } catch (Refusal refused) {
        switch (refused.reason()) {
          case ERROR_REASON_STREAM_ENDED, ERROR_REASON_STREAM_NOT_FOUND -> ended = true;
          default -> again(refused);
        }
      } catch (RuntimeException e) {
        again(e);
      }
    }
  }

  private void again(RuntimeException cause) {
    LOG.warn("the output of sandbox {} could not be stored yet: {}", sandbox, cause.getMessage());
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = true;
    }
  }
}
