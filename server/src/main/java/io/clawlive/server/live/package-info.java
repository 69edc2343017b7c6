/**
 * Sessions: their life, their signs of life, their replay. A session's events stand on the stream
 * with the same id, so this noun writes only what happens to the session itself.
 *
 * <p>Table: {@code sessions}; and the view {@code stream_guards}, which says who may see a stream.
 * The stream is the truth: a session whose stream has ended is ended, and {@link
 * io.clawlive.server.live.Pulse} sees to it when a server died in between. Start reading at {@link
 * io.clawlive.server.live.Sessions}.
 */
@NullMarked
package io.clawlive.server.live;

import org.jspecify.annotations.NullMarked;
