package io.clawlive.server.platform.grpc;

import com.google.protobuf.Descriptors;
import io.clawlive.policy.v1.Policy;
import io.clawlive.policy.v1.PolicyProto;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Optional;

/** Reads the policy that the contract gives an RPC. */
public final class Policies {
  private Policies() {}

  /**
   * The policy of a method. Empty for what is not of our contract: health and reflection, which are
   * public.
   */
  public static Optional<Policy> of(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier
        ? of(supplier.getMethodDescriptor())
        : Optional.empty();
  }

  /** The policy of a method of a descriptor. */
  public static Optional<Policy> of(Descriptors.MethodDescriptor method) {
    return method.getOptions().hasExtension(PolicyProto.policy)
        ? Optional.of(method.getOptions().getExtension(PolicyProto.policy))
        : Optional.empty();
  }
}
