/** Files of sandboxes, through the front door. */
@NullMarked
package io.clawlive.server.sandbox.files;

import org.jspecify.annotations.NullMarked;
