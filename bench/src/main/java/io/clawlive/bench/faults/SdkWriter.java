package io.clawlive.bench.faults;

import io.clawlive.bench.target.Account;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.PublisherOptions;
import io.clawlive.sdk.SessionPublisher;
import java.time.Duration;

/** An SDK publisher as any agent has it. Its own numbers and the lines' are the same. */
final class SdkWriter implements Writer {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String name;
  private final ClawLive client;
  private final SessionPublisher publisher;
  private long number;

  SdkWriter(String name, Account account, String session) {
    this.name = name;
    client = account.connect();
    publisher =
        client
            .sessions()
            .publisher(session, PublisherOptions.defaults().withCloseTimeout(PATIENCE));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void write() {
    number++;
    publisher.log(new Line(name, number).text());
  }

  @Override
  public long acknowledged() {
    return publisher.committed();
  }

  @Override
  public void close() {
    publisher.close();
    client.close();
  }
}
