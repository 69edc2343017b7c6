package io.clawlive.bench.fanout;

import io.clawlive.bench.load.Audience;
import io.clawlive.bench.load.Crowd;
import io.clawlive.bench.load.EventText;
import io.clawlive.bench.target.Account;
import io.clawlive.bench.target.JvmProcess;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.SessionPublisher;
import io.clawlive.streams.v1.StreamServiceGrpc;
import io.clawlive.streams.v1.WatchRequest;
import java.io.IOException;

/** A session of the server under test, with an SDK publisher. Watchers begin at its end. */
final class OurStage implements Stage {
  private final RunningServer server;
  private final EventText text = new EventText();
  private final ClawLive client;
  private final String session;
  private final SessionPublisher publisher;

  OurStage(RunningServer server) throws IOException {
    this.server = server;
    Account account = server.account();
    client = account.connect();
    session = account.newSession(client);
    publisher = client.sessions().publisher(session);
  }

  @Override
  public Audience crowd(int watchers) throws InterruptedException {
    var crowd = new Crowd(server.address());
    crowd.join(StreamServiceGrpc.getWatchMethod(), request(), watchers);
    return crowd;
  }

  /** What each watcher asks for, encoded. */
  byte[] request() {
    return WatchRequest.newBuilder().setStreamId(session).setTail(0).build().toByteArray();
  }

  @Override
  public void publish(long nanoTime) {
    publisher.log(text.line(nanoTime));
  }

  @Override
  public JvmProcess jvm() {
    return server.jvm();
  }

  @Override
  public void close() {
    publisher.close();
    client.close();
  }
}
