/**
 * The commands {@code sandbox …}: where agents run, made, watched and removed.
 *
 * <p>Public: {@link io.clawlive.cli.sandbox.SandboxCommands}. Start reading at {@code
 * SandboxAccess}, which finds the sandbox a word means, and {@code Progress}, which waits for what
 * becomes of a wish.
 */
@NullMarked
package io.clawlive.cli.sandbox;

import org.jspecify.annotations.NullMarked;
