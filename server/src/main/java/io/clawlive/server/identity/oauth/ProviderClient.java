package io.clawlive.server.identity.oauth;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks with a provider: where to send a browser, and who it was that came back with a code. */
@Singleton
final class ProviderClient {
  private static final int LONGEST_TEXT = 200;
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;
  private static final Logger LOG = LoggerFactory.getLogger(ProviderClient.class);

  private final ProviderHttp http;

  ProviderClient(ProviderHttp http) {
    this.http = http;
  }

  /** The address to open in a browser. */
  URI authorization(Provider provider, String redirectUri, State state, CodeVerifier verifier) {
    return new AuthorizationRequest.Builder(ResponseType.CODE, provider.clientId())
        .endpointURI(provider.endpoints().authorization())
        .redirectionURI(URI.create(redirectUri))
        .scope(Scope.parse(provider.dialect().scope()))
        .state(state)
        .codeChallenge(verifier, CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /**
   * Who a code stands for.
   *
   * @throws Refusal OAUTH_REFUSED when the provider does not take the code, OAUTH_UNAVAILABLE when
   *     it does not answer as agreed
   */
  Person person(Provider provider, String redirectUri, String code, CodeVerifier verifier) {
    try {
      var grant =
          new AuthorizationCodeGrant(
              new AuthorizationCode(code), URI.create(redirectUri), verifier);
      return person(provider, token(provider, grant));
    } catch (IOException | ParseException e) {
      // The answer itself is not logged: it may hold a token.
      LOG.warn("{} did not answer as agreed: {}", provider.name(), e.getClass().getSimpleName());
      throw Refusal.of(
          ErrorReason.ERROR_REASON_OAUTH_UNAVAILABLE,
          provider.name() + " does not answer, or not as agreed.",
          "provider",
          provider.name());
    }
  }

  private BearerAccessToken token(Provider provider, AuthorizationCodeGrant grant)
      throws IOException, ParseException {
    URI endpoint = provider.endpoints().token();
    TokenRequest.Builder asked =
        provider.secret() == null
            ? new TokenRequest.Builder(endpoint, provider.clientId(), grant)
            : new TokenRequest.Builder(
                endpoint, new ClientSecretPost(provider.clientId(), provider.secret()), grant);
    HTTPResponse answer = send(asked.build().toHTTPRequest());
    if (answer.getStatusCode() >= SERVER_ERROR) {
      throw new ParseException("status " + answer.getStatusCode());
    }
    // GitHub says that something is wrong with status 200, so the body tells success from error.
    TokenResponse read = TokenResponse.parse(answer.getBodyAsJSONObject());
    if (!read.indicatesSuccess()) {
      throw refused(provider, read.toErrorResponse().getErrorObject().getCode());
    }
    BearerAccessToken token = read.toSuccessResponse().getTokens().getBearerAccessToken();
    if (token == null) {
      throw new ParseException("no bearer token");
    }
    return token;
  }

  private Person person(Provider provider, BearerAccessToken token)
      throws IOException, ParseException {
    var asked = new HTTPRequest(HTTPRequest.Method.GET, provider.endpoints().user());
    asked.setAuthorization(token.toAuthorizationHeader());
    HTTPResponse answer = send(asked);
    answer.ensureStatusCode(OK);
    Map<String, Object> person = answer.getBodyAsJSONObject();
    return new Person(
        provider.name(), subject(person), text(person.get(provider.dialect().loginField())));
  }

  private HTTPResponse send(HTTPRequest request) throws IOException {
    request.setAccept("application/json");
    // GitHub answers nobody who does not say what they are.
    request.setHeader("User-Agent", "clawlive");
    return request.send(http);
  }

  /** Both providers number their people. */
  private static String subject(Map<String, Object> person) throws ParseException {
    return switch (person.get("id")) {
      case Integer id -> id.toString();
      case Long id -> id.toString();
      case BigInteger id -> text(id.toString());
      case null, default -> throw new ParseException("no id");
    };
  }

  private static String text(@Nullable Object value) throws ParseException {
    if (value instanceof String text && !text.isBlank() && text.length() <= LONGEST_TEXT) {
      return text;
    }
    throw new ParseException("no name");
  }

  private static Refusal refused(Provider provider, @Nullable String error) {
    String told = String.valueOf(error);
    LOG.warn(
        "{} refused a code: {}",
        provider.name(),
        told.substring(0, Math.min(told.length(), LONGEST_TEXT)));
    return Refusal.of(
        ErrorReason.ERROR_REASON_OAUTH_REFUSED,
        provider.name() + " did not accept the code.",
        "provider",
        provider.name());
  }
}
