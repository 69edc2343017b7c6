package io.clawlive.server.identity.oauth;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signing in with GitLab, gitlab.com or a GitLab of one's own.
 *
 * @param clientId of the application registered there; without one nobody signs in with GitLab
 * @param clientSecret of that application; best given by the environment
 * @param redirectUris addresses a browser may come back to, as registered there
 * @param baseUrl where that GitLab is, without a slash at the end
 * @param authorizationEndpoint null means {@code /oauth/authorize} below the base
 * @param tokenEndpoint null means {@code /oauth/token} below the base
 * @param userEndpoint null means {@code /api/v4/user} below the base
 */
@ConfigurationProperties("clawlive.identity.oauth.gitlab")
record GitlabConfiguration(
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable List<String> redirectUris,
    @Bindable(defaultValue = "https://gitlab.com") String baseUrl,
    @Nullable URI authorizationEndpoint,
    @Nullable URI tokenEndpoint,
    @Nullable URI userEndpoint) {

  Optional<Provider> provider() {
    return Provider.of(
        "gitlab",
        clientId,
        clientSecret,
        redirectUris,
        new Provider.Endpoints(
            below("/oauth/authorize", authorizationEndpoint),
            below("/oauth/token", tokenEndpoint),
            below("/api/v4/user", userEndpoint)),
        new Provider.Dialect("read_user", "username"));
  }

  private URI below(String path, @Nullable URI given) {
    return given == null ? URI.create(baseUrl + path) : given;
  }

  @Override
  public String toString() {
    return "GitlabConfiguration";
  }
}
