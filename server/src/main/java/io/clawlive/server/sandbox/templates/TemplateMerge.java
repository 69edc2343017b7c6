package io.clawlive.server.sandbox.templates;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.clawlive.sandbox.v1.SandboxSpec;

/**
 * Lays one spec over another. What the upper one leaves unset stays as it is below; a scalar
 * replaces the one below; variables of the environment merge by name; every other list, volumes and
 * commands among them, replaces the list below as a whole; privileges merge by these same rules.
 */
final class TemplateMerge {
  private TemplateMerge() {}

  static SandboxSpec merge(SandboxSpec below, SandboxSpec above) {
    SandboxSpec.Builder merged = below.toBuilder();
    // A map is a list of entries to protobuf.
    lay(above.toBuilder().clearEnv().build(), merged);
    return merged.putAllEnv(above.getEnvMap()).build();
  }

  private static void lay(Message above, Message.Builder below) {
    above
        .getAllFields()
        .forEach((field, value) -> {
          if (isPart(field) && below.hasField(field)) {
            Message.Builder part = ((Message) below.getField(field)).toBuilder();
            lay((Message) value, part);
            below.setField(field, part.build());
          } else {
            below.setField(field, value);
          }
        });
  }

  /** A duration is a message only to protobuf. */
  private static boolean isPart(FieldDescriptor field) {
    return !field.isRepeated()
        && field.getJavaType() == JavaType.MESSAGE
        && !field.getMessageType().getFile().getPackage().startsWith("google.");
  }
}
