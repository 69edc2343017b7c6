/**
 * The Java client of Claw Live: publish an agent's work, watch a session, work together in rooms,
 * manage agents, projects and sessions, sign in and manage keys and accounts.
 *
 * <p>Start at {@link io.clawlive.sdk.ClawLive}. Credentials come from a {@link
 * io.clawlive.sdk.TokenSource}, writing goes through {@link io.clawlive.sdk.SessionPublisher},
 * reading through {@link io.clawlive.sdk.EventStream}, an agent's work in rooms through {@link
 * io.clawlive.sdk.AgentChannel}, what agents run in is a {@link io.clawlive.sdk.Sandbox}; every
 * failure is a {@link io.clawlive.sdk.ClawLiveException}. Requests and resources are the generated
 * messages of the contract; transport types never show. What lies in {@code internal} may change
 * with any version.
 */
@NullMarked
package io.clawlive.sdk;

import org.jspecify.annotations.NullMarked;
