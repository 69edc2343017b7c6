package io.clawlive.sdk;

import com.google.protobuf.ByteString;
import io.clawlive.streams.v1.AlertKind;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.ProofKind;
import io.clawlive.streams.v1.StatusState;
import java.util.List;

/** What happened. A kind that this version does not know arrives as {@link Unknown}. */
public sealed interface EventPayload {

  /** The contract's field name: {@code thought}, {@code log}, {@code proof} and so on. */
  String kind();

  /**
   * A thought of the agent.
   *
   * @param text plain text or Markdown
   * @param tags at most 16
   */
  record Thought(String text, List<String> tags) implements EventPayload {
    @Override
    public String kind() {
      return "thought";
    }
  }

  /**
   * A line of a log.
   *
   * @param level never unspecified: unset is read as info
   * @param module part of the program, may be empty
   * @param line without its end; may hold ANSI colour codes
   * @param continued whether the line goes on in the producer's next log event
   */
  record LogLine(LogLevel level, String module, String line, boolean continued)
      implements EventPayload {
    @Override
    public String kind() {
      return "log";
    }
  }

  /**
   * Evidence of work.
   *
   * @param proofKind what it shows
   * @param sha Git object name of a commit, else empty
   * @param message what was done, may be empty
   * @param url where to look, may be empty
   */
  record Proof(ProofKind proofKind, String sha, String message, String url)
      implements EventPayload {
    @Override
    public String kind() {
      return "proof";
    }
  }

  /**
   * A message to whoever is there.
   *
   * @param user name shown for the sender, may be empty
   * @param message Markdown
   * @param reactions emoji
   */
  record Chat(String user, String message, List<String> reactions) implements EventPayload {
    @Override
    public String kind() {
      return "chat";
    }
  }

  /**
   * A change in the life of the session.
   *
   * @param state state entered
   * @param reason may be empty
   */
  record Status(StatusState state, String reason) implements EventPayload {
    @Override
    public String kind() {
      return "status";
    }
  }

  /**
   * Something the server noticed.
   *
   * @param alertKind what
   * @param message one sentence
   */
  record Alert(AlertKind alertKind, String message) implements EventPayload {
    @Override
    public String kind() {
      return "alert";
    }
  }

  /**
   * What somebody thinks of a chat message. The last one of actor, message and emoji holds.
   *
   * @param sequence the chat event on the same stream
   * @param emoji one emoji
   * @param removed true when it is taken back
   */
  record Reaction(long sequence, String emoji, boolean removed) implements EventPayload {
    @Override
    public String kind() {
      return "reaction";
    }
  }

  /**
   * Something the work made that a viewer can fetch.
   *
   * @param artifactKind what it is
   * @param name name shown to people, may be empty
   * @param url where to fetch it, may be empty
   * @param hash hash of its bytes or a commit's object name, may be empty
   * @param mediaType such as "image/png", may be empty
   */
  record Artifact(ArtifactKind artifactKind, String name, String url, String hash, String mediaType)
      implements EventPayload {
    @Override
    public String kind() {
      return "artifact";
    }
  }

  /**
   * A kind of a newer contract.
   *
   * @param field its field number in the contract, 0 when the event has no payload
   * @param bytes the encoded payload
   */
  record Unknown(int field, ByteString bytes) implements EventPayload {
    @Override
    public String kind() {
      return "unknown:" + field;
    }
  }
}
