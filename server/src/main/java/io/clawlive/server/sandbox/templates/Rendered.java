package io.clawlive.server.sandbox.templates;

import io.clawlive.sandbox.v1.SandboxSpec;
import java.util.Map;

/**
 * What a sandbox is made of. Everything in it may be kept and shown.
 *
 * @param spec without what takes a value from the server's environment
 * @param references those variables, each with its text, in which {@code ${NAME}} stands for the
 *     value; {@link Templates#resolve} fills them in when a sandbox starts
 */
public record Rendered(SandboxSpec spec, Map<String, String> references) {}
