package io.clawlive.server.platform.web.rest;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to call an RPC over HTTP.
 *
 * @param rpc what is called
 * @param method the HTTP method
 * @param template the path
 * @param body what the body fills: nothing, {@code *} for the whole request, or one of its fields
 * @param answer the field of the answer that becomes the body; null for all of it
 */
record Route(
    MethodDescriptor rpc,
    String method,
    PathTemplate template,
    String body,
    @Nullable FieldDescriptor answer) {
  static final String WHOLE = "*";

  /** The ways that the contract gives an RPC; none for one that takes a stream. */
  static List<Route> of(MethodDescriptor rpc) {
    if (!rpc.getOptions().hasExtension(AnnotationsProto.http)) {
      return List.of();
    }
    HttpRule rule = rpc.getOptions().getExtension(AnnotationsProto.http);
    List<Route> routes = new ArrayList<>();
    routes.add(of(rpc, rule));
    rule.getAdditionalBindingsList().forEach(more -> routes.add(of(rpc, more)));
    return routes;
  }

  private static Route of(MethodDescriptor rpc, HttpRule rule) {
    String template =
        switch (rule.getPatternCase()) {
          case GET -> rule.getGet();
          case PUT -> rule.getPut();
          case POST -> rule.getPost();
          case DELETE -> rule.getDelete();
          case PATCH -> rule.getPatch();
          case CUSTOM -> rule.getCustom().getPath();
          case PATTERN_NOT_SET ->
              throw new IllegalArgumentException(rpc.getFullName() + " has a rule without a path");
        };
    String method =
        rule.hasCustom() ? rule.getCustom().getKind() : rule.getPatternCase().toString();
    FieldDescriptor answer =
        rule.getResponseBody().isEmpty()
            ? null
            : rpc.getOutputType().findFieldByName(rule.getResponseBody());
    return new Route(rpc, method, PathTemplate.of(template), rule.getBody(), answer);
  }

  /** The name that gRPC calls the RPC by. */
  String rpcName() {
    return rpc.getService().getFullName() + "/" + rpc.getName();
  }

  @Override
  public String toString() {
    return method + " " + template.braced();
  }
}
