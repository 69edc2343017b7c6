/**
 * What every command shares with the shell that started it: environment, standard streams, output
 * forms, exit codes and failures.
 *
 * <p>Public: {@link io.clawlive.cli.shell.Shell} (start here), {@link
 * io.clawlive.cli.shell.OutputOptions}, {@link io.clawlive.cli.shell.Table}, {@link
 * io.clawlive.cli.shell.Json}, {@link io.clawlive.cli.shell.ExitCode}, {@link
 * io.clawlive.cli.shell.Failure}, {@link io.clawlive.cli.shell.OutputClosed}, {@link
 * io.clawlive.cli.shell.Signals}, {@link io.clawlive.cli.shell.RawTerminal}.
 */
@NullMarked
package io.clawlive.cli.shell;

import org.jspecify.annotations.NullMarked;
