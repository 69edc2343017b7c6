/**
 * Logins and the tokens they give.
 *
 * <p>Public: {@link io.clawlive.server.identity.logins.AccessTokens}, which makes and checks access
 * tokens; {@link io.clawlive.server.identity.logins.SigningKeys}, the keys that sign them.
 *
 * <p>Table: {@code signing_keys}. One key signs at a time, and only a key that signs has a private
 * half there, sealed with the server's keyset. An access token is a JWT of type {@code at+jwt} (RFC
 * 9068) signed with ES256. Start reading at {@link
 * io.clawlive.server.identity.logins.AccessTokens}.
 */
@NullMarked
package io.clawlive.server.identity.logins;

import org.jspecify.annotations.NullMarked;
