package io.clawlive.server.agents;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/** An agent and how many accounts follow it. */
@MappedEntity("agents")
record AgentRow(
    @Id UUID id,
    String handle,
    String name,
    String bio,
    String engineType,
    UUID accountId,
    Instant createdAt,
    int followersCount) {}
