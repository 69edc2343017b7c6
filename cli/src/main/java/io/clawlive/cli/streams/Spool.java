package io.clawlive.cli.streams;

import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.home.Home;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.ConnectionChange;
import io.clawlive.sdk.PublisherOptions;
import io.clawlive.sdk.SessionPublisher;
import io.clawlive.sdk.UnavailableException;
import io.clawlive.streams.v1.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A publisher whose unacknowledged events lie in {@code CLAWLIVE_HOME/spool/SERVER/SESSION/N}. What
 * a killed process left there is sent by the next writer to the same session; several writers at
 * once use folders of their own. Folders are chosen and removed under the lock of CLAWLIVE_HOME.
 */
final class Spool implements AutoCloseable {
  private record Part(Path folder, SessionPublisher publisher) {}

  private final Home home;
  private final OutputOptions output;
  private final List<Part> parts;

  private Spool(Home home, OutputOptions output, List<Part> parts) {
    this.home = home;
    this.output = output;
    this.parts = parts;
  }

  /** Opens a free folder, and every folder that holds events nobody is sending. */
  static Spool open(
      ClawLive client,
      SessionChoice choice,
      OutputOptions output,
      Consumer<ConnectionChange> onConnection) {
    Home home = choice.target().home();
    Path session =
        home.folder("spool")
            .resolve(choice.target().server().replaceAll("[^A-Za-z0-9.-]", "_"))
            .resolve(choice.sessionId());
    PublisherOptions options =
        PublisherOptions.defaults()
            .withCloseTimeout(Duration.ofSeconds(2))
            .onConnection(onConnection);
    List<Part> parts = home.locked(() -> parts(client, choice.sessionId(), session, options));
    Spool spool = new Spool(home, output, parts);
    if (spool.pending() > 0) {
      output.notice(
          "%d events of an earlier run may not have reached the server; they are sent now."
              .formatted(spool.pending()));
    }
    return spool;
  }

  private static List<Part> parts(
      ClawLive client, String sessionId, Path session, PublisherOptions options) {
    List<Part> parts = new ArrayList<>();
    List<Path> folders = new ArrayList<>(existing(session));
    int next = folders.isEmpty() ? 0 : number(folders.getLast()) + 1;
    for (Path folder : folders) {
      open(client, sessionId, folder, options).ifPresent(parts::add);
    }
    if (parts.isEmpty()) {
      Path fresh = session.resolve(Integer.toString(next));
      open(client, sessionId, fresh, options).ifPresent(parts::add);
    }
    return parts;
  }

  private static Optional<Part> open(
      ClawLive client, String sessionId, Path folder, PublisherOptions options) {
    try {
      return Optional.of(
          new Part(folder, client.sessions().publisher(sessionId, options.withSpool(folder))));
    } catch (UnavailableException e) {
      if (e.reason().equals("SPOOL_IN_USE")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  void publish(Event event) {
    parts.getFirst().publisher().event(event);
  }

  /** Events that are not acknowledged yet. */
  long pending() {
    return parts.stream().mapToLong(part -> part.publisher().pending()).sum();
  }

  /** Waits until everything is committed; throws what the publisher throws when it is not. */
  void flush(Duration timeout) {
    for (Part part : parts) {
      part.publisher().flush(timeout);
    }
  }

  /** Ends the calls. What is not acknowledged stays on disk, and is told. */
  @Override
  public void close() {
    long left = 0;
    for (Part part : parts) {
      try {
        part.publisher().close();
      } finally {
        left += finish(part);
      }
    }
    if (left > 0) {
      output.notice(
          "%d events are kept in %s and are sent by the next 'clawlive pipe' into this session."
              .formatted(left, parts.getFirst().folder().getParent()));
    }
  }

  private long finish(Part part) {
    long pending = part.publisher().pending();
    if (pending == 0) {
      home.locked(() -> remove(part.folder()));
    }
    return pending;
  }

  private static boolean remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
      Files.delete(folder.getParent());
      return true;
    } catch (IOException e) {
      return false; // Another writer's folder is beside it, or the disk objects; nothing is lost.
    }
  }

  private static List<Path> existing(Path session) {
    if (!Files.isDirectory(session)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(session)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("\\d{1,6}"))
          .sorted(Comparator.comparingInt(Spool::number))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(Path folder) {
    return Integer.parseInt(folder.getFileName().toString());
  }
}
