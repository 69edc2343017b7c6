package io.clawlive.server.platform.web;

import io.clawlive.server.platform.NotUsableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificate and private key of the web door.
 *
 * @param certificate PEM file with the certificate of the door first and those that lead to its
 *     authority after it
 * @param key PEM file with the private key in PKCS #8, without a password
 */
public record TlsFiles(Path certificate, Path key) {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");

  /**
   * Checks the files and gives the settings of the HTTP server that serve TLS with them, HTTP/2
   * first.
   *
   * @throws NotUsableException when they cannot be read or do not fit
   */
  public Map<String, Object> settings(int port) {
    requireReadable(certificate, "--tls-cert");
    requireReadable(key, "--tls-key");
    if (!belongTogether(readCertificate().getPublicKey(), readKey())) {
      throw new NotUsableException(
          "--tls-key " + key + " is not the private key of --tls-cert " + certificate + ".");
    }
    return Map.of(
        "micronaut.server.ssl.enabled",
        true,
        "micronaut.server.ssl.port",
        port,
        "micronaut.server.ssl.key-store.certificate-path",
        "file:" + certificate.toAbsolutePath(),
        "micronaut.server.ssl.key-store.key-path",
        "file:" + key.toAbsolutePath(),
        "micronaut.server.http-version",
        "2.0");
  }

  private X509Certificate readCertificate() {
    try (InputStream pem = Files.newInputStream(certificate)) {
      var first =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
      first.checkValidity();
      return first;
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      throw new NotUsableException("--tls-cert " + certificate + " is not valid today.");
    } catch (CertificateException | IOException e) {
      throw new NotUsableException(
          "--tls-cert " + certificate + " is not a valid certificate in PEM.");
    }
  }

  private byte[] readKey() {
    try {
      Matcher pem = PRIVATE_KEY.matcher(Files.readString(key));
      if (pem.find()) {
        return Base64.getMimeDecoder().decode(pem.group(1));
      }
    } catch (IOException | IllegalArgumentException e) {
      // Told below: what was thrown may quote the file.
    }
    throw new NotUsableException(
        "--tls-key "
            + key
            + " is not a private key in PEM that the server can use: PKCS #8 ('BEGIN PRIVATE KEY')"
            + " without a password.");
  }

  /** Whether the key signs what the certificate proves. */
  private static boolean belongTogether(PublicKey own, byte[] encoded) {
    String kind = own.getAlgorithm();
    try {
      var signature =
          Signature.getInstance(
              switch (kind) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> kind;
              });
      signature.initSign(
          KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
      signature.update((byte) 1);
      byte[] signed = signature.sign();
      signature.initVerify(own);
      signature.update((byte) 1);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void requireReadable(Path file, String option) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new NotUsableException(option + " " + file + " is not a file that can be read.");
    }
  }
}
