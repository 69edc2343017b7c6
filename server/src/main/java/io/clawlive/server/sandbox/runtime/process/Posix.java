package io.clawlive.server.sandbox.runtime.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** What Linux offers and Java does not: terminals and named pipes. */
final class Posix {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final int O_RDWR_NOCTTY_CLOEXEC = 2 | 0x100 | 0x80000;
  private static final long TIOCSWINSZ = 0x5414;
  private static final short POLLIN = 1;

  private static final MethodHandle MKFIFO = function("mkfifo", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle POSIX_OPENPT = function("posix_openpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle GRANTPT = function("grantpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle UNLOCKPT = function("unlockpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle PTSNAME =
      function("ptsname_r", JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle POLL = function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle READ =
      function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE =
      function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle IOCTL =
      LINKER.downcallHandle(
          LINKER.defaultLookup().find("ioctl").orElseThrow(),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2));

  private Posix() {}

  private static MethodHandle function(
      String name, java.lang.foreign.MemoryLayout result, java.lang.foreign.MemoryLayout... args) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find(name).orElseThrow(), FunctionDescriptor.of(result, args));
  }

  static void mkfifo(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      require((int) MKFIFO.invokeExact(arena.allocateFrom(path.toString()), 0600), "mkfifo");
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** A new terminal's other side. */
  static int openTerminal() throws IOException {
    try {
      int fd = require((int) POSIX_OPENPT.invokeExact(O_RDWR_NOCTTY_CLOEXEC), "posix_openpt");
      require((int) GRANTPT.invokeExact(fd), "grantpt");
      require((int) UNLOCKPT.invokeExact(fd), "unlockpt");
      return fd;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The terminal's name, for whoever is to sit at it. */
  static String terminalName(int fd) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(128);
      require((int) PTSNAME.invokeExact(fd, name, name.byteSize()), "ptsname_r");
      return name.getString(0);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static void resizeTerminal(int fd, int columns, int rows) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(8, 2);
      size.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) rows);
      size.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) columns);
      require((int) IOCTL.invokeExact(fd, TIOCSWINSZ, size), "ioctl");
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Whether there is something to read or the other side is gone, waiting so long for it. */
  static boolean readable(int fd, int millis) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(8, 4);
      poll.set(JAVA_INT, 0, fd);
      poll.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
      return (int) POLL.invokeExact(poll, 1L, millis) > 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Reads what is there; nothing at the end. Waits where nothing is there. */
  static byte[] read(int fd, int most) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(most);
      long n = (long) READ.invokeExact(fd, buffer, (long) most);
      // A terminal at which nobody sits any more answers with an error, which is its end.
      return n <= 0 ? new byte[0] : buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static void write(int fd, byte[] bytes, int offset, int length) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(Math.max(1, length));
      MemorySegment.copy(bytes, offset, buffer, ValueLayout.JAVA_BYTE, 0, length);
      for (long done = 0; done < length; ) {
        long n = (long) WRITE.invokeExact(fd, buffer.asSlice(done), length - done);
        if (n <= 0) {
          throw new IOException("The terminal takes nothing any more.");
        }
        done += n;
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static void close(int fd) throws IOException {
    try {
      require((int) CLOSE.invokeExact(fd), "close");
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static int require(int result, String what) throws IOException {
    if (result < 0) {
      throw new IOException(what + " failed");
    }
    return result;
  }

  private static IOException failed(Throwable e) {
    return switch (e) {
      case IOException io -> io;
      case Error error -> throw error;
      case RuntimeException runtime -> throw runtime;
      default -> new IOException(e);
    };
  }
}
