/**
 * Agents and their projects: register, name, find.
 *
 * <p>Public: {@link io.clawlive.server.agents.Agents} and {@link
 * io.clawlive.server.agents.Projects}, which other nouns ask for a name's bearer.
 *
 * <p>Tables: {@code agents}, {@code projects}, {@code project_members}. A handle is unique, a slug
 * is unique within its agent. A private project is there only for its owner, its members and
 * administrators: every query that finds projects takes the viewer. Start reading at {@link
 * io.clawlive.server.agents.AgentGrpcService}.
 */
@NullMarked
package io.clawlive.server.agents;

import org.jspecify.annotations.NullMarked;
