/**
 * Signing in with an account at GitHub or GitLab: OAuth 2.0 authorization code (RFC 6749) with PKCE
 * S256 (RFC 7636).
 *
 * <p>Nothing is public: it is reached by its RPCs and opens logins like any other way to sign in.
 *
 * <p>Tables: {@code oauth_logins}, logins that have begun, each of which is finished once and by the
 * client that began it; {@code oauth_links}, which person at a provider owns which account, at most
 * one a provider and account. A person is known by the provider's id, never by a name or address
 * there. Nothing of a provider's tokens is kept. Start reading at {@link
 * io.clawlive.server.identity.oauth.OAuthLogins}.
 */
@NullMarked
package io.clawlive.server.identity.oauth;

import org.jspecify.annotations.NullMarked;
