/** Tests of what signs in. */
@NullMarked
package io.clawlive.cli.identity;

import org.jspecify.annotations.NullMarked;
