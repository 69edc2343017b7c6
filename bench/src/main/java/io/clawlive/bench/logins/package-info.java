/**
 * Logins: what a storm of them does to those who publish meanwhile.
 *
 * <p>Start at {@link io.clawlive.bench.logins.Logins}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.logins;
