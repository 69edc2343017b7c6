package io.clawlive.server.identity;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.clawlive.policy.v1.Resource;
import io.clawlive.server.platform.grpc.Refusal;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The streaming calls that are open here. A call is let in once; what let it in is looked at again
 * every two seconds, for all calls together: one query a kind of credential, one a kind of thing,
 * and one more for each private thing and viewer.
 */
@Singleton
final class OpenCalls {
  private static final Logger LOG = LoggerFactory.getLogger(OpenCalls.class);

  private final Set<OpenCall<?, ?>> calls = ConcurrentHashMap.newKeySet();
  private final Map<Resource, ResourceGuards> guards;
  private final Clock clock;

  OpenCalls(List<ResourceGuards> guards, Clock clock) {
    this.guards = ResourceRules.byResource(guards);
    this.clock = clock;
  }

  void add(OpenCall<?, ?> call) {
    calls.add(call);
  }

  void remove(OpenCall<?, ?> call) {
    calls.remove(call);
  }

  @Scheduled(
      fixedDelay = "${clawlive.identity.recheck-interval:2s}",
      initialDelay = "${clawlive.identity.recheck-interval:2s}")
  void check() {
    List<OpenCall<?, ?>> open = List.copyOf(calls);
    if (open.isEmpty()) {
      return;
    }
    try {
      endHidden(open, endRefused(open));
    } catch (RuntimeException e) {
      LOG.warn("open streams could not be compared with their credentials: {}", e.getMessage());
    }
  }

  /** Ends the calls whose credential holds no more; says who is behind the others by now. */
  private Map<Credential, Caller> endRefused(List<OpenCall<?, ?>> open) {
    Map<Authenticator, Set<Credential>> credentials =
        open.stream()
            .map(OpenCall::credential)
            .filter(Objects::nonNull)
            .collect(groupingBy(Credential::by, toSet()));
    Map<Credential, Caller> callers = new HashMap<>();
    credentials.forEach((by, brought) -> callers.putAll(by.callers(brought)));
    for (OpenCall<?, ?> call : open) {
      Credential credential = call.credential();
      if (credential == null) {
        continue;
      }
      if (credential.expiresAt() != null && !clock.instant().isBefore(credential.expiresAt())) {
        call.end(Credentials.expired());
      } else if (!callers.containsKey(credential)) {
        call.end(Credentials.revoked());
      }
    }
    return callers;
  }

  private void endHidden(List<OpenCall<?, ?>> open, Map<Credential, Caller> callers) {
    Map<Resource, Set<String>> seen =
        open.stream()
            .map(OpenCall::sight)
            .filter(Objects::nonNull)
            .collect(groupingBy(OpenCall.Sight::resource, mapping(OpenCall.Sight::id, toSet())));
    Map<Resource, Set<String>> restricted = new HashMap<>();
    seen.forEach((kind, ids) -> restricted.put(kind, rulesOf(kind).restricted(ids)));
    record Look(OpenCall.Sight sight, Caller.Viewer viewer) {}
    Map<Look, List<OpenCall<?, ?>>> looks = new HashMap<>();
    for (OpenCall<?, ?> call : open) {
      OpenCall.Sight sight = call.sight();
      if (sight != null && restricted.get(sight.resource()).contains(sight.id())) {
        looks
            .computeIfAbsent(new Look(sight, viewer(call, callers)), look -> new ArrayList<>())
            .add(call);
      }
    }
    looks.forEach((look, those) -> {
      try {
        rulesOf(look.sight().resource()).guardOf(look.sight().id(), look.viewer());
      } catch (Refusal hidden) {
        those.forEach(call -> call.end(hidden));
      }
    });
  }

  private ResourceGuards rulesOf(Resource resource) {
    return Objects.requireNonNull(guards.get(resource));
  }

  private static Caller.Viewer viewer(OpenCall<?, ?> call, Map<Credential, Caller> callers) {
    Credential credential = call.credential();
    Caller caller = credential == null ? null : callers.get(credential);
    return caller == null ? Caller.Viewer.ANYONE : caller.viewer();
  }
}
