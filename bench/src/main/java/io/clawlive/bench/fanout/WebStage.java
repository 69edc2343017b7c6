package io.clawlive.bench.fanout;

import io.clawlive.bench.load.Audience;
import io.clawlive.bench.load.WebCrowd;
import io.clawlive.bench.target.JvmProcess;
import io.clawlive.bench.target.RunningServer;
import io.clawlive.streams.v1.StreamServiceGrpc;
import java.io.IOException;

/** The same session and publisher, watched through the web door. */
final class WebStage implements Stage {
  private final RunningServer server;
  private final OurStage session;

  WebStage(RunningServer server) throws IOException {
    this.server = server;
    this.session = new OurStage(server);
  }

  @Override
  public Audience crowd(int watchers) throws InterruptedException {
    var crowd = new WebCrowd(server.web());
    crowd.join(StreamServiceGrpc.getWatchMethod().getFullMethodName(), session.request(), watchers);
    return crowd;
  }

  @Override
  public void publish(long nanoTime) {
    session.publish(nanoTime);
  }

  @Override
  public JvmProcess jvm() {
    return server.jvm();
  }

  @Override
  public void close() {
    session.close();
  }
}
