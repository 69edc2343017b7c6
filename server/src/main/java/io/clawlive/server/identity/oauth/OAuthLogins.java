package io.clawlive.server.identity.oauth;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.OpaqueToken;
import io.clawlive.server.identity.oauth.OAuthLinks.SignedIn;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.secrets.SecretBox;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Takes a person to a provider and back. What began a login is bound to what finishes it three
 * times: by the state in the address, once and for ten minutes; by a token that only the client that
 * began it has, so that nobody is signed in by somebody else's link; and by PKCE, so that a code is
 * worth nothing elsewhere.
 *
 * <p>No transaction is open while a provider is asked.
 */
@Singleton
class OAuthLogins {
  private static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final String STATE = "cls";
  private static final String LOGIN = "clo";

  private final Providers providers;
  private final ProviderClient client;
  private final OAuthLoginRepository repository;
  private final OAuthLinks links;
  private final SecretBox box;
  private final Clock clock;

  /** What the client needs: an address for the browser, and a secret that it keeps. */
  record Started(URI authorization, OpaqueToken loginToken) {}

  OAuthLogins(
      Providers providers,
      ProviderClient client,
      OAuthLoginRepository repository,
      OAuthLinks links,
      SecretBox box,
      Clock clock) {
    this.providers = providers;
    this.client = client;
    this.repository = repository;
    this.links = links;
    this.box = box;
    this.clock = clock;
  }

  /**
   * Begins.
   *
   * @param accountId the account to link to; null to sign in
   */
  Started start(String providerName, String redirectUri, @Nullable UUID accountId) {
    Provider provider = providers.get(providerName);
    if (!provider.redirectUris().contains(redirectUri)) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_OAUTH_REDIRECT_UNKNOWN,
          "'" + redirectUri + "' is not an address set up for " + providerName + ".",
          "redirect_uri",
          redirectUri);
    }
    OpaqueToken state = OpaqueToken.issue(STATE);
    OpaqueToken loginToken = OpaqueToken.issue(LOGIN);
    var verifier = new CodeVerifier();
    repository.insert(
        state.hash(),
        providerName,
        redirectUri,
        box.seal(verifier.getValueBytes(), context(state.hash())),
        loginToken.hash(),
        accountId,
        clock.instant());
    return new Started(
        client.authorization(provider, redirectUri, new State(state.text()), verifier), loginToken);
  }

  /** Finishes with what the browser came back with. */
  SignedIn finish(String state, String code, String loginToken) {
    OAuthLoginRow begun = take(state, loginToken);
    Person person =
        client.person(
            providers.get(begun.provider()),
            begun.redirectUri(),
            code,
            new CodeVerifier(
                new String(
                    box.open(begun.verifierSealed(), context(begun.stateHash())),
                    StandardCharsets.US_ASCII)));
    UUID accountId = begun.accountId();
    return accountId == null ? signIn(person) : links.link(accountId, person);
  }

  /** Uses a login up. A wrong token does not: it may be somebody else's attempt. */
  private OAuthLoginRow take(String state, String loginToken) {
    Instant since = clock.instant().minus(LIFETIME);
    OAuthLoginRow begun =
        OpaqueToken.parse(STATE, state)
            .flatMap(token -> repository.find(token.hash(), since))
            .orElseThrow(OAuthLogins::invalid);
    boolean same =
        OpaqueToken.parse(LOGIN, loginToken)
            .filter(token -> token.matches(begun.loginTokenHash()))
            .isPresent();
    if (!same || repository.take(begun.stateHash()) == 0) {
      throw invalid();
    }
    return begun;
  }

  /** Tries again when somebody took the name, or the same person came twice, in the same moment. */
  private SignedIn signIn(Person person) {
    for (int tries = 1; ; tries++) {
      try {
        return links.signIn(person);
      } catch (Refusal refusal) {
        boolean overtaken =
            refusal.reason() == ErrorReason.ERROR_REASON_NAME_TAKEN
                || refusal.reason() == ErrorReason.ERROR_REASON_OAUTH_ALREADY_LINKED;
        if (!overtaken || tries == 5) {
          throw refusal;
        }
      }
    }
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void forget() {
    repository.forget(clock.instant().minus(LIFETIME));
  }

  private static String context(byte[] stateHash) {
    return "oauth_login " + HexFormat.of().formatHex(stateHash);
  }

  private static Refusal invalid() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_OAUTH_STATE_INVALID,
        "The login is unknown, used, older than 10 minutes, or not of this client.");
  }
}
