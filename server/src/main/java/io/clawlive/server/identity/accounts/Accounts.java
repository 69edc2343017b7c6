package io.clawlive.server.identity.accounts;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.Refusal;
import io.micronaut.context.event.ApplicationEventPublisher;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, finds and changes accounts. The caller takes care of passwords before a transaction. */
@Singleton
public class Accounts {
  /** The account of whoever runs the server's machine; it has no password. */
  public static final String LOCAL_ADMIN = "local-admin";

  private final AccountRepository repository;
  private final AccountsConfiguration configuration;
  private final AuditLog audit;
  private final ApplicationEventPublisher<PasswordChanged> passwordChanges;
  private final Clock clock;

  Accounts(
      AccountRepository repository,
      AccountsConfiguration configuration,
      AuditLog audit,
      ApplicationEventPublisher<PasswordChanged> passwordChanges,
      Clock clock) {
    this.repository = repository;
    this.configuration = configuration;
    this.audit = audit;
    this.passwordChanges = passwordChanges;
    this.clock = clock;
  }

  /** True while nobody has an account; the first one becomes administrator. */
  public boolean none() {
    return !repository.existsOtherThan(LOCAL_ADMIN);
  }

  /**
   * True when anybody may make an account now.
   *
   * @param none what {@link #none} said
   */
  public boolean registrationOpen(boolean none) {
    return none || configuration.openRegistration();
  }

  /** Refuses when nobody may make an account by themselves. */
  public void requireRegistrationOpen() {
    requireRegistrationOpen(none());
  }

  private void requireRegistrationOpen(boolean none) {
    if (!registrationOpen(none)) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_REGISTRATION_CLOSED,
          "Accounts are made by an administrator of this server.");
    }
  }

  /** Makes registrations wait for each other until the present transaction is over. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void lockRegistration() {
    repository.lockRegistration();
  }

  /**
   * Makes an account for whoever asks; the first one of the server becomes its administrator.
   *
   * @param passwordHash null for an account that signs in elsewhere
   */
  @Transactional
  public AccountRow register(String name, @Nullable String passwordHash) {
    repository.lockRegistration();
    boolean first = none();
    requireRegistrationOpen(first);
    return insert(name, first ? "admin" : "user", passwordHash);
  }

  /** Makes an account with a role. */
  @Transactional
  public AccountRow create(String name, String role, @Nullable String passwordHash) {
    return insert(name, role, passwordHash);
  }

  private AccountRow insert(String name, String role, @Nullable String passwordHash) {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    String kept = name.toLowerCase(Locale.ROOT);
    if (repository.insert(id, kept, role, passwordHash, clock.instant()) == 0) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_NAME_TAKEN,
          "The name '" + kept + "' belongs to another account.",
          "name",
          kept);
    }
    audit.record("account", id, kept, Map.of("role", role));
    return get(id);
  }

  /** The account of whoever runs the server's machine, made when it is not there. */
  @Transactional
  public AccountRow localAdmin() {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    if (repository.insert(id, LOCAL_ADMIN, "admin", null, clock.instant()) > 0) {
      audit.recordOwn("account.create", "account", id, LOCAL_ADMIN);
    }
    return repository.findByName(LOCAL_ADMIN).orElseThrow();
  }

  /** The account with this name, in any case. */
  public Optional<AccountRow> byName(String name) {
    return repository.findByName(name.toLowerCase(Locale.ROOT));
  }

  /** The account with this id. */
  public AccountRow get(UUID id) {
    return repository.findById(id).orElseThrow(() -> notFound(id.toString()));
  }

  /** The account with this name or id. */
  public AccountRow get(String nameOrId) {
    return Ids.parse(nameOrId)
        .map(repository::findById)
        .orElseGet(() -> byName(nameOrId))
        .orElseThrow(() -> notFound(nameOrId));
  }

  List<AccountRow> page(String afterName, int limit) {
    return repository.page(afterName, limit);
  }

  /**
   * Changes an account.
   *
   * @param role null leaves it
   * @param disabled null leaves it
   * @param passwordHash null leaves it
   */
  @Transactional
  public AccountRow change(
      UUID id, @Nullable String role, @Nullable Boolean disabled, @Nullable String passwordHash) {
    // Two administrators who take each other's role in the same moment must not both succeed.
    repository.lockRegistration();
    AccountRow before = repository.lock(id);
    requireNotTheMachines(before);
    String newRole = role == null ? before.role() : role;
    Instant disabledAt = before.disabledAt();
    if (disabled != null && disabled != (disabledAt != null)) {
      disabledAt = disabled ? clock.instant() : null;
    }
    if (before.admin()
        && before.disabledAt() == null
        && (!newRole.equals("admin") || disabledAt != null)
        && repository.adminsBeside(id, LOCAL_ADMIN) == 0) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_LAST_ADMIN,
          "'" + before.name() + "' is the only administrator who can sign in.");
    }
    Map<String, String> details = new LinkedHashMap<>();
    if (!newRole.equals(before.role())) {
      details.put("role", newRole);
    }
    if ((disabledAt == null) != (before.disabledAt() == null)) {
      details.put("disabled", Boolean.toString(disabledAt != null));
    }
    if (passwordHash != null) {
      details.put("password", "changed");
      repository.setPassword(id, passwordHash);
      passwordChanges.publishEvent(new PasswordChanged(id, null));
    }
    if (!details.isEmpty()) {
      repository.change(id, newRole, disabledAt);
      audit.record("account", id, before.name(), details);
    }
    return get(id);
  }

  /**
   * Sets a password.
   *
   * @param keptLogin login that makes the change and goes on; null when all end
   */
  @Transactional
  public void setPassword(AccountRow account, String passwordHash, @Nullable UUID keptLogin) {
    requireNotTheMachines(account);
    repository.setPassword(account.id(), passwordHash);
    passwordChanges.publishEvent(new PasswordChanged(account.id(), keptLogin));
    audit.record("account", account.id(), account.name());
  }

  /**
   * Keeps a new hash of the same password, made with newer parameters. Nobody's right changes:
   * where the password was changed meanwhile, the change stays.
   */
  public void rehash(UUID id, String oldHash, String newHash) {
    repository.replacePassword(id, oldHash, newHash);
  }

  /** Keeps when somebody last signed in. */
  public void signedIn(UUID id) {
    repository.signedIn(id, clock.instant());
  }

  /** Whoever runs the machine must find its account as it was made. */
  private static void requireNotTheMachines(AccountRow account) {
    if (account.name().equals(LOCAL_ADMIN)) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_LAST_ADMIN,
          "'" + LOCAL_ADMIN + "' is the account of the server's machine and stays as it is.");
    }
  }

  private static Refusal notFound(String nameOrId) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_ACCOUNT_NOT_FOUND,
        "There is no account '" + nameOrId + "'.",
        "account",
        nameOrId);
  }
}
