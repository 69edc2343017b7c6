package io.clawlive.sdk;

import java.time.Duration;
import java.util.Optional;

/**
 * A change in the connection of a publisher or an event stream, for notices to people.
 *
 * @param state the state entered
 * @param cause why, for {@code RECONNECTING} and {@code FAILED}
 * @param retryIn when the next try comes, for {@code RECONNECTING}
 */
public record ConnectionChange(
    ConnectionState state, Optional<ClawLiveException> cause, Optional<Duration> retryIn) {}
