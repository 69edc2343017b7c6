package io.clawlive.cli.rooms;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Signals;
import io.clawlive.cli.view.ConnectionNotices;
import io.clawlive.cli.view.EventPrinter;
import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.rooms.v1.ListRoomMessagesRequest;
import io.clawlive.rooms.v1.Room;
import io.clawlive.rooms.v1.SendRoomMessageRequest;
import io.clawlive.rooms.v1.SendRoomMessageResponse;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.RateLimitedException;
import io.clawlive.sdk.RoomPresence;
import io.clawlive.sdk.WatchOptions;
import io.clawlive.streams.v1.MemberRole;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A conversation in a room: single messages, lines of a pipe, or both ways at a terminal. */
final class RoomTalk {
  private static final String[] SHOWN = {
    "chat", "chat_change", "reaction", "room", "member", "task", "approval", "steering"
  };
  private static final String ERASE_TYPED = "\u001b[1A\u001b[2K";
  private static final Duration USUAL_WAIT = Duration.ofSeconds(1);

  private final ClawLive client;
  private final Room room;
  private final OutputOptions output;
  private final Shell shell;

  RoomTalk(ClawLive client, Room room, OutputOptions output, Shell shell) {
    this.client = client;
    this.room = room;
    this.output = output;
    this.shell = shell;
  }

  /** Says one thing. */
  void say(String message) {
    SendRoomMessageResponse sent = send(message);
    output.answer(
        Json.object(
            "sequence",
            sent.getSequence(),
            "task_id",
            sent.getTaskId() == 0 ? null : sent.getTaskId()),
        sent.getTaskId() == 0
            ? "Said as message " + sent.getSequence() + "."
            : "Said as message %d; it made task %d."
                .formatted(sent.getSequence(), sent.getTaskId()));
  }

  /** What was said last. */
  void list(int limit) {
    SessionChat.answer(
        client
            .rooms()
            .chat()
            .page(
                ListRoomMessagesRequest.newBuilder()
                    .setRoomId(room.getRoomId())
                    .setLimit(limit)
                    .build())
            .getMessagesList(),
        output);
  }

  /** Says every line of standard input; false when there was none. */
  boolean sayLines() {
    boolean any = false;
    try (RoomPresence there = presence()) {
      BufferedReader lines = input();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        any = true;
        if (!line.isBlank()) {
          say(line);
        }
      }
      return any;
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, "Standard input cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Shows what was said last and what follows.
   *
   * @param writing whether lines of standard input are sent
   * @param ends whether the end of standard input is the end
   */
  void live(int limit, boolean writing, boolean ends) {
    GetRoomContextResponse context = client.rooms().context(room.getRoomId(), limit);
    EventPrinter printer = EventPrinter.ofRoom(output, shell);
    context.getMessagesList().forEach(it -> printer.message(room.getRoomId(), it));
    output.flush();
    WatchOptions options =
        WatchOptions.after(context.getLastSequence())
            .withKinds(SHOWN)
            .onConnection(new ConnectionNotices(output, "Trying again."));
    try (RoomPresence there = presence();
        EventStream stream = client.rooms().watch(room.getRoomId(), options)) {
      Signals.on("TERM", stream::close);
      if (writing) {
        Thread unused = Thread.ofVirtual().start(() -> type(stream, ends));
      }
      printer.printAll(stream);
    }
  }

  private void type(EventStream stream, boolean ends) {
    try {
      BufferedReader lines = input();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.strip().equals("/quit")) {
          stream.close();
          return;
        }
        if (!line.isBlank()) {
          typed(line);
        }
      }
    } catch (IOException e) {
      output.notice("Standard input cannot be read: " + e.getMessage());
    }
    if (ends) {
      stream.close();
    }
  }

  private void typed(String line) {
    try {
      SendRoomMessageResponse unused = send(line);
      if (shell.terminal().colour()) {
        // What was typed comes back as a message with its number and time.
        output.out().print(ERASE_TYPED);
        output.flush();
      }
    } catch (ClawLiveException refused) {
      output.notice(refused.getMessage());
    }
  }

  /** Sends a message, waiting as often as the server asks for it. */
  private SendRoomMessageResponse send(String message) {
    SendRoomMessageRequest request =
        SendRoomMessageRequest.newBuilder()
            .setRoomId(room.getRoomId())
            .setMessage(message)
            .setRequestId(UUID.randomUUID().toString())
            .build();
    while (true) {
      try {
        return client.rooms().chat().send(request);
      } catch (RateLimitedException tooFast) {
        Duration wait = tooFast.retryAfter().orElse(USUAL_WAIT);
        output.notice("Too many messages; waiting %d s.".formatted(Math.max(1, wait.toSeconds())));
        pause(wait);
      }
    }
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.INTERRUPTED, "Interrupted while waiting.", e);
    }
  }

  /** Members are there while they talk; others leave no trace. */
  private @Nullable RoomPresence presence() {
    boolean member =
        room.getRole() == MemberRole.MEMBER_ROLE_HOST
            || room.getRole() == MemberRole.MEMBER_ROLE_MEMBER;
    return member ? client.rooms().presence(room.getRoomId()) : null;
  }

  private BufferedReader input() {
    return new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8));
  }
}
