/**
 * The server as a program: what is started, in which order, and how it stops. Everything else is a
 * noun ({@code identity}, {@code agents}, {@code streams}, {@code live}) or {@code platform}.
 *
 * <p>Start reading at {@link io.clawlive.server.Main}.
 */
@NullMarked
package io.clawlive.server;

import org.jspecify.annotations.NullMarked;
