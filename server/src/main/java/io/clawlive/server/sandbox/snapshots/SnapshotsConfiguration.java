package io.clawlive.server.sandbox.snapshots;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * Settings of snapshots.
 *
 * @param perAccount snapshots that an account may have at one time
 * @param mostMb MiB of files that one snapshot may hold, before they are compressed
 * @param atOnce snapshots that are made at one time; others wait
 */
@ConfigurationProperties("clawlive.sandbox.snapshots")
record SnapshotsConfiguration(
    @Bindable(defaultValue = "50") int perAccount,
    @Bindable(defaultValue = "10240") long mostMb,
    @Bindable(defaultValue = "2") int atOnce) {}
