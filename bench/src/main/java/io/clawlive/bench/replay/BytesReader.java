package io.clawlive.bench.replay;

import io.clawlive.bench.load.Crowd;
import io.clawlive.live.v1.ReplayRequest;
import io.clawlive.live.v1.SessionServiceGrpc;

/** Replays without making objects of the events: what the server gives, not what a client costs. */
final class BytesReader implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Crowd reader;

  BytesReader(String address) {
    reader = new Crowd(address);
  }

  /** Gives events a second. */
  double replay(LongSession session) throws InterruptedException {
    byte[] request = ReplayRequest.newBuilder().setSessionId(session.id()).build().toByteArray();
    long before = reader.delivered();
    long begin = System.nanoTime();
    reader.readToEnd(SessionServiceGrpc.getReplayMethod(), request, PATIENCE_SECONDS);
    session.requireWhole(reader.delivered() - before);
    return session.events() / ((System.nanoTime() - begin) / 1e9);
  }

  @Override
  public void close() throws InterruptedException {
    reader.close();
  }
}
