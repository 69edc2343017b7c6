/** Tests of the commands about sandboxes that need no server. */
@NullMarked
package io.clawlive.cli.sandbox;

import org.jspecify.annotations.NullMarked;
