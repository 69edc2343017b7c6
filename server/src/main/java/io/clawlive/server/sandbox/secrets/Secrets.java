package io.clawlive.server.sandbox.secrets;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.ByteString;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.PutSecretRequest;
import io.clawlive.sandbox.v1.SecretDelivery;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.platform.NotUsableException;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.secrets.SecretBox;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps secrets, and gives them to the sandboxes that start. */
@Singleton
public class Secrets {
  private static final int MOST = 100;
  private static final int LONGEST_VARIABLE = 32_768;
  private static final Logger LOG = LoggerFactory.getLogger(Secrets.class);

  private final SecretRepository repository;
  private final SecretBox box;
  private final AuditLog audit;
  private final Clock clock;

  Secrets(SecretRepository repository, SecretBox box, AuditLog audit, Clock clock) {
    this.repository = repository;
    this.box = box;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What a sandbox gets at its start, by name: the secrets of its account, and in the place of
   * those of the same name the secrets of its agent. What no key opens is left out and said in the
   * log; {@link #unreadable} names it.
   *
   * @param agent null for a sandbox of the account alone
   */
  public List<Delivered> of(UUID account, @Nullable UUID agent) {
    List<Delivered> delivered = new ArrayList<>();
    for (SecretRow row : rows(account, agent)) {
      open(row)
          .ifPresentOrElse(
              value -> delivered.add(new Delivered(row.name(), row.fileName(), value)),
              () ->
                  LOG.warn("secret {} ({}) cannot be opened; put it again", row.name(), row.id()));
    }
    return delivered;
  }

  /** The names of those that {@link #of} leaves out. */
  public List<String> unreadable(UUID account, @Nullable UUID agent) {
    return rows(account, agent).stream()
        .filter(row -> open(row).isEmpty())
        .map(SecretRow::name)
        .toList();
  }

  private List<SecretRow> rows(UUID account, @Nullable UUID agent) {
    Map<String, SecretRow> byName = new TreeMap<>();
    repository.list(account, null).forEach(row -> byName.put(row.name(), row));
    if (agent != null) {
      repository.list(account, agent).forEach(row -> byName.put(row.name(), row));
    }
    return List.copyOf(byName.values());
  }

  @Transactional
  SecretRow put(Scope scope, PutSecretRequest request) {
    String name = request.getName();
    String file = fileName(request);
    if (file == null) {
      requireVariable(request.getValue());
    }
    repository.lock(scope.account());
    List<SecretRow> all = repository.list(scope.account(), scope.agent());
    Optional<SecretRow> before = all.stream().filter(row -> row.name().equals(name)).findFirst();
    if (before.isEmpty() && all.size() >= MOST) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TOO_MANY_SECRETS,
          "There are %,d secrets; more are not kept.".formatted(MOST),
          "limit",
          Integer.toString(MOST));
    }
    requireFree(file, name, all);
    UUID id = before.map(SecretRow::id).orElseGet(UuidCreator::getTimeOrderedEpoch);
    Instant now = clock.instant();
    repository.put(
        id,
        scope.account(),
        scope.agent(),
        name,
        file,
        box.seal(request.getValue().toByteArray(), scope.context(name, id)),
        now,
        now);
    audit.record("secret", id, name, details(scope));
    return repository.find(scope.account(), scope.agent(), name).orElseThrow();
  }

  private static @Nullable String fileName(PutSecretRequest request) {
    if (request.getDelivery() != SecretDelivery.SECRET_DELIVERY_FILE) {
      return null;
    }
    return request.getFileName().isEmpty() ? request.getName() : request.getFileName();
  }

  /** The value is in no message: neither as a whole nor in part. */
  private static void requireVariable(ByteString value) {
    for (int i = 0; i < value.size(); i++) {
      if (value.byteAt(i) == 0) {
        throw notText("holds a zero byte");
      }
    }
    if (!value.isValidUtf8()) {
      throw notText("is no UTF-8");
    }
    if (value.size() > LONGEST_VARIABLE) {
      throw notText("has %,d bytes, more than %,d".formatted(value.size(), LONGEST_VARIABLE));
    }
  }

  private static Refusal notText(String why) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_SECRET_NOT_TEXT,
        "The value " + why + ", so it cannot be an environment variable.");
  }

  private static void requireFree(@Nullable String file, String name, List<SecretRow> all) {
    all.stream()
        .filter(row -> file != null && file.equals(row.fileName()) && !row.name().equals(name))
        .findFirst()
        .ifPresent(other -> {
          throw Refusal.of(
              ErrorReason.ERROR_REASON_SECRET_FILE_TAKEN,
              "The secret " + other.name() + " is delivered as the file '" + file + "'.",
              "file_name",
              String.valueOf(file),
              "secret",
              other.name());
        });
  }

  List<SecretRow> list(Scope scope) {
    return repository.list(scope.account(), scope.agent());
  }

  /** Whether there was one. */
  @Transactional
  boolean delete(Scope scope, String name) {
    repository.lock(scope.account());
    Optional<SecretRow> row = repository.find(scope.account(), scope.agent(), name);
    if (row.isEmpty() || repository.delete(row.get().id()) == 0) {
      return false;
    }
    audit.record("secret", row.get().id(), name, details(scope));
    return true;
  }

  private static Map<String, String> details(Scope scope) {
    return scope.agent() == null ? Map.of() : Map.of("agent", scope.agent().toString());
  }

  /** The value; empty when it was sealed for another place or by a key that is gone. */
  Optional<ByteString> open(SecretRow row) {
    try {
      return Optional.of(ByteString.copyFrom(box.open(row.sealed(), row.context())));
    } catch (NotUsableException e) {
      return Optional.empty();
    }
  }
}
