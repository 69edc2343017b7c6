package io.clawlive.server.identity;

import static java.util.stream.Collectors.toMap;

import com.google.protobuf.Message;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Access;
import io.clawlive.policy.v1.Resource;
import io.clawlive.server.identity.ResourceGuards.Guard;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.RequestFields;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Holds the rules that name a thing: owner, member, viewer, participant, and what an account or
 * whoever is signed in names as its own.
 */
@Singleton
final class ResourceRules {
  private final Map<Resource, ResourceGuards> guards;

  ResourceRules(List<ResourceGuards> guards) {
    this.guards = byResource(guards);
  }

  static Map<Resource, ResourceGuards> byResource(List<ResourceGuards> guards) {
    return new EnumMap<>(
        guards.stream().collect(toMap(ResourceGuards::resource, Function.identity())));
  }

  /** Whether an access rule needs the first message to decide. */
  static boolean needsRequest(Access access) {
    return switch (access.getRuleCase()) {
      case OWNER, MEMBER, VIEWER, PARTICIPANT -> true;
      case ACCOUNT -> !access.getAccount().getField().isEmpty();
      case SIGNED_IN -> !access.getSignedIn().getField().isEmpty();
      case PUBLIC, ADMIN, AGENT, RULE_NOT_SET -> false;
    };
  }

  /**
   * Lets a request pass or refuses it.
   *
   * @return what the caller looks at; empty when the request names nothing
   */
  Optional<OpenCall.Sight> check(Caller caller, Access access, Message request) {
    return switch (access.getRuleCase()) {
      case OWNER -> {
        var rule = access.getOwner();
        yield Optional.of(
            own(caller, rule.getResource(), rule.getField(), required(request, rule.getField())));
      }
      case ACCOUNT -> {
        var rule = access.getAccount();
        yield ownIfNamed(caller, rule.getResource(), rule.getField(), request);
      }
      case SIGNED_IN -> {
        var rule = access.getSignedIn();
        yield ownIfNamed(caller, rule.getResource(), rule.getField(), request);
      }
      case MEMBER -> {
        var rule = access.getMember();
        String id = required(request, rule.getField());
        Guard guard = guard(rule.getResource(), id, caller);
        if (!caller.mayActFor(guard.owner())
            && !guard.member()
            && !guard.owner().accountId().equals(caller.viewer().account())) {
          throw Refusal.of(
              ErrorReason.ERROR_REASON_NOT_MEMBER,
              "The credential is of no member of " + rule.getField() + " " + id + ".",
              rule.getField(),
              id);
        }
        yield Optional.of(new OpenCall.Sight(rule.getResource(), id));
      }
      case VIEWER -> {
        var rule = access.getViewer();
        yield Optional.of(see(caller, rule.getResource(), rule.getField(), request));
      }
      case PARTICIPANT -> {
        var rule = access.getParticipant();
        yield Optional.of(see(caller, rule.getResource(), rule.getField(), request));
      }
      case PUBLIC, ADMIN, AGENT, RULE_NOT_SET -> Optional.empty();
    };
  }

  private OpenCall.Sight see(Caller caller, Resource resource, String field, Message request) {
    String id = required(request, field);
    guard(resource, id, caller);
    return new OpenCall.Sight(resource, id);
  }

  private Optional<OpenCall.Sight> ownIfNamed(
      Caller caller, Resource resource, String field, Message request) {
    // A stream is checked whether its rule names a field or not.
    String id = field.isEmpty() ? "" : RequestFields.read(request, field);
    return id.isEmpty() ? Optional.empty() : Optional.of(own(caller, resource, field, id));
  }

  private OpenCall.Sight own(Caller caller, Resource resource, String field, String id) {
    if (!caller.mayActFor(guard(resource, id, caller).owner())) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_NOT_OWNER,
          "The credential is not of the owner of " + field + " " + id + ".",
          field,
          id);
    }
    return new OpenCall.Sight(resource, id);
  }

  private Guard guard(Resource resource, String id, Caller caller) {
    return Objects.requireNonNull(guards.get(resource)).guardOf(id, caller.viewer());
  }

  private static String required(Message request, String field) {
    String id = RequestFields.read(request, field);
    if (id.isEmpty()) {
      // The field is required by its own rule, so only a first message of another shape gets here.
      throw Refusal.of(
          ErrorReason.ERROR_REASON_PUBLISH_NOT_OPENED, "The first message must set " + field + ".");
    }
    return id;
  }
}
