package io.clawlive.server.identity.oauth;

import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place to sign in, as it is set up on this server.
 *
 * @param secret null for an application that has none
 */
record Provider(
    String name,
    ClientID clientId,
    @Nullable Secret secret,
    List<String> redirectUris,
    Endpoints endpoints,
    Dialect dialect) {

  /** Where the browser goes, where a code becomes a token, and where that token says who it is. */
  record Endpoints(URI authorization, URI token, URI user) {}

  /**
   * What is called differently at each provider.
   *
   * @param scope the least that lets us read who somebody is
   * @param loginField the name of the person's name
   */
  record Dialect(String scope, String loginField) {}

  /** Empty when no client id is set, which means the provider is not used. */
  static Optional<Provider> of(
      String name,
      @Nullable String clientId,
      @Nullable String clientSecret,
      @Nullable List<String> redirectUris,
      Endpoints endpoints,
      Dialect dialect) {
    if (clientId == null || clientId.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        new Provider(
            name,
            new ClientID(clientId),
            clientSecret == null || clientSecret.isBlank() ? null : new Secret(clientSecret),
            redirectUris == null ? List.of() : List.copyOf(redirectUris),
            endpoints,
            dialect));
  }

  @Override
  public String toString() {
    return "Provider[" + name + "]";
  }
}
