package io.clawlive.server.streams.masking;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * What is masked beyond secrets.
 *
 * @param emails whether e-mail addresses are masked too; false by default
 */
@ConfigurationProperties("clawlive.masking")
public record MaskingConfiguration(@Bindable(defaultValue = "false") boolean emails) {}
