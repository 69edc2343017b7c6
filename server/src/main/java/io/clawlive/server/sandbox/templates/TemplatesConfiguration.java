package io.clawlive.server.sandbox.templates;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where templates come from.
 *
 * @param folder holds templates.yaml and providers.yaml; without one only what comes with the
 *     server is there
 * @param environment the names in the server's environment that templates may take values from;
 *     none unless they are listed
 */
@ConfigurationProperties("clawlive.templates")
record TemplatesConfiguration(
    @Nullable String folder, @Bindable(defaultValue = "") List<String> environment) {}
