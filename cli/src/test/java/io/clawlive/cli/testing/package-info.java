/** What tests of this module and of those above it need: the server as a process of its own. */
@NullMarked
package io.clawlive.cli.testing;

import org.jspecify.annotations.NullMarked;
