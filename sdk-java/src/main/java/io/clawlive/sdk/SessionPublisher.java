package io.clawlive.sdk;

import io.clawlive.sdk.internal.EventRules;
import io.clawlive.sdk.internal.PublishLink;
import io.clawlive.sdk.internal.Transport;
import io.clawlive.streams.v1.Artifact;
import io.clawlive.streams.v1.Chat;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.Proof;
import io.clawlive.streams.v1.ProofKind;
import io.clawlive.streams.v1.Thought;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Publishes events into a session, in order, none lost and none twice, over any number of lost
 * connections and server restarts.
 *
 * <p>Every call numbers its event, puts it into the buffer and returns the number; it does not wait
 * for the server. Events go out at once while nothing is on its way and are gathered while
 * something is. Each stays in the buffer until the server says that it is committed; after a lost
 * connection the publisher asks what is committed and sends the rest again. While it is open the
 * session counts as alive.
 *
 * <p>Use it from any thread; events of one thread keep their order. A failure that no retry can
 * mend (ended session, wrong owner, bad credential) is thrown from the next call of any method.
 * Interrupting a waiting call throws {@link java.util.concurrent.CancellationException} and keeps
 * the interrupt flag.
 */
public final class SessionPublisher implements AutoCloseable {
  private final PublishLink link;

  SessionPublisher(Transport transport, String sessionId, PublisherOptions options) {
    link = new PublishLink(transport, sessionId, options);
    link.connect();
  }

  /**
   * Publishes a thought.
   *
   * @param text at most 64 KiB of UTF-8, plain or Markdown
   * @param tags at most 16, each 1 to 64 characters
   * @return the event's number within this producer
   * @throws InvalidRequestException when a limit is broken; nothing is published
   * @throws UnavailableException with reason BUFFER_FULL when the buffer is full and the options
   *     say FAIL
   */
  public long thought(String text, String... tags) {
    return event(
        Event.newBuilder()
            .setThought(Thought.newBuilder().setText(text).addAllTags(List.of(tags)))
            .build());
  }

  /**
   * Publishes a log line of level info.
   *
   * @param line without its end, at most 64 KiB of UTF-8
   */
  public long log(String line) {
    return log(LogLevel.LOG_LEVEL_INFO, "", line);
  }

  /** Publishes a log line. */
  public long log(LogLevel level, String line) {
    return log(level, "", line);
  }

  /**
   * Publishes a log line.
   *
   * @param module part of the program, at most 128 characters, may be empty
   */
  public long log(LogLevel level, String module, String line) {
    return event(
        Event.newBuilder()
            .setLog(LogLine.newBuilder().setLevel(level).setModule(module).setLine(line))
            .build());
  }

  /** Publishes evidence other than a commit. */
  public long proof(ProofKind kind, String message, String url) {
    return proof(Proof.newBuilder().setKind(kind).setMessage(message).setUrl(url).build());
  }

  /**
   * Publishes a commit as evidence.
   *
   * @param sha 4 to 64 lower-case hexadecimal digits
   */
  public long commit(String sha, String message) {
    return proof(
        Proof.newBuilder()
            .setKind(ProofKind.PROOF_KIND_COMMIT)
            .setSha(sha)
            .setMessage(message)
            .build());
  }

  /** Publishes evidence. */
  public long proof(Proof proof) {
    return event(Event.newBuilder().setProof(proof).build());
  }

  /** Publishes something the work made: a commit, a deployment, a picture, a file. */
  public long artifact(Artifact artifact) {
    return event(Event.newBuilder().setArtifact(artifact).build());
  }

  /** Publishes a message to the audience, 1 to 4,000 characters. */
  public long chat(String user, String message) {
    return event(
        Event.newBuilder().setChat(Chat.newBuilder().setUser(user).setMessage(message)).build());
  }

  /**
   * Publishes any event that a client may write. Its producer sequence is set here; without an
   * {@code occurred_at} it gets the present time.
   *
   * @throws InvalidRequestException when it breaks a rule of the contract
   */
  public long event(Event event) {
    EventRules.check(event);
    return link.publish(event);
  }

  /** Completes when everything published so far is committed or given up by DROP_OLDEST. */
  public CompletableFuture<Void> flushed() {
    return link.flushed();
  }

  /**
   * Waits until everything published so far is committed.
   *
   * @throws UnavailableException with reason TIMEOUT when that takes longer; the events stay
   */
  public void flush(Duration timeout) {
    link.flush(timeout);
  }

  /** Name of this publisher's numbering. */
  public String producerId() {
    return link.producerId();
  }

  /** Highest number the server has acknowledged, 0 before the first. */
  public long committed() {
    return link.committed();
  }

  /** Events that are not acknowledged yet, those on disk included. */
  public long pending() {
    return link.pending();
  }

  /** Events given up by {@link Overflow#DROP_OLDEST}. */
  public long dropped() {
    return link.dropped();
  }

  /** How the connection stands. */
  public ConnectionState state() {
    return link.state();
  }

  /**
   * Flushes, at most as long as the options say, and ends the call. With a spool, what is not
   * acknowledged by then stays on disk for the next publisher with the same spool.
   *
   * @throws UnavailableException with reason TIMEOUT when events are left and there is no spool
   */
  @Override
  public void close() {
    link.close();
  }
}
