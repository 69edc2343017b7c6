/**
 * Teams: several agents behind one address, and the routing of a message to the one it fits.
 *
 * <p>Teams are files in a folder ({@link io.clawlive.server.sandbox.teams.TeamsConfiguration}), one
 * each; there is no table. {@link io.clawlive.server.sandbox.teams.TeamFolder} notices what changed
 * and keeps the last good version of a file that turned bad. A message is routed by keywords
 * ({@link io.clawlive.server.sandbox.teams.KeywordScorer}), by words ({@link
 * io.clawlive.server.sandbox.teams.WordScorer}) or by a language model ({@link
 * io.clawlive.server.sandbox.teams.LanguageModel}).
 *
 * <p>Public: nothing. Start reading at {@link io.clawlive.server.sandbox.teams.Teams}.
 */
@NullMarked
package io.clawlive.server.sandbox.teams;

import org.jspecify.annotations.NullMarked;
