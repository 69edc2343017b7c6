package io.clawlive.server.platform.grpc;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import io.clawlive.errors.v1.ErrorReason;
import jakarta.inject.Singleton;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The rules that the contract gives beside its fields. */
@Singleton
public final class FieldRules {
  /** Encoded size of one request message: a full batch of 1 MiB and its envelope. */
  static final int MAX_MESSAGE_BYTES = (1 << 20) + (64 << 10);

  private final Validator validator = ValidatorFactory.newBuilder().build();

  FieldRules() {}

  /** Refuses a message that is too large or breaks a rule. */
  public void check(Message request) {
    check(request, UnaryOperator.identity());
  }

  /**
   * Refuses a message that is too large or breaks a rule.
   *
   * @param naming what the refusal calls a field, by its path in the message
   */
  public void check(Message request, UnaryOperator<String> naming) {
    int size = request.getSerializedSize();
    if (size > MAX_MESSAGE_BYTES) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE,
          "The message has %,d bytes; at most %,d are taken.".formatted(size, MAX_MESSAGE_BYTES),
          "bytes",
          Integer.toString(size),
          "limit",
          Integer.toString(MAX_MESSAGE_BYTES));
    }
    ValidationResult result;
    try {
      result = validator.validate(request);
    } catch (ValidationException e) {
      throw new IllegalStateException(
          "rules of " + request.getDescriptorForType().getFullName(), e);
    }
    if (!result.isSuccess()) {
      throw invalid(result, naming);
    }
  }

  private static Refusal invalid(ValidationResult result, UnaryOperator<String> naming) {
    var violations = BadRequest.newBuilder();
    for (var violation : result.getViolations()) {
      violations.addFieldViolations(
          BadRequest.FieldViolation.newBuilder()
              .setField(
                  naming.apply(
                      violation.toProto().getField().getElementsList().stream()
                          .map(FieldRules::element)
                          .collect(Collectors.joining("."))))
              .setDescription(violation.toProto().getMessage())
              .setReason(violation.toProto().getRuleId()));
    }
    String sentence =
        violations.getFieldViolationsList().stream()
            .map(v -> v.getField() + ": " + v.getDescription())
            .limit(3)
            .collect(Collectors.joining("; "));
    int more = violations.getFieldViolationsCount() - 3;
    return Refusal.invalid(
        sentence + (more > 0 ? "; and " + more + " more." : "."), violations.build());
  }

  private static String element(FieldPathElement element) {
    return element.hasIndex()
        ? element.getFieldName() + "[" + element.getIndex() + "]"
        : element.getFieldName();
  }
}
