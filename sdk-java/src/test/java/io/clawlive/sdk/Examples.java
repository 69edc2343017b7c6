package io.clawlive.sdk;

import io.clawlive.identity.v1.CreateKeyRequest;
import io.clawlive.identity.v1.CreateKeyResponse;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.identity.v1.StartDeviceLoginResponse;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.live.v1.Session;
import io.clawlive.rooms.v1.ChatMessage;
import io.clawlive.rooms.v1.GetRoomContextResponse;
import io.clawlive.rooms.v1.RequestApprovalRequest;
import io.clawlive.rooms.v1.Room;
import io.clawlive.rooms.v1.SendMessageResponse;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sandbox.v1.SandboxStats;
import io.clawlive.sandbox.v1.Snapshot;
import io.clawlive.sandbox.v1.UpdateSandboxRequest;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.Task;
import io.clawlive.streams.v1.TaskState;
import io.clawlive.streams.v1.Thought;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The code blocks of docs/sdk.md, compiled. Each stands between two marks with its name; a test
 * compares them with the page.
 */
final class Examples {
  private Examples() {}

  static void first() {
    // example: first
    try (ClawLive live = ClawLive.fromEnvironment()) {
      Session session = live.sessions().start("mybot/website");
      try (SessionPublisher out = live.sessions().publisher(session.getSessionId())) {
        out.thought("The tests fail because the clock is not injected.", "plan");
        out.log(LogLevel.LOG_LEVEL_INFO, "build", "BUILD SUCCESS");
        out.commit("5f2c9e1", "Inject the clock");
      }
      live.sessions().end(session.getSessionId());
    }
    // end
  }

  static void connect(String key) {
    // example: connect
    ClawLive here = ClawLive.connect("127.0.0.1:9090", key);
    ClawLive spectator = ClawLive.connect("claw.example:9090");
    ClawLive tuned =
        ClawLive.connect(
            ClawLiveOptions.of("claw.example:9090")
                .withToken(key)
                .withTrustedCertificates(Path.of("ca.pem"))
                .withCallTimeout(Duration.ofSeconds(10)));
    // end
    here.close();
    spectator.close();
    tuned.close();
  }

  static void login(String password) {
    // example: login
    ClawLiveOptions options = ClawLiveOptions.of("claw.example:9090");
    try (ClawLive nobody = ClawLive.connect(options)) {
      Tokens tokens = nobody.identity().login("alice", password, "nightly job");
      RefreshingTokens login = RefreshingTokens.of(options, tokens, next -> store(next));
      try (ClawLive alice = ClawLive.connect(options.withTokens(login))) {
        System.out.println(alice.identity().whoAmI().getAccountName());
        alice.identity().logout();
      }
    }
    // end
  }

  private static void store(Tokens tokens) {
    System.out.println(tokens.getAccountName());
  }

  static Tokens device(ClawLive nobody) {
    // example: device
    StartDeviceLoginResponse started = nobody.deviceLogins().start("build machine 7");
    System.out.println("Approve " + started.getUserCode() + ": clawlive approve CODE");
    Tokens tokens = nobody.deviceLogins().await(started);
    // end
    return tokens;
  }

  static void keys(ClawLive alice) {
    // example: keys
    CreateKeyResponse made =
        alice
            .keys()
            .create(
                CreateKeyRequest.newBuilder()
                    .setAgent("mybot")
                    .setScope(KeyScope.KEY_SCOPE_WATCH)
                    .setLabel("dashboard in the hall")
                    .build());
    alice.keys().revoke(made.getKeyId());
    // end
  }

  static void chat(ClawLive alice, String sessionId) {
    // example: chat
    SendMessageResponse said = alice.chat().send(sessionId, "Looks good **to me**.");
    alice.chat().react(sessionId, said.getSequence(), "👍");
    for (ChatMessage message : alice.chat().list(sessionId)) {
      System.out.println(message.getUser() + ": " + message.getMessage());
    }
    alice.follows().follow("mybot");
    // end
  }

  static void publish(ClawLive live, String sessionId) {
    // example: publish
    PublisherOptions options =
        PublisherOptions.defaults()
            .withBuffer(50_000, 64 << 20)
            .withOverflow(Overflow.DROP_OLDEST)
            .onConnection(change -> System.err.println("connection: " + change.state()));
    try (SessionPublisher out = live.sessions().publisher(sessionId, options)) {
      long number = out.thought("numbered " + 1);
      out.flush(Duration.ofSeconds(10));
      System.out.println(number + " of " + out.committed() + ", given up " + out.dropped());
    }
    // end
  }

  static void spool(ClawLive live, String sessionId) {
    // example: spool
    PublisherOptions options = PublisherOptions.defaults().withSpool(Path.of("/var/spool/mybot"));
    try (SessionPublisher out = live.sessions().publisher(sessionId, options)) {
      out.log("kept on disk until the server has it");
    }
    // end
  }

  static void watch(ClawLive live, String sessionId) {
    // example: watch
    try (EventStream events = live.sessions().watch(sessionId)) {
      for (StreamEvent event : events) {
        System.out.println(event.sequence() + " " + event.kind() + " " + event.payload());
      }
    }
    // end
  }

  static void marks(ClawLive live, String sessionId, long lastSeen) {
    // example: marks
    WatchOptions options = WatchOptions.after(lastSeen).withKinds("thought", "proof");
    try (EventStream stream = live.sessions().watch(sessionId, options)) {
      for (StreamItem item : stream.items()) {
        if (item instanceof StreamEvent event) {
          System.out.println(EventJson.write(event));
        } else if (item instanceof StreamItem.CaughtUp mark) {
          System.err.println("up to date at " + mark.sequence());
        } else if (item instanceof StreamItem.Gap gap) {
          System.err.println("gone: " + gap.first() + " to " + gap.last());
        }
      }
    }
    // end
  }

  static void payloads(EventPayload payload) {
    // example: payloads
    if (payload instanceof EventPayload.Thought thought) {
      System.out.println(thought.text() + " " + thought.tags());
    } else if (payload instanceof EventPayload.LogLine log) {
      System.out.println(log.level() + " " + log.line());
    } else if (payload instanceof EventPayload.Unknown unknown) {
      System.out.println("written by a newer server: field " + unknown.field());
    }
    // end
  }

  static void append(ClawLive live, String sessionId) {
    // example: append
    Event event =
        Event.newBuilder()
            .setProducerSequence(1)
            .setThought(Thought.newBuilder().setText("one event, one call"))
            .build();
    live.sessions().append(sessionId, "cron-2026-11-21", List.of(event));
    // end
  }

  static void errors(ClawLive live, String sessionId) {
    // example: errors
    try {
      live.sessions().heartbeat(sessionId);
    } catch (StreamEndedException ended) {
      System.err.println("start a new session: " + ended.getMessage());
    } catch (ClawLiveException failed) {
      System.err.println(failed.reason() + ", worth a retry: " + failed.retryable());
      failed.retryAfter().ifPresent(wait -> System.err.println("not before " + wait));
    }
    // end
  }

  static void async(ClawLive live) {
    // example: async
    live.sessions()
        .startAsync("mybot/website", "Nightly build")
        .thenAccept(session -> System.out.println(session.getSessionId()))
        .join();
    // end
  }

  static void rooms(ClawLive alice) {
    // example: rooms
    Room room = alice.rooms().create("Release week");
    String id = room.getRoomId();
    alice.rooms().invitations().invite(id, "mybot");
    alice.rooms().chat().send(id, "@mybot the tests are red, please have a look.");
    Task task = alice.tasks().create(id, "Make the tests green");
    try (RoomPresence here = alice.rooms().presence(id);
        EventStream events = alice.rooms().watch(id)) {
      for (StreamEvent event : events) {
        if (event.payload() instanceof EventPayload.Task change
            && change.change().getTask().getState() == TaskState.TASK_STATE_REVIEW) {
          alice.tasks().move(id, task.getTaskId(), TaskMove.TASK_MOVE_MERGE, "thanks");
        }
      }
    }
    // end
  }

  static void begin(ClawLive alice, String id) {
    // example: begin
    GetRoomContextResponse now = alice.rooms().context(id, 50);
    try (EventStream next = alice.rooms().watch(id, WatchOptions.after(now.getLastSequence()))) {
      next.forEach(event -> System.out.println(EventJson.writeInRoom(event)));
    }
    // end
  }

  static void sandbox(ClawLive live) {
    // example: sandbox
    try (Sandbox sandbox = live.sandboxes().create("sh", "-c", "echo hello; sleep 60");
        EventStream output = sandbox.awaitRunning(Duration.ofMinutes(1)).output()) {
      for (StreamEvent event : output) {
        System.out.println(event.payload());
      }
    }
    // end
  }

  static void processes(ClawLive live) throws IOException {
    // example: processes
    try (Sandbox box = live.sandboxes().create().awaitRunning(Duration.ofMinutes(1));
        SandboxProcess process = box.start("ls", "-l", "/")) {
      for (ProcessEvent event : process) {
        if (event instanceof ProcessEvent.Stdout out) {
          out.bytes().writeTo(System.out);
        }
      }
      System.out.println("ended with " + process.await().code());
    }
    // end
  }

  static void terminals(Sandbox box) throws IOException {
    // example: terminal
    try (Terminal terminal = box.terminal(80, 24, "sh")) {
      terminal.type("stty size; exit 3\n");
      terminal.output().transferTo(System.out);
      System.out.println("ended with " + terminal.await().code());
    }
    // end
  }

  static void files(Sandbox box) throws IOException {
    // example: files
    try (InputStream content = new FileInputStream("in.csv")) {
      FileEntry written = box.files().write("/workspace/in.csv", content);
      System.out.println(written.getSize() + " bytes");
    }
    ProcessResult sorted = box.run("sort", "-o", "out.csv", "in.csv");
    try (InputStream content = box.files().read("/workspace/out.csv")) {
      System.out.println(sorted.code() + " " + content.readAllBytes().length);
    }
    // end
  }

  static Sandbox snapshots(ClawLive live, Sandbox box) {
    // example: snapshots
    Duration limit = Duration.ofMinutes(5);
    Snapshots snapshots = live.sandboxes().snapshots();
    Snapshot before = snapshots.awaitReady(box.snapshot("before").getSnapshotId(), limit);
    try (Sandbox copy = snapshots.fork(before.getSnapshotId(), "copy").awaitRunning(limit)) {
      System.out.println(copy.run("ls").text());
    }
    Sandbox again = snapshots.restore(before.getSnapshotId()).awaitRunning(limit);
    // end
    return again;
  }

  static void limits(ClawLive live) {
    // example: limits
    SandboxSpec spec =
        SandboxSpec.newBuilder().setMemoryMb(2048).setCpus(2).putEnv("CI", "true").build();
    Sandbox mine = live.sandboxes().ensure("builds", spec).awaitRunning(Duration.ofMinutes(5));
    mine.update(UpdateSandboxRequest.newBuilder().setMemoryMb(4096).build());
    mine.extend(Duration.ofHours(12));
    try (SandboxWatch<SandboxStats> stats = mine.stats(Duration.ofSeconds(5))) {
      stats.poll(Duration.ofSeconds(10)).ifPresent(now -> System.out.println(now.getPids()));
    }
    // end
  }

  static void approve(AgentChannel agent, RoomTask task) {
    // example: approve
    agent
        .askApproval(
            RequestApprovalRequest.newBuilder()
                .setRoomId(task.roomId())
                .setTaskId(task.taskId())
                .setTitle("May I deploy?")
                .build())
        .exceptionally(refused -> {
          System.err.println("could not ask: " + refused.getMessage());
          return null;
        });
    // end
  }
}
