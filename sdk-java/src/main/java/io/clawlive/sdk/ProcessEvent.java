package io.clawlive.sdk;

import com.google.protobuf.ByteString;

/** Something that a process did. */
public sealed interface ProcessEvent {
  /** Bytes that it had written when this was told, all its channels together. */
  long position();

  /**
   * It wrote to its standard output.
   *
   * @param bytes 1 byte to 64 KiB, as they came: lines and characters may be divided
   */
  record Stdout(ByteString bytes, long position) implements ProcessEvent {}

  /**
   * It wrote to its standard error.
   *
   * @param bytes as of {@link Stdout}
   */
  record Stderr(ByteString bytes, long position) implements ProcessEvent {}

  /**
   * It wrote to its terminal, which has only one channel.
   *
   * @param bytes as of {@link Stdout}, with what moves the cursor
   */
  record TerminalOutput(ByteString bytes, long position) implements ProcessEvent {}

  /** It has ended; the last event. */
  record Exited(ProcessExit exit, long position) implements ProcessEvent {}
}
