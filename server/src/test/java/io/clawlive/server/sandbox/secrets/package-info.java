/** Tests of what is kept secret for sandboxes, through the front door and down to the disk. */
@NullMarked
package io.clawlive.server.sandbox.secrets;

import org.jspecify.annotations.NullMarked;
