package io.clawlive.server.sandbox.runtime.docker;

import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import io.clawlive.server.sandbox.runtime.FoundSandbox;
import io.clawlive.server.sandbox.runtime.FoundSandbox.Phase;
import io.clawlive.server.sandbox.runtime.RuntimeListener;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How sandboxes ended, and who wants to know. */
final class Deaths implements EngineEvents.Listener, AutoCloseable {
  /** The word about memory may come a moment after the one about the end. */
  private static final long WORD_ABOUT_MEMORY_MILLIS = 200;

  private static final int KILLED = 137;

  private final Set<UUID> outOfMemory = ConcurrentHashMap.newKeySet();
  private final List<RuntimeListener> listeners = new CopyOnWriteArrayList<>();
  private final Function<UUID, Optional<FoundSandbox>> find;
  private final EngineEvents events;

  Deaths(Engine engine, String installation, Function<UUID, Optional<FoundSandbox>> find) {
    this.find = find;
    this.events = new EngineEvents(engine, installation, this);
  }

  AutoCloseable listen(RuntimeListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** It starts anew. */
  void forget(UUID sandbox) {
    outOfMemory.remove(sandbox);
  }

  FoundSandbox found(UUID sandbox, ContainerState state) {
    Phase phase = phase(state);
    Long code = state.getExitCodeLong();
    Integer exitCode = phase == Phase.ENDED && code != null ? code.intValue() : null;
    // A process that was killed need not have been the sandbox's end; and the engine's own flag
    // misses processes that the program started.
    boolean memory =
        exitCode != null
            && exitCode != 0
            && (outOfMemory.contains(sandbox) || Boolean.TRUE.equals(state.getOOMKilled()));
    return new FoundSandbox(sandbox, phase, exitCode, memory, instant(state.getStartedAt()));
  }

  private static Phase phase(ContainerState state) {
    if (Boolean.TRUE.equals(state.getPaused())) {
      return Phase.PAUSED;
    }
    if (Boolean.TRUE.equals(state.getRunning())) {
      return Phase.RUNNING;
    }
    return "created".equals(state.getStatus()) ? Phase.CREATED : Phase.ENDED;
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null || text.startsWith("0001-") ? null : Instant.parse(text);
  }

  @Override
  public void outOfMemory(UUID sandbox) {
    outOfMemory.add(sandbox);
  }

  @Override
  public void died(UUID sandbox) {
    // Not on the thread that hears the events: the engine is asked how it ended.
    Thread.ofVirtual()
        .name("sandbox-ended")
        .start(() -> {
          try {
            FoundSandbox found = find.apply(sandbox).orElse(null);
            if (found != null && Integer.valueOf(KILLED).equals(found.exitCode())) {
              Thread.sleep(WORD_ABOUT_MEMORY_MILLIS);
              found = find.apply(sandbox).orElse(null);
            }
            if (found != null && found.phase() == Phase.ENDED) {
              FoundSandbox ended = found;
              tell(listener -> listener.ended(ended));
            }
          } catch (RuntimeRefusal e) {
            // The engine went away meanwhile; whoever listens asks again once it is back.
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Override
  public void back() {
    tell(RuntimeListener::back);
  }

  private void tell(Consumer<RuntimeListener> what) {
    listeners.forEach(what);
  }

  @Override
  public void close() {
    events.close();
  }
}
