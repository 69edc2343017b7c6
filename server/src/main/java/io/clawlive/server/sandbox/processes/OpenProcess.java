package io.clawlive.server.sandbox.processes;

import io.clawlive.sandbox.v1.Process;
import io.clawlive.sandbox.v1.ProcessExited;
import io.clawlive.sandbox.v1.ProcessStarted;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.sandbox.runtime.ExecPlan;
import io.clawlive.server.sandbox.runtime.OutputSink;
import io.clawlive.server.sandbox.runtime.ProcessSink;
import io.clawlive.server.sandbox.runtime.RuntimeProcess;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A process that was started from outside, and how it ended. */
final class OpenProcess implements ProcessSink {
  private static final int UNKNOWN = 255;

  private final ExecPlan plan;
  private final String tag;
  private final Instant startedAt;
  private final ProcessJournal journal;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile @Nullable RuntimeProcess process;
  private volatile @Nullable ProcessExited exited;
  private volatile long endedNanos;
  private long sent;

  OpenProcess(ExecPlan plan, String tag, Instant startedAt, ProcessJournal journal) {
    this.plan = plan;
    this.tag = tag;
    this.startedAt = startedAt;
    this.journal = journal;
  }

  /** It runs. */
  void runs(RuntimeProcess started) {
    process = started;
  }

  /** Whether its pid is known. */
  boolean hasBegun() {
    return process != null;
  }

  private RuntimeProcess process() {
    RuntimeProcess known = process;
    if (known == null) {
      throw new IllegalStateException("a process is used before it runs");
    }
    return known;
  }

  ProcessJournal journal() {
    return journal;
  }

  String tag() {
    return tag;
  }

  int pid() {
    return process().pid();
  }

  /** Whether this is what a caller calls it. */
  boolean isCalled(String pidOrTag) {
    return pidOrTag.equals(tag) || pidOrTag.equals(Integer.toString(pid()));
  }

  boolean hasTerminal() {
    return plan.terminal() != null;
  }

  /** How it ended; null while it runs. */
  @Nullable ProcessExited exited() {
    return exited;
  }

  /** Whether it ended so long ago. */
  boolean endedBefore(long nanos) {
    return exited != null && System.nanoTime() - endedNanos > nanos;
  }

  ProcessStarted started() {
    return ProcessStarted.newBuilder().setPid(pid()).setTag(tag).build();
  }

  Process message() {
    var message =
        Process.newBuilder()
            .setPid(pid())
            .setTag(tag)
            .addAllCommand(plan.command())
            .setStartedAt(Timestamps.of(startedAt))
            .setPosition(journal.position())
            .setTerminal(hasTerminal());
    ProcessExited end = exited;
    if (end != null) {
      message.setExited(end);
    }
    return message.build();
  }

  @Override
  public void output(OutputSink.Channel channel, byte[] bytes) {
    journal.append(channel, bytes);
  }

  @Override
  public void ended(int code) {
    end(
        ProcessExited.newBuilder()
            .setCode(code)
            .setSignal(code > 128 && code <= 192 ? code - 128 : 0)
            .build());
  }

  @Override
  public void lost(String why) {
    end(ProcessExited.newBuilder().setCode(UNKNOWN).setReason(why).build());
  }

  private void end(ProcessExited how) {
    if (exited == null) {
      endedNanos = System.nanoTime();
      exited = how;
      journal.end();
    }
  }

  /**
   * Writes to its input.
   *
   * @param at how many bytes were sent before, or -1 for whatever it is
   * @return how many were sent until now
   */
  long send(byte[] bytes, long at) {
    writing.lock();
    try {
      if (at > sent) {
        throw Refusal.invalidField(
            "position: %,d bytes were sent until now; the ones before %,d are missing."
                .formatted(sent, at),
            "position");
      }
      int known = at < 0 ? 0 : (int) Math.min(bytes.length, sent - at);
      if (exited == null && known < bytes.length) {
        process().input().write(bytes, known, bytes.length - known);
        process().input().flush();
        sent += bytes.length - known;
      }
      return sent;
    } catch (IOException gone) {
      // It ended or closed its input; what it does not read is lost, as in any pipe.
      return sent;
    } finally {
      writing.unlock();
    }
  }

  void endInput() {
    writing.lock();
    try {
      process().input().close();
    } catch (IOException gone) {
      // It has ended.
    } finally {
      writing.unlock();
    }
  }

  void signal(int signal) {
    if (exited == null) {
      process().signal(signal);
    }
  }

  void resize(ExecPlan.TerminalSize size) {
    if (exited == null && hasTerminal()) {
      process().resize(size);
    }
  }
}
