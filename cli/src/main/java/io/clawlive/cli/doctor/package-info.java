/**
 * The command {@code doctor}: looks at everything the command line stands on and says what to do
 * about what is wrong. It never prints a secret.
 *
 * <p>Public: {@link io.clawlive.cli.doctor.DoctorCommand}.
 */
@NullMarked
package io.clawlive.cli.doctor;

import org.jspecify.annotations.NullMarked;
