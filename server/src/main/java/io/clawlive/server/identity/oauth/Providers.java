package io.clawlive.server.identity.oauth;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The providers that are set up on this server, by name. */
@Singleton
final class Providers {
  private final List<Provider> all;

  Providers(GithubConfiguration github, GitlabConfiguration gitlab) {
    this.all = Stream.of(github.provider(), gitlab.provider()).flatMap(Optional::stream).toList();
  }

  List<Provider> all() {
    return all;
  }

  Provider get(String name) {
    return all.stream()
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            Refusal.of(
                ErrorReason.ERROR_REASON_OAUTH_PROVIDER_UNKNOWN,
                "Nobody signs in with '" + name + "' on this server.",
                "provider",
                name));
  }
}
