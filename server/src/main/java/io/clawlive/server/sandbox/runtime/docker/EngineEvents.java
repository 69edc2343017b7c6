package io.clawlive.server.sandbox.runtime.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import java.io.Closeable;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Listens to the engine for as long as the runtime is open, and again after it was away. */
final class EngineEvents implements AutoCloseable {
  private static final long PAUSE_MILLIS = 500;

  /** What of the engine's events matters. */
  interface Listener {
    /** A process of the sandbox was killed for want of memory. */
    void outOfMemory(UUID sandbox);

    /** A sandbox's program has ended. */
    void died(UUID sandbox);

    /** Events come again, after some may have been missed. */
    void back();
  }

  private final Engine engine;
  private final String installation;
  private final Listener listener;
  private final Thread thread;
  private volatile boolean closed;

  EngineEvents(Engine engine, String installation, Listener listener) {
    this.engine = engine;
    this.installation = installation;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("engine-events").start(this::listen);
  }

  private void listen() {
    boolean first = true;
    while (!closed) {
      Events events = new Events();
      try {
        engine.stream(client ->
            client
                .eventsCmd()
                .withLabelFilter(Names.SERVER + "=" + installation)
                .withEventFilter("die", "oom")
                .exec(events));
        // Only an engine that answers has anything to say, or ended what it had.
        engine.call(client -> client.pingCmd().exec());
        if (!first) {
          listener.back();
        }
        events.over.await();
        first = false;
      } catch (RuntimeRefusal e) {
        first = false;
      } catch (InterruptedException e) {
        return;
      } finally {
        events.stop();
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void hear(Event event) {
    var actor = event.getActor();
    String sandbox =
        actor == null || actor.getAttributes() == null
            ? null
            : actor.getAttributes().get(Names.SANDBOX);
    if (sandbox == null || actor.getAttributes().containsKey(Names.HELPER)) {
      return;
    }
    if ("oom".equals(event.getAction())) {
      listener.outOfMemory(UUID.fromString(sandbox));
    } else if ("die".equals(event.getAction())) {
      listener.died(UUID.fromString(sandbox));
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private final class Events implements ResultCallback<Event> {
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable Closeable stream;

    @Override
    public void onStart(Closeable closeable) {
      stream = closeable;
    }

    @Override
    public void onNext(Event event) {
      hear(event);
    }

    @Override
    public void onError(Throwable throwable) {
      over.countDown();
    }

    @Override
    public void onComplete() {
      over.countDown();
    }

    @Override
    public void close() {
      over.countDown();
    }

    void stop() {
      Closeable open = stream;
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          // It is over either way.
        }
      }
    }
  }
}
