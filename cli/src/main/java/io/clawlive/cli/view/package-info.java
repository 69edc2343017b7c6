/**
 * Events as people and other programs see them: a line on the terminal, a line of JSON, a frame of
 * a recording.
 *
 * <p>Public: {@link io.clawlive.cli.view.EventText} (start here), {@link
 * io.clawlive.cli.view.EventPrinter}, {@link io.clawlive.cli.view.Asciicast}, {@link
 * io.clawlive.cli.view.ConnectionNotices}, {@link io.clawlive.cli.view.MessageFields}, {@link
 * io.clawlive.cli.view.Fields}. JSON lines come from the SDK.
 */
@NullMarked
package io.clawlive.cli.view;

import org.jspecify.annotations.NullMarked;
