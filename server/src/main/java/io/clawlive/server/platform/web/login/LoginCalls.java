package io.clawlive.server.platform.web.login;

import io.clawlive.identity.v1.IdentityServiceGrpc;
import io.clawlive.identity.v1.IdentityServiceGrpc.IdentityServiceBlockingStub;
import io.clawlive.identity.v1.OAuthServiceGrpc;
import io.clawlive.identity.v1.OAuthServiceGrpc.OAuthServiceBlockingStub;
import io.clawlive.server.platform.grpc.InnerDoor;
import io.clawlive.server.platform.web.Exchange;
import io.clawlive.server.platform.web.WebCaller;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;

/** Calls of the contract's logins in the name of a request. */
@Singleton
final class LoginCalls {
  private final InnerDoor door;

  LoginCalls(InnerDoor door) {
    this.door = door;
  }

  /** As somebody who brings no credential. */
  IdentityServiceBlockingStub asNobody(HttpRequest<?> request) {
    return from(request, IdentityServiceGrpc.newBlockingStub(door));
  }

  /** As whoever the request's cookie names. */
  IdentityServiceBlockingStub asCaller(HttpRequest<?> request) {
    var headers = new Metadata();
    WebCaller.authorize(request, headers);
    return from(
        request,
        IdentityServiceGrpc.newBlockingStub(door)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers)));
  }

  /** Logins at providers. */
  OAuthServiceBlockingStub providers(HttpRequest<?> request) {
    return from(request, OAuthServiceGrpc.newBlockingStub(door));
  }

  /** Calls come from where the request came from. */
  private static <S extends AbstractStub<S>> S from(HttpRequest<?> request, S stub) {
    return stub.withOption(InnerDoor.CALLER, Exchange.of(request).caller());
  }
}
