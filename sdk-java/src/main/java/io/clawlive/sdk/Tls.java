package io.clawlive.sdk;

/** Whether the connection is encrypted. */
public enum Tls {
  /** Plain text to this machine (localhost, 127.0.0.0/8, ::1), TLS to any other. */
  AUTO,
  /** Always TLS. */
  ON,
  /** Never TLS: the token travels readable. */
  OFF
}
