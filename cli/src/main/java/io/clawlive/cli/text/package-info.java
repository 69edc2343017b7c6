/**
 * Text on its way in and out: bytes of standard input cut into lines that an event can hold, and
 * text of events made harmless for a terminal.
 *
 * <p>Public: {@link io.clawlive.cli.text.LineSplitter}, {@link io.clawlive.cli.text.TerminalText}.
 * Start with the splitter; its class comment is the rule book of {@code pipe} and {@code run}.
 */
@NullMarked
package io.clawlive.cli.text;

import org.jspecify.annotations.NullMarked;
