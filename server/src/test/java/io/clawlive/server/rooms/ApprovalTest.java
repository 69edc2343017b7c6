package io.clawlive.server.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.DecideApprovalRequest;
import io.clawlive.rooms.v1.Decision;
import io.clawlive.rooms.v1.ListApprovalsRequest;
import io.clawlive.rooms.v1.RequestApprovalRequest;
import io.clawlive.rooms.v1.TaskMove;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.ActorKind;
import io.clawlive.streams.v1.Approval;
import io.clawlive.streams.v1.ApprovalDeciders;
import io.clawlive.streams.v1.ApprovalState;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.RoomSettings;
import io.clawlive.streams.v1.RoomState;
import io.clawlive.streams.v1.TaskChangeKind;
import io.clawlive.streams.v1.TaskState;
import io.clawlive.streams.v1.WorkSubmission;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class ApprovalTest {
  private static final java.time.Duration SOON = java.time.Duration.ofSeconds(5);
  private static final WorkSubmission WORK =
      TaskRoom.WORK.toBuilder().setRequestsReview(true).build();

  private static TestServer server;
  private static Person ann;
  private static Person ben;
  private static Worker bob;
  private static Worker eve;

  @BeforeAll
  static void start() {
    server = TestServer.start(MovableClock.PROPERTY);
    ann = server.person("ann");
    ben = server.person("ben");
    bob = server.worker("bob");
    eve = server.worker("eve");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static TaskRoom room() {
    return room(false);
  }

  private static TaskRoom room(boolean merges) {
    return TaskRoom.open(ann.client(), RoomSettings.newBuilder().setAutoMergeEnabled(merges))
        .with(ben.client(), bob.client(), eve.client());
  }

  private static Approval ask(TaskRoom room, Client by, RequestApprovalRequest.Builder request) {
    return by.tasks()
        .requestApproval(request.setRoomId(room.id()).setTitle("may I?").build())
        .getApproval();
  }

  private static Approval ask(TaskRoom room, Client by, ApprovalDeciders deciders) {
    return ask(room, by, RequestApprovalRequest.newBuilder().setDeciders(deciders));
  }

  private static Approval decide(TaskRoom room, Client by, long approval, Decision decision) {
    return by.tasks()
        .decideApproval(
            DecideApprovalRequest.newBuilder()
                .setRoomId(room.id())
                .setApprovalId(approval)
                .setDecision(decision)
                .setComment("because")
                .build())
        .getApproval();
  }

  private static long changes(TaskRoom room, long approval) {
    return room.events().stream()
        .filter(Event::hasApproval)
        .filter(e -> e.getApproval().getApproval().getApprovalId() == approval)
        .count();
  }

  /** Whether ann (host), ben (member), bob (agent) and eve (agent, asks) may decide. */
  private static String mayDecide(ApprovalDeciders deciders) {
    TaskRoom room = room();
    var answers = new StringBuilder();
    for (Client by : List.of(ann.client(), ben.client(), bob.client(), eve.client())) {
      long asked = ask(room, eve.client(), deciders).getApprovalId();
      try {
        var decided = decide(room, by, asked, Decision.DECISION_APPROVE);
        assertEquals(ApprovalState.APPROVAL_STATE_APPROVED, decided.getState());
        answers.append('+');
      } catch (io.grpc.StatusRuntimeException e) {
        assertEquals(
            ErrorReason.ERROR_REASON_DECISION_NOT_ALLOWED, Refused.of(e).reason(), e.getMessage());
        answers.append('-');
      }
    }
    return answers.toString();
  }

  @Test
  void whoIsAskedDecidesAndNobodyWhatTheyAskedThemselves() {
    assertEquals("+---", mayDecide(ApprovalDeciders.APPROVAL_DECIDERS_HOSTS));
    assertEquals("++--", mayDecide(ApprovalDeciders.APPROVAL_DECIDERS_PEOPLE));
    assertEquals("++--", mayDecide(ApprovalDeciders.APPROVAL_DECIDERS_UNSPECIFIED));
    assertEquals("+++-", mayDecide(ApprovalDeciders.APPROVAL_DECIDERS_MEMBERS));
    TaskRoom room = room();
    long own = ask(room, ann.client(), ApprovalDeciders.APPROVAL_DECIDERS_HOSTS).getApprovalId();
    Refused.with(
        ErrorReason.ERROR_REASON_DECISION_NOT_ALLOWED,
        () -> decide(room, ann.client(), own, Decision.DECISION_APPROVE));
    long task = room.create(ben.client(), "work").getTaskId();
    room.work(bob.client(), task, TaskRoom.WORK);
    long about =
        ask(
                room,
                eve.client(),
                RequestApprovalRequest.newBuilder()
                    .setTaskId(task)
                    .setDeciders(ApprovalDeciders.APPROVAL_DECIDERS_MEMBERS))
            .getApprovalId();
    Refused.with(
        ErrorReason.ERROR_REASON_DECISION_NOT_ALLOWED,
        () -> decide(room, bob.client(), about, Decision.DECISION_APPROVE));
  }

  @Test
  void aDecisionIsFinalButForTheWishToTalk() {
    TaskRoom room = room();
    long id = ask(room, bob.client(), ApprovalDeciders.APPROVAL_DECIDERS_PEOPLE).getApprovalId();
    Approval talked = decide(room, ben.client(), id, Decision.DECISION_NEEDS_DISCUSSION);
    assertEquals(talked, decide(room, ben.client(), id, Decision.DECISION_NEEDS_DISCUSSION));
    assertEquals(List.of(talked), room.approvals(true), "it still waits");
    Approval decided = decide(room, ann.client(), id, Decision.DECISION_APPROVE);
    assertEquals("ann", decided.getDecider().getHandle());
    assertEquals("because", decided.getComment());
    assertEquals(decided, decide(room, ann.client(), id, Decision.DECISION_APPROVE));
    assertEquals(3, changes(room, id), "asked, talked about, decided");
    for (Decision other :
        List.of(Decision.DECISION_REQUEST_CHANGES, Decision.DECISION_NEEDS_DISCUSSION)) {
      var closed =
          Refused.with(
              ErrorReason.ERROR_REASON_APPROVAL_CLOSED,
              () -> decide(room, ann.client(), id, other));
      assertEquals("approved", closed.metadata("state"));
    }
    Refused.with(
        ErrorReason.ERROR_REASON_APPROVAL_CLOSED,
        () -> decide(room, ben.client(), id, Decision.DECISION_APPROVE));
    assertEquals(List.of(), room.approvals(true));
  }

  @Test
  void manyThatDecideAtOnceMakeOneDecision() {
    TaskRoom room = room();
    for (int round = 0; round < 5; round++) {
      long id = ask(room, bob.client(), ApprovalDeciders.APPROVAL_DECIDERS_PEOPLE).getApprovalId();
      List<Callable<Boolean>> both =
          IntStream.range(0, 8)
              .<Callable<Boolean>>mapToObj(i ->
                  () -> {
                    try {
                      decide(
                          room,
                          (i % 2 == 0 ? ann : ben).client(),
                          id,
                          i % 2 == 0
                              ? Decision.DECISION_APPROVE
                              : Decision.DECISION_REQUEST_CHANGES);
                      return i % 2 == 0;
                    } catch (io.grpc.StatusRuntimeException e) {
                      assertEquals(
                          ErrorReason.ERROR_REASON_APPROVAL_CLOSED, Refused.of(e).reason());
                      return i % 2 != 0;
                    }
                  })
              .toList();
      assertEquals(1, new HashSet<>(Together.run(both)).size(), "one of the two has decided");
      assertEquals(2, changes(room, id));
    }
  }

  @Test
  void workWhoseReviewIsAskedForIsMergedOrGoesBackAsPeopleDecide() {
    TaskRoom room = room(true);
    long task = room.create(ben.client(), "T".repeat(200)).getTaskId();
    var first = room.work(bob.client(), task, WORK);
    Approval asked = room.approvals(true).getFirst();
    assertEquals(first.getApprovalId(), asked.getApprovalId());
    assertEquals(task, asked.getTaskId());
    assertEquals(200, asked.getTitle().length());
    assertEquals("bob", asked.getRequester().getHandle());
    List<Event> events = room.events();
    assertTrue(events.getLast().hasApproval() && events.get(events.size() - 2).hasTask());

    decide(room, ann.client(), asked.getApprovalId(), Decision.DECISION_REQUEST_CHANGES);
    assertEquals(TaskState.TASK_STATE_IN_PROGRESS, room.read(task).getState());
    assertEquals("bob", room.holder(task));
    var second = room.submit(bob.client(), task, WORK);
    assertTrue(second.getApprovalId() > first.getApprovalId());
    decide(room, ben.client(), second.getApprovalId(), Decision.DECISION_APPROVE);
    assertEquals(TaskState.TASK_STATE_MERGED, room.read(task).getState());
    Event merged = room.events().getLast();
    assertEquals(TaskChangeKind.TASK_CHANGE_KIND_MERGED, merged.getTask().getChange());
    assertEquals(ben.accountId(), merged.getActor().getId());
  }

  @Test
  void whereTheRoomDoesNotMergeByItselfAnApprovalIsOnlyAWord() {
    TaskRoom room = room(false);
    long task = room.create(ben.client(), "task").getTaskId();
    long approval = room.work(bob.client(), task, WORK).getApprovalId();
    decide(room, ann.client(), approval, Decision.DECISION_APPROVE);
    assertEquals(TaskState.TASK_STATE_REVIEW, room.read(task).getState());
    long late =
        ask(room, bob.client(), RequestApprovalRequest.newBuilder().setTaskId(task))
            .getApprovalId();
    room.move(ann.client(), task, TaskMove.TASK_MOVE_MERGE);
    decide(room, ann.client(), late, Decision.DECISION_REQUEST_CHANGES);
    assertEquals(TaskState.TASK_STATE_MERGED, room.read(task).getState(), "what is merged stays");
  }

  @Test
  void aQuestionThatNobodyDecidesInTimeExpiresOnceOnWhicheverServer() {
    TaskRoom room = room();
    try (TestServer other = server.sibling(MovableClock.PROPERTY)) {
      other.bean(MovableClock.class).follow(server.bean(MovableClock.class));
      List<Long> asked =
          IntStream.range(0, 10)
              .mapToObj(i -> ask(room, bob.client(), lasting(10)).getApprovalId())
              .toList();
      long longer = ask(room, bob.client(), lasting(3_600)).getApprovalId();
      decide(room, ann.client(), asked.getFirst(), Decision.DECISION_APPROVE);
      decide(room, ann.client(), asked.get(1), Decision.DECISION_NEEDS_DISCUSSION);
      server.bean(MovableClock.class).advance(java.time.Duration.ofSeconds(10));
      other.bean(MovableClock.class).advance(java.time.Duration.ofSeconds(10));
      var late =
          Refused.with(
              ErrorReason.ERROR_REASON_APPROVAL_CLOSED,
              () -> decide(room, ann.client(), asked.get(2), Decision.DECISION_APPROVE));
      assertEquals("expired", late.metadata("state"), "at once, whoever swept or did not");
      Together.soon("only the longer one waits", SOON, () -> room.approvals(true).size() == 1);
      Together.pause(java.time.Duration.ofMillis(1_500));
      assertEquals(longer, room.approvals(true).getFirst().getApprovalId());
      assertEquals(2, changes(room, asked.getFirst()), "asked and approved");
      assertEquals(3, changes(room, asked.get(1)), "asked, talked about, expired");
      for (long id : asked.subList(2, 10)) {
        assertEquals(2, changes(room, id), "asked and expired, once");
      }
      Event last = room.events().getLast();
      assertEquals(ActorKind.ACTOR_KIND_SERVER, last.getActor().getKind());
      assertEquals(
          ApprovalState.APPROVAL_STATE_EXPIRED, last.getApproval().getApproval().getState());
    }
  }

  private static RequestApprovalRequest.Builder lasting(long seconds) {
    return RequestApprovalRequest.newBuilder()
        .setLifetime(Duration.newBuilder().setSeconds(seconds));
  }

  @Test
  void questionsOutliveTheServerAndExpireAfterItsRestart() {
    var first = TestServer.start(MovableClock.PROPERTY);
    Worker agent = first.worker("asker");
    String key = agent.key();
    TaskRoom before = TaskRoom.open(first.admin()).with(agent.client());
    ask(before, agent.client(), lasting(10));
    long second = ask(before, agent.client(), lasting(3_600)).getApprovalId();
    List<Approval> asked = before.approvals(true);
    first.close();

    try (var again = TestServer.startOn(first.database(), MovableClock.PROPERTY)) {
      TaskRoom room = new TaskRoom(before.id(), again.admin());
      assertEquals(asked, room.approvals(true));
      again.bean(MovableClock.class).advance(java.time.Duration.ofSeconds(60));
      Together.soon("the first is over", SOON, () -> room.approvals(true).size() == 1);
      assertEquals(2, changes(room, 1));
      decide(room, again.admin(), second, Decision.DECISION_APPROVE);
      assertEquals(3, ask(room, again.as(key), lasting(10)).getApprovalId(), "numbers go on");
    }
  }

  @Test
  void theSameRequestIsTheSameQuestionAndWhatCannotBeIsRefused() {
    TaskRoom room = room();
    var once = RequestApprovalRequest.newBuilder().setRequestId("once");
    Approval asked = ask(room, bob.client(), once);
    assertEquals(asked, ask(room, bob.client(), once));
    assertTrue(ask(room, eve.client(), once).getApprovalId() > asked.getApprovalId());
    assertEquals(24 * 3600, asked.getExpiresAt().getSeconds() - asked.getCreatedAt().getSeconds());

    ErrorReason invalid = ErrorReason.ERROR_REASON_INVALID_FIELD;
    Refused.with(invalid, () -> ask(room, bob.client(), lasting(9)));
    Refused.with(invalid, () -> ask(room, bob.client(), lasting(2_592_001)));
    Refused.with(
        ErrorReason.ERROR_REASON_TASK_NOT_FOUND,
        () -> ask(room, bob.client(), RequestApprovalRequest.newBuilder().setTaskId(7)));
    Refused.with(
        ErrorReason.ERROR_REASON_APPROVAL_NOT_FOUND,
        () -> decide(room, ann.client(), 99, Decision.DECISION_APPROVE));
    Refused.with(invalid, () -> decide(room, ann.client(), 1, Decision.DECISION_UNSPECIFIED));
    Client stranger = server.worker("passer-by").client();
    Refused.with(
        ErrorReason.ERROR_REASON_NOT_MEMBER,
        () -> decide(room, stranger, 1, Decision.DECISION_APPROVE));

    var page =
        server
            .nobody()
            .tasks()
            .listApprovals(
                ListApprovalsRequest.newBuilder().setRoomId(room.id()).setPageSize(1).build());
    assertTrue(page.getHasMore());
    assertEquals("may I?", page.getApprovals(0).getTitle());

    room.become(RoomState.ROOM_STATE_COMPLETED);
    assertEquals(asked, ask(room, bob.client(), once), "a repeated request has its answer");
    Refused.with(
        ErrorReason.ERROR_REASON_ROOM_COMPLETED,
        () -> decide(room, ann.client(), 1, Decision.DECISION_APPROVE));
    Refused.with(
        ErrorReason.ERROR_REASON_ROOM_COMPLETED, () -> ask(room, bob.client(), lasting(10)));
  }

  @Test
  void twoHundredQuestionsWaitAtMost() {
    TaskRoom room = room();
    ask(room, bob.client(), ApprovalDeciders.APPROVAL_DECIDERS_HOSTS);
    server
        .database()
        .execute(
            """
            INSERT INTO room_approvals (room_id, approval_id, state, expires_at, producer_id, content)
            SELECT room_id, n, 1, expires_at, 'p' || n, content
            FROM room_approvals, generate_series(2, 200) AS n WHERE room_id = ?::uuid
            """,
            room.id());
    Refused.with(
        ErrorReason.ERROR_REASON_TOO_MANY_APPROVALS,
        () -> ask(room, bob.client(), ApprovalDeciders.APPROVAL_DECIDERS_HOSTS));
    decide(room, ann.client(), 1, Decision.DECISION_APPROVE);
    assertEquals(
        201, ask(room, bob.client(), ApprovalDeciders.APPROVAL_DECIDERS_HOSTS).getApprovalId());
  }
}
