package io.clawlive.server.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.errors.v1.ErrorReasonProto;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.function.Executable;

/** An error answer, read as a program reads it. */
public record Refused(com.google.rpc.Status status, ErrorReason reason) {

  /** Makes a call that must be refused for this reason, with the code its rule gives. */
  public static Refused with(ErrorReason expected, Executable call) {
    Refused refused = any(call);
    assertEquals(expected, refused.reason(), refused.message());
    return refused;
  }

  /** Makes a call that must be refused. */
  public static Refused any(Executable call) {
    return of(assertThrows(StatusRuntimeException.class, call));
  }

  /** Reads an answer, and holds it against the rule of its reason. */
  public static Refused of(StatusRuntimeException answer) {
    com.google.rpc.Status status = Objects.requireNonNull(StatusProto.fromThrowable(answer));
    ErrorInfo info =
        detail(status, ErrorInfo.class)
            .orElseThrow(() -> new AssertionError("an answer without ErrorInfo: " + answer));
    assertEquals("clawlive", info.getDomain());
    var reason = ErrorReason.valueOf("ERROR_REASON_" + info.getReason());
    var rule = reason.getValueDescriptor().getOptions().getExtension(ErrorReasonProto.rule);
    assertEquals(rule.getCodeValue(), status.getCode(), info.getReason());
    return new Refused(status, reason);
  }

  /** The sentence for people. */
  public String message() {
    return status.getMessage();
  }

  /** A value for programs; empty when there is none. */
  public String metadata(String name) {
    return detail(ErrorInfo.class).orElseThrow().getMetadataOrDefault(name, "");
  }

  /** A further detail of the answer. */
  public <T extends Message> Optional<T> detail(Class<T> type) {
    return detail(status, type);
  }

  private static <T extends Message> Optional<T> detail(
      com.google.rpc.Status status, Class<T> type) {
    return status.getDetailsList().stream()
        .filter(any -> any.is(type))
        .findFirst()
        .map(any -> {
          try {
            return any.unpack(type);
          } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
          }
        });
  }
}
