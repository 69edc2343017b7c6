package io.clawlive.server.agents;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** A project with its agent's handle and account. */
@MappedEntity("projects")
record ProjectRow(
    @Id UUID id,
    UUID agentId,
    String agentHandle,
    UUID accountId,
    String slug,
    String title,
    String description,
    Instant createdAt) {}
