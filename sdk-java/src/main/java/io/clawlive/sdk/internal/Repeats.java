package io.clawlive.sdk.internal;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import io.clawlive.policy.v1.Policy;
import io.clawlive.policy.v1.PolicyProto;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;

/** Whether a call may be sent a second time, as its policy in the contract says. */
final class Repeats {
  private Repeats() {}

  /** True when a second arrival of the same request does no harm. */
  static boolean safe(io.grpc.MethodDescriptor<?, ?> method, Object request) {
    if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier)) {
      return false;
    }
    MethodDescriptor descriptor = supplier.getMethodDescriptor();
    Policy policy = descriptor.getOptions().getExtension(PolicyProto.policy);
    return switch (policy.getIdempotency()) {
      case IDEMPOTENCY_READ, IDEMPOTENCY_REPEATABLE, IDEMPOTENCY_PRODUCER_SEQUENCE -> true;
      case IDEMPOTENCY_REQUEST_ID -> hasRequestId((Message) request);
      case IDEMPOTENCY_UNIQUE_NAME, IDEMPOTENCY_NONE, IDEMPOTENCY_UNSPECIFIED, UNRECOGNIZED ->
          false;
    };
  }

  private static boolean hasRequestId(Message request) {
    FieldDescriptor field = request.getDescriptorForType().findFieldByName("request_id");
    return field != null && !request.getField(field).toString().isEmpty();
  }
}
