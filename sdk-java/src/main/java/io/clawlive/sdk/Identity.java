package io.clawlive.sdk;

import io.clawlive.identity.v1.IdentityServiceGrpc;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.sdk.internal.Unary;
import java.util.concurrent.CompletableFuture;

/** Who is calling. */
public final class Identity {
  private final Unary unary;

  Identity(Unary unary) {
    this.unary = unary;
  }

  /** Whom the credential belongs to, and the server's version. */
  public WhoAmIResponse whoAmI() {
    return Unary.await(whoAmIAsync());
  }

  /** As {@link #whoAmI()}. */
  public CompletableFuture<WhoAmIResponse> whoAmIAsync() {
    return unary.call(IdentityServiceGrpc.getWhoAmIMethod(), WhoAmIRequest.getDefaultInstance());
  }
}
