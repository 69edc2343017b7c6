package io.clawlive.server.platform.postgres.embedded;

import io.clawlive.server.platform.postgres.embedded.EmbeddedPostgresException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL on a data directory of the server, for this machine only.
 *
 * <p>What it confirms is on the disk. It survives a killed server, which takes it over at its next
 * start, and is started again when it is killed itself. While this object is open no other server
 * works on the directory.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

  private final DirectoryLock lock;
  private final Instance instance;
  private final Supervisor supervisor;
  private final int port;
  private final String password;
  private boolean closed;

  private EmbeddedPostgres(
      DirectoryLock lock, Instance instance, Supervisor supervisor, int port, String password) {
    this.lock = lock;
    this.instance = instance;
    this.supervisor = supervisor;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts it with the defaults of {@link EmbeddedPostgresSettings}.
   *
   * @throws EmbeddedPostgresException with a reason, when it cannot run
   */
  public static EmbeddedPostgres start(Path dataDirectory) {
    return start(EmbeddedPostgresSettings.of(dataDirectory));
  }

  /**
   * Starts it, or takes over the one that a killed server left, and returns once it takes
   * connections.
   *
   * @throws EmbeddedPostgresException with a reason, when it cannot run
   */
  public static EmbeddedPostgres start(EmbeddedPostgresSettings settings) {
    DataDirectory directory = DataDirectory.open(settings.data());
    DirectoryLock lock = DirectoryLock.take(directory.root());
    try {
      EmbeddedPostgres started = start(settings, directory, lock);
      started.supervisor.begin();
      return started;
    } catch (IOException e) {
      lock.close();
      throw Trouble.writing(directory.root(), e);
    } catch (InterruptedException e) {
      lock.close();
      Thread.currentThread().interrupt();
      throw new EmbeddedPostgresException(
          Reason.NOT_STARTED, "The start of PostgreSQL was interrupted.", e);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedPostgres start(
      EmbeddedPostgresSettings settings, DataDirectory directory, DirectoryLock lock)
      throws IOException, InterruptedException {
    PostgresRuntime runtime = PostgresRuntime.in(settings.runtime());
    RunAs user = RunAs.choose(directory, runtime);
    var cluster = new Cluster(directory, runtime);
    if (!cluster.exists()) {
      LOG.info(
          "making a new PostgreSQL {} data directory in {}", runtime.version(), directory.root());
      cluster.create(user);
    }
    cluster.requireUsable();
    cluster.writeSettings(user);
    String password = cluster.password();
    var postmaster = new Postmaster(directory, runtime, user);
    var instance =
        new Instance(directory, postmaster, new Database(password), settings.startTimeout());
    PostmasterFile up = instance.bringUp(settings.port());
    var supervisor = new Supervisor(instance, postmaster, up);
    return new EmbeddedPostgres(lock, instance, supervisor, up.port(), password);
  }

  /** Where the database is, without user and password; stays the same until this is closed. */
  public String jdbcUrl() {
    return Database.url(port);
  }

  /** The owner of the database. */
  public String user() {
    return Cluster.USER;
  }

  /** A secret: never print it. */
  public String password() {
    return password;
  }

  /** On 127.0.0.1. */
  public int port() {
    return port;
  }

  @Override
  public String toString() {
    return "EmbeddedPostgres[" + jdbcUrl() + "]";
  }

  /** Stops PostgreSQL, in less than half a minute, and lets the directory go. Once is enough. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // An interrupted thread could not wait for the end, and PostgreSQL would be left running.
    boolean interrupted = Thread.interrupted();
    try {
      supervisor.close();
      instance.stop();
    } catch (IOException | EmbeddedPostgresException e) {
      LOG.warn("PostgreSQL was not stopped: {}", e.getMessage());
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      lock.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
