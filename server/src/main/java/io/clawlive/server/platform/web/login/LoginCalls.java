package io.clawlive.server.platform.web.login;

import io.clawlive.identity.v1.IdentityServiceGrpc;
import io.clawlive.identity.v1.IdentityServiceGrpc.IdentityServiceBlockingStub;
import io.clawlive.identity.v1.OAuthServiceGrpc;
import io.clawlive.identity.v1.OAuthServiceGrpc.OAuthServiceBlockingStub;
import io.clawlive.server.platform.grpc.InnerDoor;
import io.clawlive.server.platform.web.Exchange;
import io.clawlive.server.platform.web.WebCaller;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
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
    return IdentityServiceGrpc.newBlockingStub(door)
        .withOption(InnerDoor.CALLER, Exchange.of(request).caller());
  }

  /** As whoever the request's cookie names. */
  IdentityServiceBlockingStub asCaller(HttpRequest<?> request) {
    var headers = new Metadata();
    WebCaller.authorize(request, headers);
    return IdentityServiceGrpc.newBlockingStub(
            ClientInterceptors.intercept(door, MetadataUtils.newAttachHeadersInterceptor(headers)))
        .withOption(InnerDoor.CALLER, Exchange.of(request).caller());
  }

  /** Logins at providers. */
  OAuthServiceBlockingStub providers(HttpRequest<?> request) {
    return OAuthServiceGrpc.newBlockingStub(door)
        .withOption(InnerDoor.CALLER, Exchange.of(request).caller());
  }
}
