package io.clawlive.server.identity;

import java.util.Collection;
import java.util.Map;

/** Knows one kind of credential. */
public interface Authenticator {
  /** True when a text has the outer form of this kind of credential. */
  boolean recognises(String text);

  /**
   * Finds out whom a credential belongs to.
   *
   * @throws io.clawlive.server.platform.grpc.Refusal when it is unknown, expired or revoked
   */
  Authenticated authenticate(String text);

  /** The callers behind credentials, as they stand now; without those that were taken back. */
  Map<Credential, Caller> callers(Collection<Credential> credentials);

  /** A caller and the credential that was brought. */
  record Authenticated(Caller caller, Credential credential) {}
}
