/** Tests of masking. The cases are tables in the resources of the same name. */
@NullMarked
package io.clawlive.server.streams.masking;

import org.jspecify.annotations.NullMarked;
