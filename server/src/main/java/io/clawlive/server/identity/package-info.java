/**
 * Who is calling and what they may do: the access rule of every RPC.
 *
 * <p>Public: {@link io.clawlive.server.identity.Caller}, who is behind a call, and with whose eyes
 * it sees; {@link io.clawlive.server.identity.Credential}, what was brought; {@link
 * io.clawlive.server.identity.Authenticator}, one for each kind of credential; {@link
 * io.clawlive.server.identity.ResourceGuards}, by which a noun tells who owns its things and who
 * may see them; {@link io.clawlive.server.identity.OpaqueToken}, the form of every secret that is
 * handed out; {@link io.clawlive.server.identity.Credentials} and {@link
 * io.clawlive.server.identity.Visibilities}, what all of them say alike.
 *
 * <p>The rooms of this noun: {@code accounts} with their passwords, {@code keys}, {@code logins},
 * {@code oauth}, and {@code audit}, which writes down what is changed. They know this package; this
 * package knows none of them.
 *
 * <p>Start reading at {@link io.clawlive.server.identity.AccessInterceptor}; what stays open is
 * looked after by {@link io.clawlive.server.identity.OpenCalls}.
 */
@NullMarked
package io.clawlive.server.identity;

import org.jspecify.annotations.NullMarked;
