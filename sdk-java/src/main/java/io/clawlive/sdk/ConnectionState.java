package io.clawlive.sdk;

/** How a publisher or an event stream stands with the server. */
public enum ConnectionState {
  /** The first connection is being made. */
  CONNECTING,
  /** The call is open and the server has answered. */
  CONNECTED,
  /** The connection was lost or could not be made; the next try is planned. */
  RECONNECTING,
  /** A failure that no retry can mend; see the cause. */
  FAILED,
  /** Closed by the caller, or ended with its stream. */
  CLOSED
}
