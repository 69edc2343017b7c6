/**
 * API keys: long-lived credentials of agents and accounts.
 *
 * <p>Public: {@link io.clawlive.server.identity.keys.ApiKeys}, which makes and checks keys; {@link
 * io.clawlive.server.identity.keys.LocalAdmin}, the account of whoever runs this server's machine.
 *
 * <p>Table: {@code api_keys}. A key is stored only as its hash.
 */
@NullMarked
package io.clawlive.server.identity.keys;

import org.jspecify.annotations.NullMarked;
