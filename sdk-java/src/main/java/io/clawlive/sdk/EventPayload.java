package io.clawlive.sdk;

import com.google.protobuf.ByteString;
import io.clawlive.streams.v1.AlertKind;
import io.clawlive.streams.v1.ApprovalChange;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.ChatChange;
import io.clawlive.streams.v1.ChatVisibility;
import io.clawlive.streams.v1.InvitationChange;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.MemberChange;
import io.clawlive.streams.v1.Party;
import io.clawlive.streams.v1.PresenceChange;
import io.clawlive.streams.v1.ProofKind;
import io.clawlive.streams.v1.RoomChange;
import io.clawlive.streams.v1.SandboxChange;
import io.clawlive.streams.v1.StatusState;
import io.clawlive.streams.v1.Steering;
import io.clawlive.streams.v1.TaskChange;
import io.clawlive.streams.v1.TaskProgress;
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
   * A message of a person or agent.
   *
   * @param user name shown for the sender
   * @param message Markdown
   * @param reactions emoji that came with it
   * @param visibility who may read it; unspecified means everybody who may see the stream
   * @param recipients whom a direct message is for, else empty
   * @param mentions whom it names, as the server read it; empty beside a session
   * @param thread sequence of the message that began the thread this one answers in; 0 for none
   * @param fromSpectator whether somebody wrote it who only looks on
   */
  record Chat(
      String user,
      String message,
      List<String> reactions,
      ChatVisibility visibility,
      List<Party> recipients,
      List<Party> mentions,
      long thread,
      boolean fromSpectator)
      implements EventPayload {

    /** A message to everybody, in no thread and without mentions. */
    public Chat(String user, String message, List<String> reactions) {
      this(
          user,
          message,
          reactions,
          ChatVisibility.CHAT_VISIBILITY_UNSPECIFIED,
          List.of(),
          List.of(),
          0,
          false);
    }

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
   * A room was made, changed or moved on.
   *
   * @param change what happened, and the room afterwards
   */
  record Room(RoomChange change) implements EventPayload {
    @Override
    public String kind() {
      return "room";
    }
  }

  /**
   * Somebody came into a room, left it or has another role.
   *
   * @param change what happened, and the member afterwards
   */
  record Member(MemberChange change) implements EventPayload {
    @Override
    public String kind() {
      return "member";
    }
  }

  /**
   * A member is there, idle or gone, or an agent does something else.
   *
   * @param change the member afterwards
   */
  record Presence(PresenceChange change) implements EventPayload {
    @Override
    public String kind() {
      return "presence";
    }
  }

  /**
   * A task was made or moved on.
   *
   * @param change what happened, and the task afterwards
   */
  record Task(TaskChange change) implements EventPayload {
    @Override
    public String kind() {
      return "task";
    }
  }

  /**
   * How far somebody is with a task.
   *
   * @param progress who, with what, and how far
   */
  record Progress(TaskProgress progress) implements EventPayload {
    @Override
    public String kind() {
      return "progress";
    }
  }

  /**
   * A decision was asked for, made or came too late.
   *
   * @param change the question afterwards
   */
  record Approval(ApprovalChange change) implements EventPayload {
    @Override
    public String kind() {
      return "approval";
    }
  }

  /**
   * A host paused, resumed or stopped an agent's work.
   *
   * @param steering what the agent is to do, and the agent afterwards
   */
  record Steered(Steering steering) implements EventPayload {
    @Override
    public String kind() {
      return "steering";
    }
  }

  /**
   * A chat message was edited or deleted.
   *
   * @param change which message, and its new text
   */
  record ChatChanged(ChatChange change) implements EventPayload {
    @Override
    public String kind() {
      return "chat_change";
    }
  }

  /**
   * Somebody was invited, or an invitation was taken back or used up.
   *
   * @param change what happened, and the invitation afterwards
   */
  record Invited(InvitationChange change) implements EventPayload {
    @Override
    public String kind() {
      return "invitation";
    }
  }

  /**
   * A sandbox is something else now than it was.
   *
   * @param change what it does now, and why
   */
  record Sandboxed(SandboxChange change) implements EventPayload {
    @Override
    public String kind() {
      return "sandbox";
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
