/**
 * Signing in and staying signed in.
 *
 * <p>Public: {@link io.clawlive.server.identity.logins.Logins}, which opens, checks and ends
 * logins; {@link io.clawlive.server.identity.logins.Registration}, an account together with its
 * first login; {@link io.clawlive.server.identity.logins.SigningKeys}, the keys that sign access
 * tokens; {@link io.clawlive.server.identity.logins.AccessTokens}.
 *
 * <p>Tables: {@code logins} and their {@code refresh_tokens}, each of which works once; {@code
 * device_logins}, which wait for approval; {@code signing_keys}. One key signs at a time, and only
 * a key that signs has a private half there, sealed with the server's keyset. An access token is a
 * JWT of type {@code at+jwt} (RFC 9068) signed with ES256 that names its login, so it ends with it.
 * Start reading at {@link io.clawlive.server.identity.logins.IdentityGrpcService}.
 */
@NullMarked
package io.clawlive.server.identity.logins;

import org.jspecify.annotations.NullMarked;
