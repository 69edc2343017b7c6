/** Tests of the looks of doctor. */
@NullMarked
package io.clawlive.cli.doctor;

import org.jspecify.annotations.NullMarked;
