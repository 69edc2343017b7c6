package io.clawlive.server.streams;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/**
 * Settings of the event log.
 *
 * @param writerLanes connections that write, each a thread
 * @param writeTimeout how long a batch waits for PostgreSQL to come back before it is refused
 * @param feedEvents newest events a watched stream keeps in memory
 * @param feedBytes bytes of those
 * @param pollInterval how often watched streams are compared with the table, which finds what
 *     another server wrote
 * @param checkpointInterval how long a watcher hears nothing before it gets a checkpoint
 */
@ConfigurationProperties("clawlive.streams")
public record StreamsConfiguration(
    @Bindable(defaultValue = "2") int writerLanes,
    @Bindable(defaultValue = "30s") Duration writeTimeout,
    @Bindable(defaultValue = "4096") int feedEvents,
    @Bindable(defaultValue = "1048576") int feedBytes,
    @Bindable(defaultValue = "500ms") Duration pollInterval,
    @Bindable(defaultValue = "10s") Duration checkpointInterval) {}
