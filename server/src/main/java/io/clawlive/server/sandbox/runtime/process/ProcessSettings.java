package io.clawlive.server.sandbox.runtime.process;

import java.nio.file.Path;

/**
 * Where sandboxes keep what is theirs.
 *
 * @param folder of this server alone; made when it is missing
 */
public record ProcessSettings(Path folder) {}
