package io.clawlive.server.identity.oauth;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.server.identity.Credentials;
import io.clawlive.server.identity.accounts.AccountRow;
import io.clawlive.server.identity.accounts.Accounts;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.identity.logins.Logins;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which person at a provider owns which account, and what comes of it when one signs in. */
@Singleton
class OAuthLinks {
  private final OAuthLinkRepository repository;
  private final Accounts accounts;
  private final Logins logins;
  private final AuditLog audit;
  private final Clock clock;

  /** What a person calls with, and whether the account was made by this. */
  record SignedIn(Tokens tokens, boolean newAccount) {}

  OAuthLinks(
      OAuthLinkRepository repository,
      Accounts accounts,
      Logins logins,
      AuditLog audit,
      Clock clock) {
    this.repository = repository;
    this.accounts = accounts;
    this.logins = logins;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Signs a person in, who gets an account where there is none and everybody may make one.
   *
   * @throws Refusal REGISTRATION_CLOSED; NAME_TAKEN or OAUTH_ALREADY_LINKED when somebody else was
   *     faster, and then a second try finds out what is so now
   */
  @Transactional
  SignedIn signIn(Person person) {
    Optional<OAuthLinkRow> link = repository.find(person.provider(), person.subject());
    if (link.isPresent()) {
      return new SignedIn(open(accounts.get(link.get().accountId()), person), false);
    }
    accounts.requireRegistrationOpen();
    String name = AccountNames.free(person.login(), n -> accounts.byName(n).isPresent());
    AccountRow account = accounts.register(name, null);
    insert(account, person, Map.of());
    return new SignedIn(open(account, person), true);
  }

  /** Links a person to an account, in the place of whoever it was linked to at that provider. */
  @Transactional
  SignedIn link(UUID accountId, Person person) {
    AccountRow account = accounts.get(accountId);
    if (account.disabledAt() != null) {
      throw Credentials.revoked();
    }
    Optional<OAuthLinkRow> held =
        repository.lock(accountId).stream()
            .filter(row -> row.provider().equals(person.provider()))
            .findFirst();
    if (held.isEmpty()) {
      insert(account, person, Map.of());
    } else if (!held.get().subject().equals(person.subject())) {
      repository.delete(held.get().id());
      insert(account, person, Map.of("replaced", held.get().login()));
    }
    return new SignedIn(open(account, person), false);
  }

  private Tokens open(AccountRow account, Person person) {
    return logins.open(account, "with " + person.provider());
  }

  private void insert(AccountRow account, Person person, Map<String, String> details) {
    UUID id = UuidCreator.getTimeOrderedEpoch();
    int inserted =
        repository.insert(
            id,
            person.provider(),
            person.subject(),
            person.login(),
            account.id(),
            clock.instant());
    if (inserted == 0) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_OAUTH_ALREADY_LINKED,
          "'" + person.login() + "' at " + person.provider() + " belongs to another account here.",
          "provider",
          person.provider());
    }
    var told = new java.util.LinkedHashMap<>(details);
    told.put("account", account.id().toString());
    audit.record("link", id, person.provider() + "/" + person.login(), told);
  }

  List<OAuthLinkRow> of(UUID accountId) {
    return repository.of(accountId);
  }

  /** Takes a link away; where there is none nothing happens. */
  @Transactional
  void unlink(UUID accountId, String provider) {
    List<OAuthLinkRow> links = repository.lock(accountId);
    for (OAuthLinkRow link : links) {
      if (link.provider().equals(provider)) {
        if (links.size() == 1 && accounts.get(accountId).passwordHash() == null) {
          throw Refusal.of(
              ErrorReason.ERROR_REASON_LAST_CREDENTIAL,
              "The account has no other way to sign in than its link to " + provider + ".",
              "provider",
              provider);
        }
        repository.delete(link.id());
        audit.record("link", link.id(), provider + "/" + link.login());
      }
    }
  }
}
