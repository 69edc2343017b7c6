package io.clawlive.server.webhooks;

import io.clawlive.server.identity.OpaqueToken;
import io.clawlive.server.platform.NotUsableException;
import io.clawlive.server.platform.secrets.SecretBox;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of webhooks and what they signed. A secret reads {@code clw_} and 52 letters and
 * digits, 309 random bits; its text is the key.
 */
@Singleton
final class Secrets {
  private static final String ALPHABET =
      "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern SIGNATURE = Pattern.compile("sha256=([0-9a-fA-F]{64})");
  private static final UUID NOBODY = new UUID(0, 0);

  private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

  private final SecretBox box;

  /** Of no webhook: what a delivery is held against when there is nothing else. */
  private final byte[] nobodys;

  Secrets(SecretBox box) {
    this.box = box;
    this.nobodys = seal(NOBODY, fresh());
  }

  static String fresh() {
    return "clw_" + OpaqueToken.random(ALPHABET, 52);
  }

  byte[] seal(UUID webhook, String secret) {
    return box.seal(secret.getBytes(StandardCharsets.UTF_8), context(webhook));
  }

  /**
   * The webhook that signed a body; empty when none of them did.
   *
   * <p>Every secret is tried, whichever fits, and where there is none one of nobody's is: the time
   * does not tell whether a session is there.
   */
  Optional<WebhookRow> signer(
      List<WebhookRow> webhooks, byte[] body, String signature, Instant now) {
    var form = SIGNATURE.matcher(signature);
    byte[] given = form.matches() ? HexFormat.of().parseHex(form.group(1)) : new byte[0];
    var signers = new ArrayList<WebhookRow>();
    for (WebhookRow webhook : webhooks) {
      boolean signed = signed(webhook.id(), webhook.secret(), body, given);
      if (webhook.previousWorks(now)) {
        signed |= signed(webhook.id(), webhook.previousSecret(), body, given);
      }
      if (signed) {
        signers.add(webhook);
      }
    }
    if (webhooks.isEmpty()) {
      boolean unused = signed(NOBODY, nobodys, body, given);
    }
    return signers.stream().findFirst();
  }

  private boolean signed(UUID webhook, byte[] sealed, byte[] body, byte[] given) {
    try {
      byte[] expected = hmac(box.open(sealed, context(webhook)), body);
      return MessageDigest.isEqual(expected, given);
    } catch (NotUsableException e) {
      // The keyset that sealed it was lost; the other webhooks of the agent work all the same.
      LOG.warn("the secret of webhook {} cannot be opened and must be rotated", webhook);
      return false;
    }
  }

  private static byte[] hmac(byte[] key, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(body);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String context(UUID webhook) {
    return "webhook " + webhook;
  }
}
