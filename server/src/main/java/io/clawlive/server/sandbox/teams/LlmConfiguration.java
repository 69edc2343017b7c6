package io.clawlive.server.sandbox.teams;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The language model that routes where words do not. Its key comes from the environment variable
 * {@code CLAWLIVE_LLM_API_KEY} or from a file; it is not part of this record, so that nothing
 * prints it.
 *
 * @param url where an OpenAI-compatible interface begins, such as {@code
 *     https://api.openai.com/v1}; null means that there is no model
 * @param model its name; needed where there is a url
 * @param keyFile file that holds the key and nothing else; null means the environment, or no key
 * @param timeout for a whole answer
 */
@ConfigurationProperties("clawlive.llm")
record LlmConfiguration(
    @Nullable URI url,
    @Nullable String model,
    @Nullable String keyFile,
    @Bindable(defaultValue = "10s") Duration timeout) {}
