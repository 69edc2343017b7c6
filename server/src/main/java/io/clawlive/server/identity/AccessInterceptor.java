package io.clawlive.server.identity;

import com.google.protobuf.Message;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Access;
import io.clawlive.policy.v1.Policy;
import io.clawlive.server.identity.Authenticator.Authenticated;
import io.clawlive.server.platform.grpc.CallerAddress;
import io.clawlive.server.platform.grpc.CallerKey;
import io.clawlive.server.platform.grpc.Interceptors;
import io.clawlive.server.platform.grpc.Policies;
import io.clawlive.server.platform.grpc.Refusal;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micronaut.core.annotation.Order;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies the access rule of an RPC: finds out who calls before the call starts, holds the rules
 * that name a thing against the first message, and keeps an eye on calls that stay open.
 */
@Singleton
@Order(Interceptors.ACCESS)
final class AccessInterceptor implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "Bearer ";

  private final List<Authenticator> authenticators;
  private final ResourceRules rules;
  private final OpenCalls openCalls;

  AccessInterceptor(List<Authenticator> authenticators, ResourceRules rules, OpenCalls openCalls) {
    this.authenticators = authenticators;
    this.rules = rules;
    this.openCalls = openCalls;
  }

  @Override
  public <Q, S> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, S> call, Metadata headers, ServerCallHandler<Q, S> next) {
    Optional<Authenticated> brought = authenticate(headers);
    Caller caller = brought.map(Authenticated::caller).orElseGet(Caller.Spectator::new);
    Credential credential = brought.map(Authenticated::credential).orElse(null);
    Access access =
        Policies.of(call.getMethodDescriptor())
            .map(Policy::getAccess)
            .orElseGet(Access::getDefaultInstance);
    admit(caller, access);
    Context context =
        Context.current()
            .withValues(Caller.CURRENT, caller, CallerKey.CURRENT, key(caller))
            .withValues(
                Credential.CURRENT, credential, CallerAddress.CURRENT, CallerAddress.of(call));
    if (call.getMethodDescriptor().getType() == MethodType.UNARY) {
      var listener = Contexts.interceptCall(context, call, headers, next);
      return ResourceRules.needsRequest(access)
          ? new Listener<>(listener, caller, access, null)
          : listener;
    }
    var open = new OpenCall<>(call, credential);
    openCalls.add(open);
    try {
      return new Listener<>(
          Contexts.interceptCall(context, open, headers, next), caller, access, open);
    } catch (RuntimeException e) {
      openCalls.remove(open);
      throw e;
    }
  }

  private Optional<Authenticated> authenticate(Metadata headers) {
    String header = headers.get(AUTHORIZATION);
    if (header == null) {
      return Optional.empty();
    }
    if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_CREDENTIAL_INVALID,
          "The authorization header is not of the form 'Bearer <credential>'.");
    }
    String text = header.substring(BEARER.length()).strip();
    return Optional.of(
        authenticators.stream()
            .filter(by -> by.recognises(text))
            .findFirst()
            .orElseThrow(Credentials::invalid)
            .authenticate(text));
  }

  private static String key(Caller caller) {
    return switch (caller) {
      case Caller.Spectator _ -> "";
      case Caller.WatchCaller watcher -> watcher.accountId().toString();
      case Caller.AgentCaller agent -> agent.agentId().toString();
      case Caller.AccountCaller account -> account.accountId().toString();
    };
  }

  private static void admit(Caller caller, Access access) {
    switch (access.getRuleCase()) {
      // What is not of our contract has no policy: health and reflection are public.
      case PUBLIC, VIEWER, RULE_NOT_SET -> {}
      case MEMBER -> {
        if (access.getMember().getActs()) {
          requireFullScope(caller);
        } else {
          requireCredential(caller);
        }
      }
      case SIGNED_IN, OWNER, PARTICIPANT -> requireFullScope(caller);
      case ADMIN -> {
        requireFullScope(caller);
        if (!(caller instanceof Caller.AccountCaller account && account.admin())) {
          throw Refusal.of(
              ErrorReason.ERROR_REASON_ADMIN_ONLY, "Only an administrator may do this.");
        }
      }
      case ACCOUNT -> {
        requireFullScope(caller);
        if (!(caller instanceof Caller.AccountCaller)) {
          throw Refusal.of(
              ErrorReason.ERROR_REASON_ACCOUNT_ONLY,
              "Only a person's account may do this; the credential is an agent's.");
        }
      }
      case AGENT -> {
        requireFullScope(caller);
        if (!(caller instanceof Caller.AgentCaller)) {
          throw Refusal.of(
              ErrorReason.ERROR_REASON_AGENT_ONLY,
              "Only an agent may do this; the credential is an account's.");
        }
      }
    }
  }

  private static void requireCredential(Caller caller) {
    if (caller instanceof Caller.Spectator) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_CREDENTIAL_MISSING,
          "This call needs a credential and brought none.");
    }
  }

  private static void requireFullScope(Caller caller) {
    requireCredential(caller);
    if (caller instanceof Caller.WatchCaller) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SCOPE_INSUFFICIENT,
          "The key only watches; this call needs one of full scope.");
    }
  }

  /** Holds the first message against the rule, and hears when an open call is over. */
  private final class Listener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Caller caller;
    private final Access access;
    private final @Nullable OpenCall<Q, ?> open;
    private boolean passed;

    Listener(
        ServerCall.Listener<Q> next, Caller caller, Access access, @Nullable OpenCall<Q, ?> open) {
      super(next);
      this.caller = caller;
      this.access = access;
      this.open = open;
    }

    @Override
    public void onMessage(Q message) {
      if (!passed) {
        Optional<OpenCall.Sight> sight = rules.check(caller, access, (Message) message);
        if (open != null) {
          sight.ifPresent(open::looksAt);
        }
        passed = true;
      }
      super.onMessage(message);
    }

    @Override
    public void onCancel() {
      over();
      super.onCancel();
    }

    @Override
    public void onComplete() {
      over();
      super.onComplete();
    }

    private void over() {
      if (open != null) {
        openCalls.remove(open);
      }
    }
  }
}
