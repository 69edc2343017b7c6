package io.clawlive.sdk;

import io.clawlive.sdk.internal.FixedToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a server. Start with {@link #of} and change what differs.
 *
 * @param address {@code host:port}; the port may be left out and is then 9090
 * @param tokens where the credential comes from, by default nowhere: as a spectator
 * @param tls default {@link Tls#AUTO}
 * @param trustedCertificates PEM file with the authorities to trust; empty means those of the JVM
 * @param connectTimeout for making the connection, default 5 s
 * @param callTimeout for a unary call with its retries, default 30 s
 * @param retries how often a safe unary call is tried again, 0 to 10, default 4
 * @param userAgent put before the SDK's own user agent, may be empty
 */
public record ClawLiveOptions(
    String address,
    TokenSource tokens,
    Tls tls,
    Optional<Path> trustedCertificates,
    Duration connectTimeout,
    Duration callTimeout,
    int retries,
    String userAgent) {

  /** Checks the bounds. */
  public ClawLiveOptions {
    if (address.isBlank()) {
      throw new IllegalArgumentException("address is empty; expected host:port");
    }
    if (connectTimeout.isNegative() || connectTimeout.isZero()) {
      throw new IllegalArgumentException(
          "connectTimeout is " + connectTimeout + "; expected more than 0");
    }
    if (callTimeout.isNegative() || callTimeout.isZero()) {
      throw new IllegalArgumentException(
          "callTimeout is " + callTimeout + "; expected more than 0");
    }
    if (retries < 0 || retries > 10) {
      throw new IllegalArgumentException("retries is " + retries + "; expected 0 to 10");
    }
  }

  /** The defaults for a server at {@code host:port}. */
  public static ClawLiveOptions of(String address) {
    return new ClawLiveOptions(
        address,
        TokenSource.fixed(""),
        Tls.AUTO,
        Optional.empty(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        4,
        "");
  }

  /** With this API key or access token; empty means as a spectator. */
  public ClawLiveOptions withToken(String value) {
    return withTokens(TokenSource.fixed(value));
  }

  /** With a credential that may change while the client is open. */
  public ClawLiveOptions withTokens(TokenSource value) {
    return new ClawLiveOptions(
        address, value, tls, trustedCertificates, connectTimeout, callTimeout, retries, userAgent);
  }

  /** With or without encryption. */
  public ClawLiveOptions withTls(Tls value) {
    return new ClawLiveOptions(
        address,
        tokens,
        value,
        trustedCertificates,
        connectTimeout,
        callTimeout,
        retries,
        userAgent);
  }

  /** Trusting the authorities in this PEM file, and TLS whatever the address. */
  public ClawLiveOptions withTrustedCertificates(Path value) {
    return new ClawLiveOptions(
        address,
        tokens,
        Tls.ON,
        Optional.of(value),
        connectTimeout,
        callTimeout,
        retries,
        userAgent);
  }

  /** With this limit for making the connection. */
  public ClawLiveOptions withConnectTimeout(Duration value) {
    return new ClawLiveOptions(
        address, tokens, tls, trustedCertificates, value, callTimeout, retries, userAgent);
  }

  /** With this limit for a unary call, its retries included. */
  public ClawLiveOptions withCallTimeout(Duration value) {
    return new ClawLiveOptions(
        address, tokens, tls, trustedCertificates, connectTimeout, value, retries, userAgent);
  }

  /** With this many retries of safe unary calls. */
  public ClawLiveOptions withRetries(int value) {
    return new ClawLiveOptions(
        address, tokens, tls, trustedCertificates, connectTimeout, callTimeout, value, userAgent);
  }

  /** With this name before the SDK's own in the user agent. */
  public ClawLiveOptions withUserAgent(String value) {
    return new ClawLiveOptions(
        address, tokens, tls, trustedCertificates, connectTimeout, callTimeout, retries, value);
  }

  /** Without the token, so that the options may be logged. */
  @Override
  public String toString() {
    return "ClawLiveOptions[address="
        + address
        + ", token="
        + (tokens instanceof FixedToken fixed ? fixed : "from a source")
        + ", tls="
        + tls
        + "]";
  }
}
