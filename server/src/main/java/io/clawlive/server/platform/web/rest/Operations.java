package io.clawlive.server.platform.web.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Access;
import io.clawlive.policy.v1.Policy;
import io.clawlive.policy.v1.Rate;
import io.clawlive.server.platform.grpc.Policies;
import io.clawlive.server.platform.web.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The operations of OpenAPI: what a route takes, what it answers, and when it refuses. */
final class Operations {
  private static final String STRING = "string";

  /** Reasons that any RPC may answer with. */
  private static final List<ErrorReason> GENERAL =
      List.of(
          ErrorReason.ERROR_REASON_INVALID_FIELD,
          ErrorReason.ERROR_REASON_MESSAGE_TOO_LARGE,
          ErrorReason.ERROR_REASON_CREDENTIAL_INVALID,
          ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED,
          ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED,
          ErrorReason.ERROR_REASON_RATE_LIMITED,
          ErrorReason.ERROR_REASON_STORAGE_UNAVAILABLE,
          ErrorReason.ERROR_REASON_SERVER_STOPPING,
          ErrorReason.ERROR_REASON_INTERNAL);

  private final Comments comments;
  private final Schemas schemas;

  Operations(Comments comments, Schemas schemas) {
    this.comments = comments;
    this.schemas = schemas;
  }

  /** What an operation is grouped under: its service. */
  static String tag(MethodDescriptor rpc) {
    return rpc.getService().getName().replaceAll("Service$", "");
  }

  /** The operation of a route. */
  Document of(Route route, String id) {
    var operation =
        described(route.rpc(), id)
            .put("parameters", Document.list(new Parameters(schemas).of(route)));
    if (!route.body().isEmpty()) {
      operation.put("requestBody", body(route));
    }
    return operation.put("responses", responses(route));
  }

  /** What an operation says of its RPC. */
  Document described(MethodDescriptor rpc, String id) {
    Policy policy = policy(rpc);
    return new Document()
        .put("operationId", id)
        .put("tags", Document.texts(List.of(tag(rpc))))
        .put("summary", comments.summary(rpc.getFullName()))
        .put("description", description(rpc, policy))
        .put("security", security(policy));
  }

  private static Policy policy(MethodDescriptor rpc) {
    return Policies.of(rpc).orElse(Policy.getDefaultInstance());
  }

  private String description(MethodDescriptor rpc, Policy policy) {
    var text = new StringBuilder(comments.of(rpc.getFullName()));
    text.append("\n\n**Who may call:** ").append(callers(policy.getAccess())).append('.');
    for (Rate rate : policy.getRatesList()) {
      text.append(
          "\n\n**Rate:** %,d calls in %,d seconds, counted by %s."
              .formatted(rate.getCount(), rate.getWindow().getSeconds(), counted(rate)));
    }
    return text.append("\n\nRPC: `").append(rpc.getFullName()).append('`').toString();
  }

  private static String callers(Access access) {
    return switch (access.getRuleCase()) {
      case PUBLIC -> "anyone";
      case SIGNED_IN -> "any valid credential";
      case OWNER -> "the owner of what `" + access.getOwner().getField() + "` names";
      case ADMIN -> "administrators";
      case MEMBER ->
          "the owner and the members of what `" + access.getMember().getField() + "` names";
      case AGENT -> "an agent with its own key";
      case ACCOUNT -> "a person's account";
      case VIEWER -> "whoever may see what `" + access.getViewer().getField() + "` names";
      case PARTICIPANT ->
          "any credential of full scope that may see what `"
              + access.getParticipant().getField()
              + "` names";
      case RULE_NOT_SET -> "nobody";
    };
  }

  private static String counted(Rate rate) {
    return switch (rate.getKey()) {
      case RATE_KEY_ADDRESS -> "network address";
      case RATE_KEY_CALLER -> "caller";
      case RATE_KEY_FIELD -> "`" + rate.getField() + "`";
      case RATE_KEY_UNSPECIFIED, UNRECOGNIZED -> "nothing";
    };
  }

  private Document body(Route route) {
    Descriptor request = route.rpc().getInputType();
    Set<String> inPath =
        route.template().variables().stream()
            .map(PathTemplate.Variable::field)
            .collect(Collectors.toSet());
    Document schema =
        route.body().equals(Route.WHOLE)
            ? schemas.object(request, inPath)
            : schemas.property(request.findFieldByName(route.body()));
    return new Document().put("content", json(schema));
  }

  private Document responses(Route route) {
    FieldDescriptor part = route.answer();
    Document content =
        json(part == null ? schemas.of(route.rpc().getOutputType()) : schemas.property(part));
    if (route.rpc().isServerStreaming() || Following.canFollow(route)) {
      content.put(
          Transcoder.EVENT_STREAM,
          new Document().put("schema", new Document().put("type", STRING)));
    }
    return answers(route.rpc(), content);
  }

  /** What is answered to a call that goes well, and why it may be refused. */
  Document responses(MethodDescriptor rpc, Document schema) {
    return answers(rpc, json(schema));
  }

  private Document answers(MethodDescriptor rpc, Document content) {
    var responses =
        new Document()
            .put("200", new Document().put("description", "Done.").put("content", content));
    refusals(policy(rpc))
        .forEach((status, reasons) -> responses.put(Integer.toString(status), refusal(reasons)));
    return responses;
  }

  private static Map<Integer, List<ErrorReason>> refusals(Policy policy) {
    Set<ErrorReason> reasons = new LinkedHashSet<>(policy.getErrorsList());
    reasons.addAll(GENERAL);
    if (!isOpen(policy)) {
      reasons.add(ErrorReason.ERROR_REASON_CREDENTIAL_MISSING);
      reasons.add(ErrorReason.ERROR_REASON_SCOPE_INSUFFICIENT);
    }
    if (!policy.getAudit().isEmpty()) {
      reasons.add(ErrorReason.ERROR_REASON_AUDIT_UNWRITABLE);
    }
    return reasons.stream()
        .collect(Collectors.groupingBy(ErrorBody::code, TreeMap::new, Collectors.toList()));
  }

  private Document refusal(List<ErrorReason> reasons) {
    String said =
        reasons.stream()
            .map(reason ->
                "- `%s`: %s."
                    .formatted(
                        reason.name().substring("ERROR_REASON_".length()),
                        comments.summary("clawlive.errors.v1.ErrorReason." + reason.name())))
            .collect(Collectors.joining("\n"));
    return new Document()
        .put("description", said)
        .put("content", json(new Document().put("$ref", "#/components/schemas/Error")));
  }

  private static boolean isOpen(Policy policy) {
    return policy.getAccess().hasPublic() || policy.getAccess().hasViewer();
  }

  private static Json security(Policy policy) {
    Document bearer = new Document().put("bearer", Document.texts(List.of()));
    return Document.list(isOpen(policy) ? List.of(new Document(), bearer) : List.of(bearer));
  }

  /** A schema as the content of JSON. */
  static Document json(Document schema) {
    return new Document().put(Transcoder.JSON, new Document().put("schema", schema));
  }

  /** The shape of every refusal. */
  static Document errorSchema() {
    var text = new Document().put("type", STRING);
    var field =
        new Document()
            .put("type", "object")
            .put("properties", new Document().put("field", text).put("message", text));
    var error =
        new Document()
            .put("type", "object")
            .put(
                "properties",
                new Document()
                    .put("code", new Document().put("type", "integer").describe("Status of HTTP."))
                    .put("status", new Document().put("type", STRING).describe("Code of gRPC."))
                    .put(
                        "reason",
                        new Document().put("type", STRING).describe("What a program can act on."))
                    .put("message", new Document().put("type", STRING).describe("For people."))
                    .put(
                        "metadata",
                        new Document().put("type", "object").put("additionalProperties", text))
                    .put("fields", new Document().put("type", "array").put("items", field)))
            .put("required", Document.texts(List.of("code", "status", "message")));
    return new Document()
        .put("type", "object")
        .put("properties", new Document().put("error", error))
        .put("required", Document.texts(List.of("error")));
  }
}
