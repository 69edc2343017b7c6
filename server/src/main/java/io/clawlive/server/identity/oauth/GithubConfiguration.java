package io.clawlive.server.identity.oauth;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signing in with GitHub. The endpoints are GitHub's own unless said otherwise.
 *
 * @param clientId of the application registered there; without one nobody signs in with GitHub
 * @param clientSecret of that application; best given by the environment
 * @param redirectUris addresses a browser may come back to, as registered there
 */
@ConfigurationProperties("clawlive.identity.oauth.github")
record GithubConfiguration(
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable List<String> redirectUris,
    @Bindable(defaultValue = "https://github.com/login/oauth/authorize") URI authorizationEndpoint,
    @Bindable(defaultValue = "https://github.com/login/oauth/access_token") URI tokenEndpoint,
    @Bindable(defaultValue = "https://api.github.com/user") URI userEndpoint) {

  Optional<Provider> provider() {
    return Provider.of(
        "github",
        clientId,
        clientSecret,
        redirectUris,
        new Provider.Endpoints(authorizationEndpoint, tokenEndpoint, userEndpoint),
        new Provider.Dialect("read:user", "login"));
  }

  @Override
  public String toString() {
    return "GithubConfiguration";
  }
}
