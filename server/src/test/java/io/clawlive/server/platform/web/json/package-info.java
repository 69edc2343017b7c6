/** Messages as JSON, and back. */
@NullMarked
package io.clawlive.server.platform.web.json;

import org.jspecify.annotations.NullMarked;
