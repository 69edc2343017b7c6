package io.clawlive.server.identity.accounts;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;

/**
 * How passwords are hashed: Argon2id (RFC 9106). The parameters stand in each hash, so changing
 * them here makes an account's next login hash its password anew.
 *
 * @param memoryKib memory of one hash in KiB; 19 MiB is what the OWASP Password Storage Cheat Sheet
 *     asks for with two iterations and one lane
 * @param iterations passes over that memory
 * @param parallelism lanes
 * @param threads passwords hashed at one time; 0 means half of the processors, at least one
 * @param queue passwords that wait for that; more are refused with LOGIN_BUSY
 */
@ConfigurationProperties("clawlive.identity.passwords")
record PasswordsConfiguration(
    @Bindable(defaultValue = "19456") int memoryKib,
    @Bindable(defaultValue = "2") int iterations,
    @Bindable(defaultValue = "1") int parallelism,
    @Bindable(defaultValue = "0") int threads,
    @Bindable(defaultValue = "64") int queue) {}
