/**
 * Who is calling and what they may do: accounts, API keys and the access rule of every RPC.
 *
 * <p>Public: {@link io.clawlive.server.identity.Caller}, who is behind a call; {@link
 * io.clawlive.server.identity.ApiKeys}, which makes and checks keys; {@link
 * io.clawlive.server.identity.ResourceOwners}, by which a noun tells who owns its things; {@link
 * io.clawlive.server.identity.LocalAdmin}, the account of whoever runs this server's machine.
 *
 * <p>Tables: {@code accounts}, {@code api_keys}. A key is stored only as its hash. Start reading at
 * {@link io.clawlive.server.identity.AccessInterceptor}.
 */
@NullMarked
package io.clawlive.server.identity;

import org.jspecify.annotations.NullMarked;
