package io.clawlive.server.identity.oauth;

/**
 * Somebody at a provider.
 *
 * @param subject the provider's id, which never changes hands
 * @param login name there at present
 */
record Person(String provider, String subject, String login) {}
