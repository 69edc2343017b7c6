/** Tests of signing in at a provider, against a real OAuth 2.0 server. */
@NullMarked
package io.clawlive.server.identity.oauth;

import org.jspecify.annotations.NullMarked;
