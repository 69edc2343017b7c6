package io.clawlive.server.identity.keys;

import static java.util.stream.Collectors.toMap;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.server.identity.Authenticator;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.Credential;
import io.clawlive.server.identity.Credentials;
import io.clawlive.server.identity.OpaqueToken;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.identity.keys.ApiKeyRepository.KeyRow;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes API keys and finds out whom one belongs to. A key reads {@code cl_<prefix>_<secret>}. */
@Singleton
public class ApiKeys implements Authenticator {
  private static final String KIND = "cl";
  private static final int MOST_KEYS = 1_000;

  private final ApiKeyRepository repository;
  private final AuditLog audit;
  private final Clock clock;

  ApiKeys(ApiKeyRepository repository, AuditLog audit, Clock clock) {
    this.repository = repository;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * A new key.
   *
   * @param text the key itself, which cannot be read again
   */
  public record NewKey(UUID id, String text) {
    @Override
    public String toString() {
      return "NewKey[" + id + "]";
    }
  }

  /** Makes the first key of an agent, as part of the change that makes the agent. */
  @Transactional
  public NewKey create(UUID accountId, @Nullable UUID agentId) {
    return create(accountId, agentId, "", KeyScope.KEY_SCOPE_FULL, null);
  }

  private NewKey create(
      UUID accountId,
      @Nullable UUID agentId,
      String label,
      KeyScope scope,
      @Nullable Instant expiresAt) {
    if (repository.countWorking(accountId, clock.instant()) >= MOST_KEYS) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TOO_MANY_KEYS,
          "The account holds %,d keys that work; more are not made.".formatted(MOST_KEYS),
          "limit",
          Integer.toString(MOST_KEYS));
    }
    UUID id = UuidCreator.getTimeOrderedEpoch();
    OpaqueToken key = OpaqueToken.issue(KIND);
    repository.insert(
        id,
        key.prefix(),
        key.hash(),
        accountId,
        agentId,
        label,
        scope == KeyScope.KEY_SCOPE_WATCH ? "watch" : "full",
        clock.instant(),
        expiresAt);
    return new NewKey(id, key.text());
  }

  /** Makes a key for whoever asks. */
  @Transactional
  NewKey createAsked(
      UUID accountId,
      @Nullable UUID agentId,
      String label,
      KeyScope scope,
      @Nullable Duration lifetime) {
    NewKey key =
        create(
            accountId,
            agentId,
            label,
            scope,
            lifetime == null ? null : clock.instant().plus(lifetime));
    audit.record(
        "key",
        key.id(),
        prefix(key),
        agentId == null ? Map.of() : Map.of("agent", agentId.toString()));
    return key;
  }

  KeyRow get(UUID id) {
    return repository.findById(id).orElseThrow(() -> notFound(id));
  }

  List<KeyRow> page(UUID accountId, @Nullable UUID before, boolean all, int limit) {
    return repository.page(accountId, before, all, clock.instant(), limit);
  }

  /** Revokes a key that the caller may act for. */
  @Transactional
  KeyRow revoke(UUID id, Caller.AccountCaller by) {
    KeyRow key = get(id);
    if (!by.admin() && !key.accountId().equals(by.accountId())) {
      throw notFound(id);
    }
    if (repository.revoke(id, clock.instant()) > 0) {
      audit.record("key", id, shown(key));
    }
    return get(id);
  }

  /** Gives an agent a key in place of the one it calls with, with the same end. */
  @Transactional
  NewKey rotate(UUID oldId) {
    KeyRow old = get(oldId);
    if (repository.revoke(oldId, clock.instant()) == 0) {
      throw Credentials.revoked();
    }
    NewKey key =
        create(
            old.accountId(), old.agentId(), old.label(), KeyScope.KEY_SCOPE_FULL, old.expiresAt());
    audit.record("key", key.id(), prefix(key), Map.of("in_place_of", oldId.toString()));
    return key;
  }

  @Override
  public boolean recognises(String text) {
    return text.startsWith(KIND + "_");
  }

  @Override
  public Authenticated authenticate(String text) {
    OpaqueToken token = OpaqueToken.parse(KIND, text).orElseThrow(Credentials::invalid);
    KeyRow key = repository.findByPrefix(token.prefix()).orElseThrow(Credentials::invalid);
    if (!token.matches(key.keyHash())) {
      throw Credentials.invalid();
    }
    if (key.revokedAt() != null || key.disabledAt() != null) {
      throw Credentials.revoked();
    }
    if (key.expiresAt() != null && !clock.instant().isBefore(key.expiresAt())) {
      throw Credentials.expired();
    }
    return new Authenticated(
        caller(key), new Credential(this, key.id(), key.expiresAt(), scope(key), ""));
  }

  @Override
  public Map<Credential, Caller> callers(Collection<Credential> credentials) {
    return Credential.callers(
        credentials,
        repository.holding(Credential.ids(credentials)).stream()
            .collect(toMap(KeyRow::id, ApiKeys::caller)));
  }

  private static Caller caller(KeyRow key) {
    if (scope(key) == KeyScope.KEY_SCOPE_WATCH) {
      return new Caller.WatchCaller(key.accountId(), key.accountName());
    }
    return key.agentId() == null
        ? new Caller.AccountCaller(key.accountId(), key.accountName(), key.role().equals("admin"))
        : new Caller.AgentCaller(
            key.agentId(), String.valueOf(key.agentHandle()), key.accountId(), key.accountName());
  }

  static KeyScope scope(KeyRow key) {
    return key.scope().equals("watch") ? KeyScope.KEY_SCOPE_WATCH : KeyScope.KEY_SCOPE_FULL;
  }

  /** What may be shown of a key. */
  static String shown(KeyRow key) {
    return KIND + "_" + key.prefix();
  }

  private static String prefix(NewKey key) {
    return key.text().substring(0, key.text().lastIndexOf('_'));
  }

  private static Refusal notFound(UUID id) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_KEY_NOT_FOUND,
        "There is no key " + id + " of this account.",
        "key_id",
        id.toString());
  }
}
