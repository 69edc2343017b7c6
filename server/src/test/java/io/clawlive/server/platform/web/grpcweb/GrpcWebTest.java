package io.clawlive.server.platform.web.grpcweb;

import static io.clawlive.server.testing.Events.log;
import static io.clawlive.server.testing.Events.run;
import static io.clawlive.server.testing.Events.sequences;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.LoginRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.RawCall;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.WebChannel;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.PublishRequest;
import io.clawlive.streams.v1.WatchRequest;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract as browsers call it. */
@ParameterizedClass
@ValueSource(strings = {"binary", "text"})
final class GrpcWebTest {
  @AutoClose private static final TestServer server = TestServer.start();
  private static int agents;

  @Parameter String form;

  private WebChannel channel;
  private Client viewer;
  private Worker worker;

  @BeforeEach
  void knock() {
    channel = form.equals("text") ? WebChannel.text(server.web()) : WebChannel.binary(server.web());
    viewer = new Client(channel, null);
    worker = server.worker("web" + ++agents);
  }

  @Test
  void anRpcAnswersWhatItAnswersAtTheGrpcDoor() {
    var request = GetAgentRequest.newBuilder().setAgent(worker.handle()).build();
    assertEquals(server.nobody().agents().getAgent(request), viewer.agents().getAgent(request));
  }

  @Test
  void aCredentialCountsAndIsNeededAsAtTheGrpcDoor() {
    var signedIn = new Client(channel, worker.key());
    String stream = worker.stream();
    assertEquals(
        2,
        new Worker(signedIn, worker.handle(), worker.agentId(), worker.key(), worker.projectId())
            .append(stream, thought(1, "from a browser"))
            .getSequence());
    Refused.with(
        ErrorReason.ERROR_REASON_CREDENTIAL_MISSING,
        () ->
            new Worker(viewer, worker.handle(), worker.agentId(), "", worker.projectId())
                .append(stream, thought(2, "by nobody")));
  }

  @Test
  void aStreamIsWatchedFromItsBeginningAndThenLive() {
    String stream = worker.stream();
    worker.append(stream, thought(1, "before"), log(2, "ünïcode ✓"));
    try (Watching watch = viewer.watch(stream)) {
      assertEquals(run(1, 3), sequences(watch.until(MarkCase.CAUGHT_UP)));
      for (int n = 4; n < 14; n++) {
        worker.append(stream, thought(n - 1, "live"));
        assertEquals(List.of((long) n), sequences(watch.take(1)));
      }
      worker.end(stream);
      watch.until(MarkCase.ENDED);
      assertEquals(null, watch.nextOrEnd());
    }
  }

  @Test
  void refusalsCarryTheirReasonAndTheirSentence() {
    Refused refused =
        Refused.with(
            ErrorReason.ERROR_REASON_AGENT_NOT_FOUND,
            () ->
                viewer.agents().getAgent(GetAgentRequest.newBuilder().setAgent("nobody").build()));
    assertEquals("remedy", refused.metadata("remedy").isEmpty() ? "" : "remedy");
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> viewer.watch(WatchRequest.newBuilder().setStreamId("no uuid é%")).next());
    Refused.with(
        ErrorReason.ERROR_REASON_LOGIN_FAILED,
        () ->
            viewer
                .identity()
                .login(
                    LoginRequest.newBuilder().setName("noöne").setPassword("wrong wrong").build()));
  }

  @Test
  void aCallEndsAtItsDeadline() {
    String stream = worker.stream();
    long begun = System.nanoTime();
    var late =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                viewer
                    .streams()
                    .withDeadlineAfter(700, TimeUnit.MILLISECONDS)
                    .watch(WatchRequest.newBuilder().setStreamId(stream).build())
                    .forEachRemaining(message -> {}));
    assertEquals(Status.Code.DEADLINE_EXCEEDED, late.getStatus().getCode());
    assertEquals(
        "The call did not end in the time that grpc-timeout gave.",
        late.getStatus().getDescription());
    long millis = (System.nanoTime() - begun) / 1_000_000;
    assertTrue(millis >= 600 && millis < 3_000, () -> millis + " ms");
  }

  @Test
  void aStreamOfRequestsIsRefusedClearly() {
    Refused refused =
        Refused.with(
            ErrorReason.ERROR_REASON_METHOD_UNKNOWN,
            () ->
                RawCall.send(
                    channel,
                    "clawlive.streams.v1.StreamService/Publish",
                    PublishRequest.getDefaultInstance()));
    assertTrue(refused.message().contains("takes a stream of messages"), refused.message());
  }
}
