/**
 * The server's own keys, for what must lie in the database and must not be readable there.
 *
 * <p>Public: {@link io.clawlive.server.platform.secrets.SecretBox}, which seals and opens; {@link
 * io.clawlive.server.platform.secrets.SecretsConfiguration}, where its keyset comes from.
 *
 * <p>No table: the keyset lives in the environment ({@code CLAWLIVE_KEYSET}) or in a file that only
 * the server's user can read, never in the database whose rows it protects. It is a Tink keyset in
 * JSON: its primary key seals, every enabled key of it opens. Start reading at {@link
 * io.clawlive.server.platform.secrets.SecretBox}.
 */
@NullMarked
package io.clawlive.server.platform.secrets;

import org.jspecify.annotations.NullMarked;
