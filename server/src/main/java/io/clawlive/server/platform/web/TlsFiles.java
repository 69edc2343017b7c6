package io.clawlive.server.platform.web;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLException;

/**
 * Certificate and private key of the web door.
 *
 * @param certificate PEM file with the certificate of the door first and those that lead to its
 *     authority after it
 * @param key PEM file with the private key in PKCS #8, without a password
 */
public record TlsFiles(Path certificate, Path key) {

  /** The files cannot be used; the message is one sentence that says why. */
  public static final class NotUsableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotUsableException(String message) {
      super(message);
    }
  }

  /**
   * Checks the files and gives the settings of the HTTP server that serve TLS with them, HTTP/2
   * first.
   *
   * @throws NotUsableException when they cannot be read or do not fit
   */
  public Map<String, Object> settings(int port) {
    requireReadable(certificate, "--tls-cert");
    requireReadable(key, "--tls-key");
    requireCertificate();
    try {
      SslContextBuilder.forServer(certificate.toFile(), key.toFile()).build();
    } catch (IllegalArgumentException | SSLException e) {
      throw new NotUsableException(
          "--tls-key "
              + key
              + " is not a private key in PEM that the server can use: PKCS #8 ('BEGIN PRIVATE"
              + " KEY') without a password.");
    }
    return Map.of(
        "micronaut.server.ssl.enabled", true,
        "micronaut.server.ssl.port", port,
        "micronaut.server.ssl.key-store.certificate-path", "file:" + certificate.toAbsolutePath(),
        "micronaut.server.ssl.key-store.key-path", "file:" + key.toAbsolutePath(),
        "micronaut.server.http-version", "2.0");
  }

  private void requireCertificate() {
    try (InputStream pem = Files.newInputStream(certificate)) {
      var first = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
      first.checkValidity();
    } catch (CertificateException e) {
      throw new NotUsableException(
          "--tls-cert " + certificate + " is not a valid certificate in PEM: " + e.getMessage());
    } catch (IOException | GeneralSecurityException e) {
      throw new NotUsableException("--tls-cert " + certificate + " cannot be read.");
    }
  }

  private static void requireReadable(Path file, String option) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new NotUsableException(option + " " + file + " is not a file that can be read.");
    }
  }
}
