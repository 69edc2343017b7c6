/**
 * A Socket.IO server over PostgreSQL as the peer: what somebody would write in an afternoon, with
 * one INSERT an event, and the same with events gathered. It lives in {@code bench/peers/socketio}
 * and runs where Node.js is.
 *
 * <p>Start at {@link io.clawlive.bench.socketio.SocketIo}.
 */
@org.jspecify.annotations.NullMarked
package io.clawlive.bench.socketio;
