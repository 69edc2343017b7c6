package io.clawlive.server.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.ApiKeyRepository.ApiKeyRow;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes API keys and finds out whom one belongs to. A key reads {@code cl_<prefix>_<secret>}. */
@Singleton
public final class ApiKeys {
  private static final Pattern FORM = Pattern.compile("cl_([a-z0-9]{8})_[A-Za-z0-9]{32}");
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final String MIXED = LOWER + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final ApiKeyRepository repository;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  ApiKeys(ApiKeyRepository repository, Clock clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /** Makes a key of an account or of one of its agents. The key cannot be read again. */
  public String create(UUID accountId, @Nullable UUID agentId) {
    String prefix = text(LOWER, 8);
    String key = "cl_" + prefix + "_" + text(MIXED, 32);
    repository.insert(
        UuidCreator.getTimeOrderedEpoch(), prefix, hash(key), accountId, agentId, clock.instant());
    return key;
  }

  /**
   * The caller behind a key.
   *
   * @throws Refusal when the key is malformed, unknown or revoked; the answer does not say which
   */
  public Caller authenticate(String key) {
    var form = FORM.matcher(key);
    if (!form.matches()) {
      throw refusal();
    }
    ApiKeyRow row = repository.find(form.group(1)).orElseThrow(ApiKeys::refusal);
    if (!MessageDigest.isEqual(row.keyHash(), hash(key))) {
      throw refusal();
    }
    return row.agentId() == null
        ? new Caller.AccountCaller(row.accountId(), row.accountName(), row.role().equals("admin"))
        : new Caller.AgentCaller(
            row.agentId(), String.valueOf(row.agentHandle()), row.accountId(), row.accountName());
  }

  private static Refusal refusal() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_CREDENTIAL_INVALID,
        "The key is not valid on this server: it is mistyped, revoked or of another server.");
  }

  private String text(String alphabet, int length) {
    var text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
