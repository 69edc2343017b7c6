package io.clawlive.server.sandbox.runtime;

import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxStats;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Runs sandboxes. Knows them by their id alone and remembers nothing that it could ask for, so a
 * server that starts again finds with {@link #list} what the one before it left.
 *
 * <p>Every method ends within a deadline of its own and throws {@link RuntimeRefusal}, which says
 * what went wrong in one of a few ways. All may be called from many threads; they block, and hold
 * no platform thread while they do. Calls for one sandbox come one after the other, but for {@link
 * #exec}, {@link #stats}, {@link #read} and {@link #write}.
 */
public interface SandboxRuntime extends AutoCloseable {

  /** What it is called in the contract: {@code docker} or {@code process}. */
  String name();

  /** What it is and can do, asked of it now. Never throws: what does not answer is not usable. */
  RuntimeReport report();

  /**
   * Why this runtime cannot make such a sandbox, in one sentence. Empty when it can. Looks at the
   * spec alone.
   */
  Optional<String> obstacle(SandboxSpec spec);

  /**
   * Makes what a plan says, without starting it: container, network, volumes. What is there already
   * is taken as it is, so a call that was cut off is repeated.
   */
  void create(SandboxPlan plan);

  /**
   * Starts it, tells it its secrets and returns once its program is about to run. Every byte of its
   * output goes to the sink, from the first one on. Where it runs already it is only followed.
   */
  void start(UUID sandbox, SandboxSecrets secrets, OutputSink output);

  /**
   * Hears the output from now on of one that runs already, after the server was away. Whoever
   * followed before hears {@link OutputSink#closed}. No runtime keeps what was written in between.
   */
  void follow(UUID sandbox, OutputSink output);

  /** Asks it to end, and kills it after the grace. Returns once it has stopped. */
  void stop(UUID sandbox, Duration grace);

  /** Removes everything of it, volumes too, running or not. Nothing there is no error. */
  void remove(UUID sandbox);

  /** Everything here that this installation made, running or not. */
  List<FoundSandbox> list();

  /** What is there of one; empty when nothing is. */
  Optional<FoundSandbox> find(UUID sandbox);

  /** Changes memory, processors and processes of one that may run. */
  void limit(UUID sandbox, SandboxSpec spec);

  /** How much it uses now. Only of one that runs. */
  SandboxStats stats(UUID sandbox);

  /**
   * Hears of sandboxes that end by themselves and of the runtime's own coming and going, until the
   * answer is closed. A hint: whoever needs to know asks {@link #list} too.
   */
  AutoCloseable listen(RuntimeListener listener);

  /** Starts a program in one that runs. */
  RuntimeProcess exec(UUID sandbox, ExecPlan plan, ProcessSink sink);

  /**
   * Reads a file or folder as a tar archive, owners and modes kept: a folder as {@code ./} and what
   * is below it, a file under its own name. The sandbox may run or not.
   *
   * @param path absolute, inside a volume
   */
  InputStream read(UUID sandbox, String path) throws IOException;

  /**
   * Writes a tar archive into a folder, owners and modes kept. What would land outside is refused.
   *
   * @param path absolute, a folder that is there, inside a volume
   */
  void write(UUID sandbox, String path, InputStream tar) throws IOException;

  /** Holds every process of it still, so that its files do not change. */
  void pause(UUID sandbox);

  /** Lets it go on. Does nothing where it is not paused. */
  void resume(UUID sandbox);

  /** Images that can be used without fetching anything; empty where there are no images. */
  Set<String> images();

  /** Whether an image can be used without fetching anything; true where there are no images. */
  boolean hasImage(String image);

  /** Lets go of everything that is followed. Sandboxes that can run without the server run on. */
  @Override
  void close();
}
