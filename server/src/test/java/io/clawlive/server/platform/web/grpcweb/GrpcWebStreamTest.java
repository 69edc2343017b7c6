package io.clawlive.server.platform.web.grpcweb;

import static io.clawlive.server.testing.Events.log;
import static io.clawlive.server.testing.Events.logs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.streams.Audiences;
import io.clawlive.server.streams.StreamsDrain;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Memory;
import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.RawHttp;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.WebChannel;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.WatchRequest;
import io.clawlive.streams.v1.WatchResponse;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Streams to browsers: they end with their connection and cost nothing that grows. */
final class GrpcWebStreamTest {
  private static final String WATCH = "/clawlive.streams.v1.StreamService/Watch";
  private static final String BINARY = "application/grpc-web+proto";

  @AutoClose private static final TestServer server = TestServer.start();
  @AutoClose private static final WebChannel channel = WebChannel.binary(server.web());
  private static final Worker worker = server.worker("streaming");

  @Test
  void aTabThatIsClosedEndsItsWatch() throws Exception {
    String stream = worker.stream();
    var tabs = new ArrayList<RawHttp>();
    for (int i = 0; i < 20; i++) {
      tabs.add(watching(stream, 0));
    }
    awaitWatching(stream, 20);
    for (RawHttp tab : tabs.subList(0, 10)) {
      tab.close();
    }
    awaitWatching(stream, 10);
    for (RawHttp tab : tabs.subList(10, 20)) {
      tab.abort();
    }
    awaitWatching(stream, 0);
  }

  @Test
  void aTabThatIsClosedInTheMiddleOfAFloodEndsItsWatch() throws Exception {
    String stream = worker.stream();
    RawHttp tab = watching(stream, 16 << 10);
    try (Publishing call = worker.publish(stream, "p")) {
      call.publishAll(1, 5_000, n -> log(n, "x".repeat(500)));
      awaitWatching(stream, 1);
      tab.abort();
      awaitWatching(stream, 0);
    }
  }

  @Test
  void aCancelledCallEndsItsWatch() {
    String stream = worker.stream();
    try (Watching watch = new Client(channel, null).watch(stream)) {
      watch.until(MarkCase.CAUGHT_UP);
      awaitWatching(stream, 1);
    }
    awaitWatching(stream, 0);
  }

  @Test
  void readersThatStopCostNoMemoryThatGrowsAndLaterGetEverything() throws Exception {
    String stream = worker.stream();
    var stopped = new ArrayList<RawHttp>();
    try (Publishing call = worker.publish(stream, "p")) {
      for (int i = 0; i < 10; i++) {
        stopped.add(watching(stream, 16 << 10));
      }
      awaitWatching(stream, 10);
      call.publishAll(1, 10_000, n -> log(n, "x".repeat(180)));
      for (int i = 0; i < 10; i++) {
        // These have a backlog to read, and do not begin.
        stopped.add(watching(stream, 16 << 10));
      }
      Memory early = Memory.used();
      call.publishAll(10_001, 50_000, n -> log(n, "x".repeat(180)));
      Memory late = Memory.used();

      long heap = (late.heap() - early.heap()) >> 20;
      assertTrue(heap < 6, () -> "the heap has grown by " + heap + " MiB");
      long buffers = (late.buffers() - early.buffers()) >> 20;
      assertTrue(buffers < 16, () -> "the network's buffers have grown by " + buffers + " MiB");
    }
    worker.end(stream);
    for (RawHttp reader : stopped) {
      assertEquals(50_002, countToEnd(reader));
      reader.close();
    }
  }

  @Test
  void aLongHistoryComesWhole() throws Exception {
    String stream = worker.stream();
    worker.append(stream, "p", logs(1, 1_000));
    var messages = new ArrayList<WatchResponse>();
    try (Watching watch = new Client(channel, null).watch(stream)) {
      while (messages.isEmpty() || messages.getLast().getMarkCase() != MarkCase.CAUGHT_UP) {
        messages.add(watch.next());
      }
    }
    assertEquals(1_001, messages.stream().mapToInt(WatchResponse::getEventsCount).sum());
  }

  @Test
  void aServerThatStopsSendsStreamsAwayAtOnce() {
    List<Watching> watches = new ArrayList<>();
    long begun;
    try (TestServer stopping = TestServer.start();
        WebChannel line = WebChannel.binary(stopping.web())) {
      String stream = stopping.worker("stopping").stream();
      for (int i = 0; i < 5; i++) {
        Watching watch = new Client(line, null).watch(stream);
        watch.until(MarkCase.CAUGHT_UP);
        watches.add(watch);
      }
      begun = System.nanoTime();
      stopping.bean(StreamsDrain.class).drain();
      watches.forEach(watch ->
          Refused.with(
              ErrorReason.ERROR_REASON_SERVER_STOPPING, () -> watch.until(MarkCase.ENDED)));
    }
    long millis = (System.nanoTime() - begun) / 1_000_000;
    assertTrue(millis < 3_000, () -> millis + " ms to stop");
  }

  /** A connection on which a watch was asked for, and its answer's head was read. */
  private static RawHttp watching(String stream, int receiveBuffer) throws IOException {
    byte[] request = WatchRequest.newBuilder().setStreamId(stream).build().toByteArray();
    byte[] body =
        ByteBuffer.allocate(5 + request.length)
            .put((byte) 0)
            .putInt(request.length)
            .put(request)
            .array();
    RawHttp line = RawHttp.to(server.web(), receiveBuffer).post(WATCH, BINARY, body);
    assertTrue(line.head().startsWith("http/1.1 200"));
    return line;
  }

  /** Reads all chunks of an answer and gives the sequence of the last event. */
  private static long countToEnd(RawHttp reader) throws IOException {
    var frames = new DataInputStream(new Chunks(reader.in()));
    long last = -1;
    while (true) {
      int flags = frames.readUnsignedByte();
      byte[] content = frames.readNBytes(frames.readInt());
      if (flags == 0x80) {
        return last;
      }
      for (var event : WatchResponse.parseFrom(content).getEventsList()) {
        assertTrue(last < 0 || event.getSequence() == last + 1, "a hole");
        last = event.getSequence();
      }
    }
  }

  private static void awaitWatching(String stream, int expected) {
    Together.soon(
        expected + " watchers",
        Duration.ofSeconds(2),
        () -> server.bean(Audiences.class).watching(UUID.fromString(stream)) == expected);
  }

  /** The body of an answer in chunks. */
  private static final class Chunks extends InputStream {
    private final InputStream in;
    private int left;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      if (left == 0) {
        String line = line();
        left = Integer.parseInt(line.isEmpty() ? line() : line, 16);
        if (left == 0) {
          return -1;
        }
      }
      left--;
      return in.read();
    }

    private String line() throws IOException {
      var line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the connection ended in the middle of a body");
        }
        line.append((char) c);
      }
      return line.toString().strip();
    }
  }
}
