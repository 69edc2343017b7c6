package io.clawlive.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import build.buf.validate.MapRules;
import build.buf.validate.ValidateProto;
import com.google.api.AnnotationsProto;
import com.google.api.FieldBehavior;
import com.google.api.FieldBehaviorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.rpc.Code;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.errors.v1.ErrorReasonProto;
import io.clawlive.policy.v1.Access;
import io.clawlive.policy.v1.Idempotency;
import io.clawlive.policy.v1.Policy;
import io.clawlive.policy.v1.PolicyProto;
import io.clawlive.policy.v1.Rate;
import io.clawlive.policy.v1.RateKey;
import io.clawlive.policy.v1.Resource;
import io.clawlive.server.testing.Contract;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the contract must say of everything in it, because the server applies what it says. */
final class ContractTest {
  static List<MethodDescriptor> rpcs() {
    return Contract.rpcs();
  }

  @Test
  void theContractIsThere() {
    assertTrue(rpcs().size() >= 19, () -> rpcs().size() + " RPCs");
  }

  @ParameterizedTest
  @MethodSource("rpcs")
  void anRpcSaysWhoMayCallItAndWhatARepeatedCallDoes(MethodDescriptor rpc) {
    Policy policy = policy(rpc);
    assertTrue(policy.getAccess().getRuleCase() != Access.RuleCase.RULE_NOT_SET, "access");
    assertTrue(policy.getIdempotency() != Idempotency.IDEMPOTENCY_UNSPECIFIED, "idempotency");
    Access access = policy.getAccess();
    switch (access.getRuleCase()) {
      case OWNER -> assertNames(rpc, access.getOwner().getResource(), access.getOwner().getField());
      case MEMBER ->
          assertNames(rpc, access.getMember().getResource(), access.getMember().getField());
      case VIEWER ->
          assertNames(rpc, access.getViewer().getResource(), access.getViewer().getField());
      case PARTICIPANT ->
          assertNames(
              rpc, access.getParticipant().getResource(), access.getParticipant().getField());
      case ACCOUNT -> {
        if (!access.getAccount().getField().isEmpty()) {
          assertNames(rpc, access.getAccount().getResource(), access.getAccount().getField());
        }
      }
      case SIGNED_IN -> {
        if (!access.getSignedIn().getField().isEmpty()) {
          assertNames(rpc, access.getSignedIn().getResource(), access.getSignedIn().getField());
        }
      }
      case PUBLIC, ADMIN, AGENT, RULE_NOT_SET -> {}
    }
    assertGives(
        policy,
        access.hasOwner()
            || !access.getAccount().getField().isEmpty()
            || !access.getSignedIn().getField().isEmpty(),
        ErrorReason.ERROR_REASON_NOT_OWNER);
    assertGives(policy, access.hasMember(), ErrorReason.ERROR_REASON_NOT_MEMBER);
    assertGives(policy, access.hasAdmin(), ErrorReason.ERROR_REASON_ADMIN_ONLY);
    assertGives(policy, access.hasAccount(), ErrorReason.ERROR_REASON_ACCOUNT_ONLY);
    assertGives(policy, access.hasAgent(), ErrorReason.ERROR_REASON_AGENT_ONLY);
  }

  private static void assertNames(MethodDescriptor rpc, Resource resource, String field) {
    assertTrue(resource != Resource.RESOURCE_UNSPECIFIED, "resource");
    assertStringField(rpc, field);
  }

  private static void assertGives(Policy policy, boolean expected, ErrorReason reason) {
    assertEquals(
        expected,
        policy.getErrorsList().contains(reason),
        () -> reason + " stands among the errors where the access rule gives it, and nowhere else");
  }

  @ParameterizedTest
  @MethodSource("rpcs")
  void aLockoutAndAnAuditNameAreWhole(MethodDescriptor rpc) {
    Policy policy = policy(rpc);
    if (policy.hasLockout()) {
      var lockout = policy.getLockout();
      assertTrue(lockout.getFailures() > 0, "failures");
      assertTrue(lockout.getWindow().getSeconds() > 0, "window");
      assertTrue(lockout.getDuration().getSeconds() > 0, "duration");
      assertStringField(rpc, lockout.getField());
      assertGives(policy, true, ErrorReason.ERROR_REASON_LOCKED_OUT);
      assertGives(policy, true, ErrorReason.ERROR_REASON_LOGIN_UNAVAILABLE);
    }
    if (!policy.getAudit().isEmpty()) {
      assertTrue(policy.getAudit().matches("[a-z_]{1,32}[.][a-z_]{1,31}"), policy.getAudit());
    }
    assertTrue(
        policy.getAudit().isEmpty() || policy.getIdempotency() != Idempotency.IDEMPOTENCY_READ,
        "what only reads changes nothing");
  }

  @ParameterizedTest
  @MethodSource("rpcs")
  void aRateSaysHowManyInWhatTimeCountedByWhat(MethodDescriptor rpc) {
    for (Rate rate : policy(rpc).getRatesList()) {
      assertTrue(rate.getCount() > 0, "count");
      assertTrue(rate.getWindow().getSeconds() > 0, "window");
      assertTrue(rate.getKey() != RateKey.RATE_KEY_UNSPECIFIED, "key");
      if (rate.getKey() == RateKey.RATE_KEY_FIELD) {
        assertStringField(rpc, rate.getField());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rpcs")
  void anRpcHasAnHttpPathUnlessItsClientStreams(MethodDescriptor rpc) {
    // A delivery is signed as it came, so its HTTP path takes bytes and no message of the contract.
    boolean takesRawBytes = rpc.getFullName().equals("clawlive.webhooks.v1.WebhookService.Ingest");
    assertEquals(
        !rpc.isClientStreaming() && !takesRawBytes,
        rpc.getOptions().hasExtension(AnnotationsProto.http));
  }

  static List<EnumValueDescriptor> reasons() {
    return reasonEnum().getValues().stream().filter(value -> value.getNumber() != 0).toList();
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void aReasonHasACodeARemedyAndAnExample(EnumValueDescriptor reason) {
    var rule = reason.getOptions().getExtension(ErrorReasonProto.rule);
    assertTrue(rule.getCode() != Code.OK, "code");
    assertTrue(rule.getRemedy().endsWith("."), "remedy");
    String comment = comment(reason);
    assertTrue(comment.contains("Example:"), () -> "the comment is: " + comment);
  }

  static Stream<FieldDescriptor> requestFields() {
    Set<Descriptor> messages = new LinkedHashSet<>();
    rpcs().forEach(rpc -> collect(rpc.getInputType(), messages));
    return messages.stream()
        // A map's own rule speaks of its keys and values.
        .filter(message -> !message.getOptions().getMapEntry())
        .flatMap(message -> message.getFields().stream())
        .filter(field -> !outputOnly(field))
        .filter(field ->
            field.isRepeated()
                || field.getJavaType() == JavaType.STRING
                || field.getJavaType() == JavaType.BYTE_STRING);
  }

  @ParameterizedTest
  @MethodSource("requestFields")
  void aFieldThatCouldGrowHasALimit(FieldDescriptor field) {
    assertTrue(
        field.getOptions().hasExtension(ValidateProto.field),
        () -> field.getFullName() + " has no rule");
    if (field.isMapField()) {
      MapRules map = field.getOptions().getExtension(ValidateProto.field).getMap();
      assertTrue(
          map.hasMaxPairs() && map.hasKeys() && map.hasValues(),
          () -> field.getFullName() + " has no rule for its size, its keys or its values");
    }
  }

  /** The message and those in it that a caller fills. */
  private static void collect(Descriptor message, Set<Descriptor> found) {
    if (message.getFile().getPackage().startsWith("clawlive.") && found.add(message)) {
      message.getFields().stream()
          .filter(field -> field.getJavaType() == JavaType.MESSAGE && !outputOnly(field))
          .forEach(field -> collect(field.getMessageType(), found));
    }
  }

  private static boolean outputOnly(FieldDescriptor field) {
    return field
        .getOptions()
        .getExtension(FieldBehaviorProto.fieldBehavior)
        .contains(FieldBehavior.OUTPUT_ONLY);
  }

  private static Policy policy(MethodDescriptor rpc) {
    assertTrue(rpc.getOptions().hasExtension(PolicyProto.policy), "policy");
    return rpc.getOptions().getExtension(PolicyProto.policy);
  }

  private static void assertStringField(MethodDescriptor rpc, String path) {
    Descriptor message = rpc.getInputType();
    FieldDescriptor field = null;
    for (String name : path.split("\\.")) {
      if (field != null) {
        message = field.getMessageType();
      }
      field = message.findFieldByName(name);
      assertTrue(field != null, message.getFullName() + " has no field " + name);
    }
    assertTrue(
        field != null && field.getJavaType() == JavaType.STRING && !field.isRepeated(),
        path + " is no string");
  }

  private static EnumDescriptor reasonEnum() {
    return Contract.files().stream()
        .flatMap(file -> file.getEnumTypes().stream())
        .filter(type -> type.getName().equals("ErrorReason"))
        .findFirst()
        .orElseThrow();
  }

  private static String comment(EnumValueDescriptor value) {
    // The path of a value in its file: enum_type = 5, value = 2.
    var path = List.of(5, value.getType().getIndex(), 2, value.getIndex());
    return value.getFile().toProto().getSourceCodeInfo().getLocationList().stream()
        .filter(location -> location.getPathList().equals(path))
        .map(Location::getLeadingComments)
        .findFirst()
        .orElse("");
  }
}
