package io.clawlive.server.platform.web.login;

import io.clawlive.identity.v1.FinishOAuthRequest;
import io.clawlive.identity.v1.ListOAuthProvidersRequest;
import io.clawlive.identity.v1.StartOAuthLoginRequest;
import io.clawlive.identity.v1.StartOAuthLoginResponse;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.server.platform.web.login.LoginCookies.Begun;
import io.grpc.StatusRuntimeException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Takes a browser to a provider to sign in there, and back. */
@Controller("/auth/oauth")
@ExecuteOn(TaskExecutors.IO)
final class ProviderController {
  private static final String CALLBACK = "/auth/oauth/callback";

  private final LoginCalls calls;
  private final LoginCookies cookies;

  ProviderController(LoginCalls calls, LoginCookies cookies) {
    this.calls = calls;
    this.cookies = cookies;
  }

  /** Begins, and comes back to the path {@code next} in the end. */
  @Get("/{provider}/start")
  HttpResponse<?> start(
      HttpRequest<?> request,
      @PathVariable String provider,
      @QueryValue(defaultValue = "/") String next) {
    Optional<String> back = comingBack(request, provider);
    if (back.isEmpty()) {
      return failed();
    }
    StartOAuthLoginResponse begun;
    try {
      begun =
          calls
              .providers(request)
              .startOAuthLogin(
                  StartOAuthLoginRequest.newBuilder()
                      .setProvider(provider)
                      .setRedirectUri(back.get())
                      .build());
    } catch (StatusRuntimeException refused) {
      return failed();
    }
    MutableHttpResponse<?> response = goTo(URI.create(begun.getAuthorizationUrl()));
    cookies.keepBegun(request, response, new Begun(begun.getLoginToken(), LocalPath.of(next)));
    return response;
  }

  /** Finishes what this browser began. */
  @Get("/callback")
  HttpResponse<?> callback(
      HttpRequest<?> request,
      @QueryValue(defaultValue = "") String state,
      @QueryValue(defaultValue = "") String code) {
    Optional<Begun> begun = cookies.begun(request);
    MutableHttpResponse<?> response;
    if (begun.isEmpty()) {
      response = failed();
    } else {
      try {
        Tokens tokens =
            calls
                .providers(request)
                .finishOAuth(
                    FinishOAuthRequest.newBuilder()
                        .setState(state)
                        .setCode(code)
                        .setLoginToken(begun.get().token())
                        .build())
                .getTokens();
        response = goTo(URI.create(LocalPath.of(begun.get().next())));
        cookies.keep(request, response, tokens);
      } catch (StatusRuntimeException refused) {
        response = failed();
      }
    }
    cookies.forgetBegun(request, response);
    return response;
  }

  /** The address of this door that is set up at the provider: of several, the one in use. */
  private Optional<String> comingBack(HttpRequest<?> request, String provider) {
    List<String> known =
        calls
            .providers(request)
            .listOAuthProviders(ListOAuthProvidersRequest.getDefaultInstance())
            .getProvidersList()
            .stream()
            .filter(one -> one.getProvider().equals(provider))
            .flatMap(one -> one.getRedirectUrisList().stream())
            .filter(uri -> URI.create(uri).getPath().equals(CALLBACK))
            .toList();
    String host = request.getHeaders().get("host");
    return known.stream()
        .filter(uri -> URI.create(uri).getAuthority().equals(host))
        .findFirst()
        .or(() -> known.stream().findFirst());
  }

  private static MutableHttpResponse<?> failed() {
    return goTo(URI.create("/login?error=refused"));
  }

  private static MutableHttpResponse<?> goTo(URI address) {
    MutableHttpResponse<?> response = HttpResponse.status(io.micronaut.http.HttpStatus.FOUND);
    response.getHeaders().set("location", address.toString());
    response.getHeaders().set("cache-control", "no-store");
    return response;
  }
}
