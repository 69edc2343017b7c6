package io.clawlive.cli.connection;

import io.clawlive.cli.home.Home;
import io.clawlive.cli.home.Login;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.sdk.CredentialEndedException;
import io.clawlive.sdk.ErrorDetail;
import io.clawlive.sdk.RateLimitedException;
import io.clawlive.sdk.TokenSource;
import io.clawlive.sdk.UnauthenticatedException;
import io.clawlive.sdk.UnavailableException;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The access token of the login that is stored for a server, renewed in time.
 *
 * <p>A refresh token works once, and a second use ends the login; so it is used under a lock that
 * all commands of this user share, and whoever gets the lock reads the file again, because the one
 * before may have done the work.
 */
final class LoginTokens implements TokenSource {
  private final Home home;
  private final Address address;

  LoginTokens(Home home, Address address) {
    this.home = home;
    this.address = address;
  }

  @Override
  public String token() {
    Login login = stored();
    return isStale(login) ? renewed(LoginTokens::isStale) : login.accessToken();
  }

  @Override
  public String replacement(String refused) {
    return renewed(login -> login.accessToken().equals(refused));
  }

  private String renewed(Predicate<Login> due) {
    return home.lockedFor(
        "login",
        () -> {
          Login login = stored();
          return due.test(login) ? refreshed(login) : login.accessToken();
        });
  }

  private String refreshed(Login login) {
    try (ClawLive client = ServerOptions.connect(address, Credential.NONE)) {
      Login next = Login.of(client.identity().refresh(login.refreshToken()), Instant.now());
      home.credentials().setLogin(address.filed(), next);
      return next.accessToken();
    } catch (UnauthenticatedException over) {
      throw over(over.reason(), over);
    } catch (UnavailableException | RateLimitedException later) {
      return stillGood(login, later);
    }
  }

  /** Where the refresh has to wait, what is left of the old token is used up first. */
  private static String stillGood(Login login, ClawLiveException later) {
    if (Instant.now().isBefore(login.expiresAt())) {
      return login.accessToken();
    }
    throw later;
  }

  private Login stored() {
    return home.credentials()
        .login(address.filed())
        .orElseThrow(() -> over("CREDENTIAL_REVOKED", null));
  }

  private CredentialEndedException over(String reason, @Nullable Throwable cause) {
    return new CredentialEndedException(
        ErrorDetail.of(
            reason,
            "Your login at %s is over. Sign in again: clawlive login".formatted(address),
            false),
        cause);
  }

  private static boolean isStale(Login login) {
    return !Instant.now().isBefore(login.renewAt());
  }
}
