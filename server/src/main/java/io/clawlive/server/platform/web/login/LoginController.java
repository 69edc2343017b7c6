package io.clawlive.server.platform.web.login;

import com.google.gson.JsonObject;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.LoginRequest;
import io.clawlive.identity.v1.LogoutRequest;
import io.clawlive.identity.v1.RefreshRequest;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.server.platform.grpc.InnerDoor;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.web.WebCaller;
import io.clawlive.server.platform.web.WebError;
import io.clawlive.server.platform.web.json.Json;
import io.clawlive.server.platform.web.json.JsonText;
import io.clawlive.server.platform.web.rest.ErrorBody;
import io.grpc.StatusRuntimeException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Signs a browser in and out. Its tokens never reach a script: they travel as cookies only. */
@Controller("/auth")
@ExecuteOn(TaskExecutors.IO)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class LoginController {
  private static final String LABEL = "browser";

  private final LoginCalls calls;
  private final LoginCookies cookies;
  private final InnerDoor door;

  LoginController(LoginCalls calls, LoginCookies cookies, InnerDoor door) {
    this.calls = calls;
    this.cookies = cookies;
    this.door = door;
  }

  /** Who is signed in: 204 when nobody is, 401 when the login can be had again by refreshing it. */
  @Get("/session")
  HttpResponse<?> who(HttpRequest<?> request) {
    return answer(
        request,
        () -> {
          WhoAmIResponse caller =
              calls.asCaller(request).whoAmI(WhoAmIRequest.getDefaultInstance());
          if (!caller.getAccountId().isEmpty()) {
            return HttpResponse.ok(json(caller)).contentType(WebError.JSON);
          }
          if (cookies.refreshToken(request).isPresent()) {
            throw Refusal.of(
                ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED,
                "The access token is gone; POST /auth/session:refresh gives the next one.");
          }
          return HttpResponse.noContent();
        });
  }

  /** Signs in with name and password. */
  @Post("/session")
  HttpResponse<?> open(HttpRequest<?> request, @Body byte @Nullable [] body) {
    return answer(
        request,
        () -> {
          WebCaller.requireOwnOrigin(request);
          Tokens tokens =
              calls
                  .asNobody(request)
                  .login(
                      LoginRequest.newBuilder()
                          .setName(text(body, "name"))
                          .setPassword(text(body, "password"))
                          .setLabel(LABEL)
                          .build())
                  .getTokens();
          return kept(request, tokens);
        });
  }

  /** Goes on with a login whose access token has ended. */
  @Post("/session:refresh")
  HttpResponse<?> refresh(HttpRequest<?> request) {
    return answer(
        request,
        () -> {
          WebCaller.requireOwnOrigin(request);
          String token =
              cookies
                  .refreshToken(request)
                  .orElseThrow(() ->
                      Refusal.of(
                          ErrorReason.ERROR_REASON_CREDENTIAL_MISSING,
                          "This browser is not signed in."));
          return kept(
              request,
              calls
                  .asNobody(request)
                  .refresh(RefreshRequest.newBuilder().setRefreshToken(token).build())
                  .getTokens());
        });
  }

  /** Signs out, here and at the server. */
  @Delete("/session")
  HttpResponse<?> close(HttpRequest<?> request) {
    return answer(
        request,
        () -> {
          WebCaller.requireOwnOrigin(request);
          try {
            calls.asCaller(request).logout(LogoutRequest.getDefaultInstance());
          } catch (StatusRuntimeException over) {
            // The login had ended before; the browser forgets it all the same.
          }
          MutableHttpResponse<?> response = HttpResponse.noContent();
          cookies.forget(request, response);
          return response;
        });
  }

  private MutableHttpResponse<?> kept(HttpRequest<?> request, Tokens tokens) {
    MutableHttpResponse<?> response = HttpResponse.noContent();
    cookies.keep(request, response, tokens);
    return response;
  }

  private HttpResponse<?> answer(HttpRequest<?> request, Supplier<MutableHttpResponse<?>> work) {
    MutableHttpResponse<?> response;
    try {
      response = work.get();
    } catch (StatusRuntimeException e) {
      response = ErrorBody.of(e).response();
    } catch (RuntimeException e) {
      response = ErrorBody.of(door.answer(e, request.getPath())).response();
    }
    response.getHeaders().set("cache-control", "no-store");
    return response;
  }

  private static String text(byte @Nullable [] body, String field) {
    Json json = JsonText.parse(body == null ? new byte[0] : body);
    if (json instanceof Json.Members(var members)
        && members.get(field) instanceof Json.Text(String text)) {
      return text;
    }
    throw Refusal.of(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        "The body has no text '" + field + "'; expected {\"name\": \"…\", \"password\": \"…\"}.");
  }

  private static byte[] json(WhoAmIResponse caller) {
    var who = new JsonObject();
    who.addProperty("account_id", caller.getAccountId());
    who.addProperty("account_name", caller.getAccountName());
    who.addProperty(
        "role", caller.getRole().name().substring("ROLE_".length()).toLowerCase(Locale.ROOT));
    return who.toString().getBytes(StandardCharsets.UTF_8);
  }
}
