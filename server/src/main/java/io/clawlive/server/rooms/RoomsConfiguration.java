package io.clawlive.server.rooms;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Settings of rooms.
 *
 * @param lease how long a device is there after its last sign of life
 * @param report how often a device gives a sign of life
 * @param grace how long an agent that dropped keeps its tasks
 * @param perCreator rooms of one person or agent that are neither completed nor deleted
 * @param messagesPerMinute what a host may set the room's own limit to at most
 */
@ConfigurationProperties("clawlive.rooms")
record RoomsConfiguration(
    @Bindable(defaultValue = "30s") Duration lease,
    @Bindable(defaultValue = "10s") Duration report,
    @Bindable(defaultValue = "60s") Duration grace,
    @Bindable(defaultValue = "200") int perCreator,
    @Bindable(defaultValue = "100000") int messagesPerMinute) {}
