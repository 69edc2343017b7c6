package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.sun.net.httpserver.HttpServer;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.errors.v1.ErrorReasonProto;
import io.clawlive.sdk.internal.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class FailuresTest {
  @ParameterizedTest
  @EnumSource(
      value = ErrorReason.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UNRECOGNIZED", "ERROR_REASON_UNSPECIFIED"})
  void everyReasonOfTheContractHasItsExceptionAndItsRule(ErrorReason reason) {
    var rule = reason.getValueDescriptor().getOptions().getExtension(ErrorReasonProto.rule);
    ClawLiveException failure = failure(WireDouble.refusal(reason));
    assertEquals(reason.name().substring("ERROR_REASON_".length()), failure.reason());
    assertEquals(rule.getRetryable(), failure.retryable());
    assertEquals(WireDouble.STREAM, failure.metadata().get("stream_id"));
    Class<?> expected =
        switch (reason) {
          case ERROR_REASON_RATE_LIMITED, ERROR_REASON_LOCKED_OUT, ERROR_REASON_LOGIN_BUSY ->
              RateLimitedException.class;
          case ERROR_REASON_CREDENTIAL_EXPIRED,
              ERROR_REASON_CREDENTIAL_REVOKED,
              ERROR_REASON_REFRESH_REUSED ->
              CredentialEndedException.class;
          case ERROR_REASON_TOO_MANY_KEYS,
              ERROR_REASON_TOO_MANY_MEMBERS,
              ERROR_REASON_TOO_MANY_FOLLOWS,
              ERROR_REASON_TOO_MANY_WEBHOOKS,
              ERROR_REASON_TOO_MANY_ROOMS,
              ERROR_REASON_TOO_MANY_INVITATIONS,
              ERROR_REASON_TOO_MANY_TASKS,
              ERROR_REASON_TOO_MANY_APPROVALS,
              ERROR_REASON_TOO_MANY_SANDBOXES,
              ERROR_REASON_TOO_MANY_PROCESSES,
              ERROR_REASON_TOO_MANY_SECRETS,
              ERROR_REASON_TOO_MANY_SNAPSHOTS,
              ERROR_REASON_PORTS_EXHAUSTED,
              ERROR_REASON_STORAGE_OF_SANDBOX_FULL,
              ERROR_REASON_ROOM_FULL,
              ERROR_REASON_TASK_TAKEN ->
              FailedPreconditionException.class;
          case ERROR_REASON_MESSAGE_TOO_LARGE -> InvalidRequestException.class;
          case ERROR_REASON_STORAGE_FULL,
              ERROR_REASON_CHANNEL_SILENT,
              ERROR_REASON_AUDIENCE_CHANGED ->
              UnavailableException.class;
          case ERROR_REASON_AGENT_SUPERSEDED -> SupersededException.class;
          case ERROR_REASON_STREAM_ENDED, ERROR_REASON_SESSION_ENDED -> StreamEndedException.class;
          default ->
              switch (rule.getCode()) {
                case NOT_FOUND -> NotFoundException.class;
                case PERMISSION_DENIED -> NotAllowedException.class;
                case UNAUTHENTICATED -> UnauthenticatedException.class;
                case INVALID_ARGUMENT, OUT_OF_RANGE -> InvalidRequestException.class;
                case ALREADY_EXISTS -> AlreadyExistsException.class;
                case FAILED_PRECONDITION -> FailedPreconditionException.class;
                case UNAVAILABLE -> UnavailableException.class;
                case UNIMPLEMENTED -> UnsupportedException.class;
                case INTERNAL, DATA_LOSS -> ServerFaultException.class;
                default -> Void.class;
              };
        };
    assertEquals(expected, failure.getClass());
    assertEquals(expected, Failures.again(failure).getClass());
  }

  @Test
  void fieldViolationsAndRetryDelayAreRead() {
    ClawLiveException failure =
        failure(
            StatusProto.toStatusRuntimeException(
                com.google.rpc.Status.newBuilder()
                    .setCode(Status.Code.INVALID_ARGUMENT.value())
                    .setMessage("two fields break their rules")
                    .addDetails(
                        Any.pack(
                            ErrorInfo.newBuilder()
                                .setDomain("clawlive")
                                .setReason("INVALID_FIELD")
                                .build()))
                    .addDetails(
                        Any.pack(
                            BadRequest.newBuilder()
                                .addFieldViolations(
                                    BadRequest.FieldViolation.newBuilder()
                                        .setField("handle")
                                        .setDescription("too short"))
                                .build()))
                    .addDetails(
                        Any.pack(
                            RetryInfo.newBuilder()
                                .setRetryDelay(
                                    com.google.protobuf.Duration.newBuilder().setSeconds(3))
                                .build()))
                    .build()));
    assertEquals(List.of("handle: too short"), ((InvalidRequestException) failure).violations());
    assertEquals(Optional.of(Duration.ofSeconds(3)), failure.retryAfter());
    assertEquals("two fields break their rules", failure.getMessage());
  }

  @Test
  void nobodyListeningIsToldWithTheAddress() throws IOException {
    String address;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + free.getLocalPort();
    }
    ClawLiveException failure = whoAmI(ClawLiveOptions.of(address));
    assertEquals("NO_SERVER", failure.reason());
    assertTrue(failure.retryable());
    assertTrue(failure.getMessage().startsWith("No server answers at " + address));
  }

  @Test
  void aWebServerIsToldApart() throws IOException {
    HttpServer web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    web.start();
    try {
      ClawLiveException failure =
          whoAmI(ClawLiveOptions.of("127.0.0.1:" + web.getAddress().getPort()));
      assertEquals("NOT_A_SERVER", failure.reason(), failure.getMessage());
      assertFalse(failure.retryable());
    } finally {
      web.stop(0);
    }
  }

  @Test
  void tlsToAPlainServerIsToldApart() {
    withDouble(server -> {
      ClawLiveException failure = whoAmI(ClawLiveOptions.of(server.address()).withTls(Tls.ON));
      assertEquals("NOT_A_SERVER", failure.reason(), failure.getMessage());
      assertTrue(failure.getMessage().contains("TLS"), failure.getMessage());
    });
  }

  @Test
  void anotherGrpcServerIsToldApart() {
    withDouble(server ->
        assertEquals("NOT_A_SERVER", whoAmI(ClawLiveOptions.of(server.address())).reason()));
  }

  @Test
  void aSilentServerIsGivenUpAfterTheCallTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ClawLiveOptions options =
          ClawLiveOptions.of("127.0.0.1:" + silent.getLocalPort())
              .withCallTimeout(Duration.ofMillis(300));
      assertEquals("TIMEOUT", whoAmI(options).reason());
    }
  }

  @Test
  void optionsDoNotShowTheirToken() {
    assertFalse(ClawLiveOptions.of("h:1").withToken("cl_secret").toString().contains("secret"));
  }

  private static void withDouble(Consumer<WireDouble> test) {
    try (WireDouble server = new WireDouble()) {
      test.accept(server);
    }
  }

  private static ClawLiveException whoAmI(ClawLiveOptions options) {
    try (ClawLive live = ClawLive.connect(options)) {
      return assertThrows(ClawLiveException.class, () -> live.identity().whoAmI());
    }
  }

  private static ClawLiveException failure(StatusRuntimeException answer) {
    return Failures.of(answer.getStatus(), answer.getTrailers(), "host:1");
  }
}
