/** Tests of the server's own keys. */
@NullMarked
package io.clawlive.server.platform.secrets;

import org.jspecify.annotations.NullMarked;
