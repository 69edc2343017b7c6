package io.clawlive.server.platform.grpc;

import static io.clawlive.server.testing.Events.log;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.rpc.BadRequest;
import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.agents.v1.GetProjectRequest;
import io.clawlive.agents.v1.ListProjectsRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.server.testing.RawCall;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.ListRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.slf4j.LoggerFactory;

/** Every answer that is no success has the one form that {@link Refused} reads. */
final class ErrorTest {
  @AutoClose private static final TestServer server = TestServer.start();
  private static final Worker worker = server.worker("clumsy");
  private static final String GET_AGENT = "clawlive.agents.v1.AgentService/GetAgent";
  private static final String NO_ID = "01890000-0000-7000-8000-000000000000";

  @Test
  void everyRefusalIsWrittenForItsCallerAndTellsNothingOfTheInside() {
    String stream = worker.stream();
    List<Executable> badCalls =
        List.of(
            () -> worker.append("?", thought(1, "")),
            () -> worker.append(NO_ID, thought(1, "")),
            () -> worker.append(stream, thought(2, ""), thought(1, "")),
            () -> worker.append(stream, thought(1, "x".repeat(70_000))),
            () -> server.nobody().streams().list(list(stream).setPageSize(-1).build()),
            () -> server.nobody().streams().list(list(stream).addKinds("x").build()),
            () -> server.nobody().streams().list(list(stream).setAfterSequence(7).build()),
            () -> server.nobody().agents().getAgent(agent("nobody-here")),
            () -> server.nobody().agents().getAgent(agent("")),
            () -> server.nobody().projects().getProject(project("a/b/c")),
            () -> server.nobody().sessions().getSession(session(NO_ID)),
            () -> server.nobody().withAuthorization("x").agents().getAgent(agent("clumsy")),
            () -> server.nobody().publish(stream, "p").close());
    for (Executable call : badCalls) {
      Refused refused = Refused.any(call);
      String text = refused.status().toString();
      assertFalse(
          text.matches("(?s).*(Exception|java\\.|io\\.clawlive|\tat |SELECT|postgres).*"), text);
      assertTrue(refused.message().matches("(?s).+\\."), "a sentence: " + refused.message());
      assertFalse(refused.metadata("remedy").isEmpty(), "what to do about it");
    }
  }

  @Test
  void fieldsThatBreakTheirRulesAreNamedOneByOne() {
    Refused refused =
        Refused.with(
            ErrorReason.ERROR_REASON_INVALID_FIELD,
            () -> worker.append("?", "bad producer", List.of(thought(-1, "x".repeat(65_537)))));
    assertEquals(
        List.of(
            "stream_id", "producer_id", "events[0].producer_sequence", "events[0].thought.text"),
        refused.detail(BadRequest.class).orElseThrow().getFieldViolationsList().stream()
            .map(BadRequest.FieldViolation::getField)
            .toList());
  }

  @Test
  void aRefusalIsNoIncident() {
    var log = new ListAppender<ILoggingEvent>();
    listening(
        log,
        () -> {
          Refused.any(() -> worker.append("?", thought(1, "")));
          Refused.any(() -> server.nobody().agents().getAgent(agent("nobody-here")));
        });
    assertEquals(List.of(), log.list);
  }

  @Test
  void anRpcThatDoesNotExistIsAnsweredLikeAnyOther() {
    Refused refused =
        Refused.with(
            ErrorReason.ERROR_REASON_METHOD_UNKNOWN,
            () ->
                RawCall.send(
                    server.nobody().channel(),
                    "clawlive.rooms.v1.RoomService/OpenRoom",
                    new byte[0]));
    assertEquals("clawlive.rooms.v1.RoomService/OpenRoom", refused.metadata("method"));
  }

  @Test
  void aMessageThatIsTooLargeIsRefusedWithItsSize() {
    Refused refused =
        Refused.with(
            ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE,
            () -> worker.append(worker.stream(), "p", megabytes(2)));
    assertTrue(Integer.parseInt(refused.metadata("bytes")) > 2 << 20, refused::message);
    assertTrue(Integer.parseInt(refused.metadata("limit")) < 2 << 20, refused::message);
  }

  @Test
  void whatTheTransportTurnsAwayLeavesTheConnectionUsable() {
    var tooLarge =
        assertThrows(
            StatusRuntimeException.class, () -> worker.append(worker.stream(), "p", megabytes(5)));
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, tooLarge.getStatus().getCode());
    var garbage = new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff};
    var noMessage =
        assertThrows(
            StatusRuntimeException.class,
            () -> RawCall.send(worker.client().channel(), GET_AGENT, garbage));
    assertFalse(noMessage.getMessage().contains("google"), noMessage.getMessage());
    assertEquals(1, worker.append(worker.stream(), thought(1, "fine")).getInserted());
  }

  @Test
  void aCallThatBringsNoMessageWhereOneIsDueOrTwoIsRefused() {
    var message = agent("clumsy").toByteArray();
    for (List<byte[]> messages : List.of(List.<byte[]>of(), List.of(message, message))) {
      Refused.with(
          ErrorReason.ERROR_REASON_INVALID_FIELD,
          () -> RawCall.send(server.nobody().channel(), GET_AGENT, messages));
    }
  }

  @Test
  void aFaultOfTheServerIsToldAsAnIncidentThatItsLogRepeats() {
    var log = new ListAppender<ILoggingEvent>();
    try (TestServer broken = TestServer.start()) {
      broken.database().execute("ALTER TABLE projects RENAME TO mislaid");
      listening(
          log,
          () -> {
            Refused refused =
                Refused.with(
                    ErrorReason.ERROR_REASON_INTERNAL,
                    () ->
                        broken
                            .nobody()
                            .projects()
                            .listProjects(ListProjectsRequest.getDefaultInstance()));
            assertFalse(refused.status().toString().contains("projects p"), refused::message);
            assertFalse(refused.status().toString().contains("Exception"), refused::message);
            String incident = refused.metadata("incident");
            assertTrue(incident.matches("[0-9a-f-]{36}"), incident);
            assertEquals(1, log.list.size());
            assertTrue(log.list.getFirst().getFormattedMessage().contains(incident));
          });
      assertEquals(1, broken.counted("clawlive.errors"));
    }
  }

  /** Hears what is logged of failures, in place of the console. */
  private static void listening(ListAppender<ILoggingEvent> log, Runnable story) {
    var logger = (Logger) LoggerFactory.getLogger(ErrorAnswers.class);
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
    try {
      story.run();
    } finally {
      logger.setAdditive(true);
      logger.detachAppender(log);
    }
  }

  private static List<Event> megabytes(int count) {
    String line = "x".repeat(54_000);
    return LongStream.rangeClosed(1, count * 20L).mapToObj(n -> log(n, line)).toList();
  }

  private static ListRequest.Builder list(String stream) {
    return ListRequest.newBuilder().setStreamId(stream);
  }

  private static GetAgentRequest agent(String name) {
    return GetAgentRequest.newBuilder().setAgent(name).build();
  }

  private static GetProjectRequest project(String name) {
    return GetProjectRequest.newBuilder().setProject(name).build();
  }

  private static GetSessionRequest session(String id) {
    return GetSessionRequest.newBuilder().setSessionId(id).build();
  }
}
