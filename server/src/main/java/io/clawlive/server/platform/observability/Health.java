package io.clawlive.server.platform.observability;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Whether the server can do its work at this moment. */
@Singleton
public final class Health {
  private final List<Dependency> dependencies;
  private volatile boolean stopping;

  Health(List<Dependency> dependencies) {
    this.dependencies = dependencies;
  }

  /** Something the server leans on. */
  public interface Dependency {
    /** What it is called, such as {@code postgres}. */
    String name();

    /** Whether the server cannot work without it. */
    boolean required();

    /** Whether it answers. Takes two seconds at most. */
    boolean answers();
  }

  /**
   * What was found.
   *
   * @param ready whether calls should come here
   * @param dependencies each dependency by name, and whether it answers
   * @param stopping whether the server is on its way down
   */
  public record Report(boolean ready, Map<String, Boolean> dependencies, boolean stopping) {}

  /** Asks every dependency. */
  public Report check() {
    var found = new TreeMap<String, Boolean>();
    boolean ready = !stopping;
    for (Dependency dependency : dependencies) {
      boolean answers = dependency.answers();
      found.put(dependency.name(), answers);
      ready &= answers || !dependency.required();
    }
    return new Report(ready, found, stopping);
  }

  /** From now on the server is not ready, so that whoever sends calls here sends them elsewhere. */
  public void stopping() {
    stopping = true;
  }
}
