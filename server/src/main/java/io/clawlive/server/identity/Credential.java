package io.clawlive.server.identity;

import static java.util.stream.Collectors.toMap;

import io.clawlive.identity.v1.KeyScope;
import io.grpc.Context;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a caller brought, without its secret.
 *
 * @param by who knows whether it still holds
 * @param id id of the key or the login
 * @param expiresAt when it stops working, null when it does not by itself
 * @param scope what it may do; unspecified for a login
 * @param signedBy id of the key that signed it; empty for what is not signed
 */
public record Credential(
    Authenticator by, UUID id, @Nullable Instant expiresAt, KeyScope scope, String signedBy) {
  /** The credential of the present call; null for a spectator. */
  public static final Context.Key<Credential> CURRENT = Context.key("credential");

  /** The ids of credentials, for a query. */
  public static UUID[] ids(Collection<Credential> credentials) {
    return credentials.stream().map(Credential::id).toArray(UUID[]::new);
  }

  /** The callers behind those credentials whose id still holds. */
  public static Map<Credential, Caller> callers(
      Collection<Credential> credentials, Map<UUID, Caller> holding) {
    return credentials.stream()
        .filter(credential -> holding.containsKey(credential.id()))
        .collect(toMap(Function.identity(), credential -> holding.get(credential.id())));
  }
}
