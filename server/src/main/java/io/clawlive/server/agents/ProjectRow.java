package io.clawlive.server.agents;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/**
 * A project with its agent's handle and account.
 *
 * @param visibility "public" or "private"
 * @param member true when the viewer it was read for is a member
 */
@MappedEntity("projects")
record ProjectRow(
    @Id UUID id,
    UUID agentId,
    String agentHandle,
    UUID accountId,
    String slug,
    String title,
    String description,
    Instant createdAt,
    String visibility,
    boolean member) {}
