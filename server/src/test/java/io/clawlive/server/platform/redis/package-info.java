/** Servers that count together, with a real Redis between them. */
@NullMarked
package io.clawlive.server.platform.redis;

import org.jspecify.annotations.NullMarked;
