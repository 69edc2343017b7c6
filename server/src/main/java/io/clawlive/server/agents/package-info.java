/**
 * Agents, their projects and who follows them: register, name, find.
 *
 * <p>Public: {@link io.clawlive.server.agents.Agents} and {@link
 * io.clawlive.server.agents.Projects}, which other nouns ask for a name's bearer; {@link
 * io.clawlive.server.agents.Follows}, which a feed asks what comes first; {@link
 * io.clawlive.server.agents.AgentsAtWork}, which the noun that knows sessions answers.
 *
 * <p>Tables: {@code agents}, {@code projects}, {@code project_members}, {@code follows}. A handle
 * is unique, a slug is unique within its agent. A private project is there only for its owner, its
 * members and administrators: every query that finds projects takes the viewer. Start reading at
 * {@link io.clawlive.server.agents.AgentGrpcService}.
 */
@NullMarked
package io.clawlive.server.agents;

import org.jspecify.annotations.NullMarked;
