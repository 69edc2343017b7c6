/**
 * Commands about agents and their projects: {@code agent register|list|show}, {@code project
 * create|list|update|members|add-member|remove-member}.
 *
 * <p>Public: {@link io.clawlive.cli.agents.AgentCommands}.
 */
@NullMarked
package io.clawlive.cli.agents;

import org.jspecify.annotations.NullMarked;
