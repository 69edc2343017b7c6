package io.clawlive.server.identity.logins;

import static java.util.stream.Collectors.toMap;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.server.identity.Authenticator;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.Credential;
import io.clawlive.server.identity.Credentials;
import io.clawlive.server.identity.OpaqueToken;
import io.clawlive.server.identity.accounts.AccountRow;
import io.clawlive.server.identity.accounts.Accounts;
import io.clawlive.server.identity.accounts.PasswordChanged;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.identity.logins.LoginRepository.LoginRow;
import io.clawlive.server.identity.logins.LoginRepository.RefreshRow;
import io.clawlive.server.platform.grpc.CallerAddress;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Logins of accounts: opened by a sign-in, kept going by refresh tokens that work once, ended by
 * logout. An access token names its login, so it stops working together with it.
 */
@Singleton
public class Logins implements Authenticator {
  private static final String REFRESH = "clr";

  private final LoginRepository repository;
  private final Accounts accounts;
  private final AccessTokens accessTokens;
  private final AuditLog audit;
  private final LoginsConfiguration configuration;
  private final Clock clock;

  Logins(
      LoginRepository repository,
      Accounts accounts,
      AccessTokens accessTokens,
      AuditLog audit,
      LoginsConfiguration configuration,
      Clock clock) {
    this.repository = repository;
    this.accounts = accounts;
    this.accessTokens = accessTokens;
    this.audit = audit;
    this.configuration = configuration;
    this.clock = clock;
  }

  /**
   * Signs an account in, and writes that down.
   *
   * @param label where the login is used, for people; may be empty
   * @throws Refusal when the account is disabled
   */
  @Transactional
  public Tokens open(AccountRow account, String label) {
    if (account.disabledAt() != null) {
      throw Credentials.revoked();
    }
    UUID id = UuidCreator.getTimeOrderedEpoch();
    repository.insert(id, account.id(), label, CallerAddress.CURRENT.get(), clock.instant());
    accounts.signedIn(account.id());
    Tokens tokens = tokens(id, account.id(), account.name());
    audit.record("login", id, account.name(), label.isEmpty() ? Map.of() : Map.of("label", label));
    return tokens;
  }

  private Tokens tokens(UUID login, UUID accountId, String accountName) {
    Instant now = clock.instant();
    // A JWT counts whole seconds.
    Instant accessEnd =
        now.plus(configuration.accessTokenLifetime()).truncatedTo(ChronoUnit.SECONDS);
    Instant refreshEnd = now.plus(configuration.refreshTokenLifetime());
    OpaqueToken refresh = OpaqueToken.issue(REFRESH);
    repository.insertRefresh(refresh.prefix(), refresh.hash(), login, refreshEnd);
    return Tokens.newBuilder()
        .setAccessToken(accessTokens.mint(accountId, login, accessEnd))
        .setRefreshToken(refresh.text())
        .setTokenType("Bearer")
        .setExpiresIn((int) ChronoUnit.SECONDS.between(now, accessEnd))
        .setRefreshExpiresAt(Timestamps.of(refreshEnd))
        .setAccountId(accountId.toString())
        .setAccountName(accountName)
        .build();
  }

  /** What came of a refresh: tokens, or null when the token was used a second time. */
  record Refreshed(@Nullable Tokens tokens) {}

  /**
   * Uses a refresh token up. A second use ends the login, and that must be kept although the call
   * is refused, so it is no exception here.
   */
  @Transactional
  Refreshed refresh(String text) {
    OpaqueToken token = OpaqueToken.parse(REFRESH, text).orElseThrow(Credentials::invalid);
    RefreshRow row = repository.findRefresh(token.prefix()).orElseThrow(Credentials::invalid);
    if (!token.matches(row.tokenHash())) {
      throw Credentials.invalid();
    }
    LoginRow login = repository.findById(row.loginId()).orElseThrow(Credentials::invalid);
    if (login.revokedAt() != null || login.disabledAt() != null) {
      throw Credentials.revoked();
    }
    if (!clock.instant().isBefore(row.expiresAt())) {
      throw Credentials.expired();
    }
    if (repository.use(token.prefix(), clock.instant()) == 0) {
      repository.revoke(login.id(), clock.instant());
      audit.record("login", login.id(), login.accountName(), Map.of("reused", "true"));
      return new Refreshed(null);
    }
    return new Refreshed(tokens(login.id(), login.accountId(), login.accountName()));
  }

  /** The refusal of a refresh token that was used before. */
  static Refusal reused() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_REFRESH_REUSED,
        "The refresh token was used before, so the login has been ended.");
  }

  /** Ends a login. */
  @Transactional
  void close(UUID id) {
    if (repository.revoke(id, clock.instant()) > 0) {
      LoginRow login = repository.findById(id).orElseThrow();
      audit.record("login", id, login.accountName());
    }
  }

  /** Signs everybody out who signed in with the old password. */
  @EventListener
  void on(PasswordChanged change) {
    repository.revokeAll(change.account(), change.keptLogin(), clock.instant());
  }

  @Scheduled(fixedDelay = "1h", initialDelay = "1m")
  void forget() {
    Instant now = clock.instant();
    repository.forgetRefresh(now);
    repository.forget(now.minus(configuration.accessTokenLifetime()));
  }

  @Override
  public boolean recognises(String text) {
    return text.indexOf('.') >= 0;
  }

  @Override
  public Authenticated authenticate(String text) {
    AccessTokens.Claims claims = accessTokens.verify(text);
    LoginRow login = repository.findById(claims.loginId()).orElseThrow(Credentials::revoked);
    if (login.revokedAt() != null || login.disabledAt() != null) {
      throw Credentials.revoked();
    }
    return new Authenticated(
        caller(login),
        new Credential(
            this,
            login.id(),
            claims.expiresAt(),
            KeyScope.KEY_SCOPE_UNSPECIFIED,
            claims.signedBy()));
  }

  @Override
  public Map<Credential, Caller> callers(Collection<Credential> credentials) {
    List<Credential> signed =
        credentials.stream().filter(c -> accessTokens.holds(c.signedBy())).toList();
    return Credential.callers(
        signed,
        repository.holding(Credential.ids(signed)).stream()
            .collect(toMap(LoginRow::id, Logins::caller)));
  }

  private static Caller caller(LoginRow login) {
    return new Caller.AccountCaller(
        login.accountId(), login.accountName(), login.role().equals("admin"));
  }
}
