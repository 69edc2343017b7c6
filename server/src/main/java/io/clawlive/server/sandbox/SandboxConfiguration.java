package io.clawlive.server.sandbox;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of sandboxes.
 *
 * @param folder where the server keeps what belongs to them; without one it runs none
 * @param runtime {@code docker}, {@code process} or {@code none}; {@code auto} takes the first of
 *     the two that answers
 * @param engine where a container engine listens, {@code unix:///path} or {@code tcp://host:port}
 * @param deadline of one call to the engine; a stop may take its grace longer
 * @param defaultImage image of a sandbox that names none
 * @param perAccount sandboxes that an account may have at one time
 * @param allow rules that may be broken, by name
 * @param roots folders of the host that may stand in a sandbox
 * @param atOnce steps of different sandboxes that are done at one time
 * @param warning how long before its end a lease is warned about; a fourth of it if that is shorter
 * @param retry how long to wait before a runtime that did not answer is asked again
 */
@ConfigurationProperties("clawlive.sandbox")
record SandboxConfiguration(
    @Nullable String folder,
    @Bindable(defaultValue = "auto") String runtime,
    @Bindable(defaultValue = "unix:///var/run/docker.sock") String engine,
    @Bindable(defaultValue = "20s") Duration deadline,
    @Bindable(defaultValue = "clawlive/sandbox:latest") String defaultImage,
    @Bindable(defaultValue = "20") int perAccount,
    @Bindable(defaultValue = "") List<String> allow,
    @Bindable(defaultValue = "") List<String> roots,
    @Bindable(defaultValue = "8") int atOnce,
    @Bindable(defaultValue = "60s") Duration warning,
    @Bindable(defaultValue = "2s") Duration retry) {}
