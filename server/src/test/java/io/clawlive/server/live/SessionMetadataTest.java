package io.clawlive.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.live.v1.GetSessionRequest;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a client says about its session travels with it, within limits. */
final class SessionMetadataTest {
  @AutoClose private static final TestServer server = TestServer.start();
  private static final Worker worker = server.worker("describer");

  @Test
  void metadataIsKeptAsItWasGiven() {
    Struct metadata =
        Struct.newBuilder()
            .putFields("branch", text("main"))
            .putFields("pull", Value.newBuilder().setNumberValue(42).build())
            .build();
    Session started = start(metadata);
    assertEquals(metadata, started.getMetadata());
    assertEquals(
        metadata,
        server
            .nobody()
            .sessions()
            .getSession(GetSessionRequest.newBuilder().setSessionId(started.getSessionId()).build())
            .getSession()
            .getMetadata());
  }

  @Test
  void metadataHoldsSixtyFourKeysAndNotOneMore() {
    assertEquals(64, start(keys(64)).getMetadata().getFieldsCount());
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> start(keys(65)));
  }

  @Test
  void metadataOfMoreThanEightKilobytesIsRefused() {
    Struct large = Struct.newBuilder().putFields("a", text("x".repeat(9_000))).build();
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> start(large));
  }

  private static Session start(Struct metadata) {
    return worker
        .client()
        .sessions()
        .startSession(
            StartSessionRequest.newBuilder()
                .setProjectId(worker.projectId())
                .setMetadata(metadata)
                .build())
        .getSession();
  }

  private static Struct keys(int count) {
    var metadata = Struct.newBuilder();
    for (int n = 0; n < count; n++) {
      metadata.putFields("key" + n, text("x"));
    }
    return metadata.build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
