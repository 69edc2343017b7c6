package io.clawlive.server.identity.logins;

import com.nimbusds.jose.jwk.ECKey;
import io.clawlive.identity.v1.SigningKey;
import io.clawlive.server.platform.NotUsableException;
import io.clawlive.server.platform.secrets.SecretBox;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.scheduling.annotation.Scheduled;
import io.micronaut.transaction.annotation.TransactionalEventListener;
import jakarta.inject.Singleton;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that sign access tokens: one signs, those before it are known until their tokens have
 * expired. Every server on the database uses the same ones; each keeps its view of them for a short
 * while and looks again at once, but at most once a second, when it meets a key it does not know.
 */
@Singleton
public class SigningKeys {
  /** Retired keys are recognised this long, so that their tokens are called expired, not forged. */
  private static final Duration RECOGNISED = Duration.ofDays(30);

  /** Another server may sign with a retired key until it looks again. */
  private static final Duration LAG = Duration.ofMinutes(1);

  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);

  private final SigningKeyRotation rotation;
  private final SigningKeyRepository repository;
  private final SecretBox box;
  private final LoginsConfiguration settings;
  private final Clock clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile @Nullable View view;
  private volatile long lookedAt = System.nanoTime() - LOOK_NANOS;

  /** What this server knows, and since when. */
  private record View(Keyring keys, long readAt) {
    boolean isYoungerThan(long nanos) {
      return System.nanoTime() - readAt < nanos;
    }
  }

  SigningKeys(
      SigningKeyRotation rotation,
      SigningKeyRepository repository,
      SecretBox box,
      LoginsConfiguration settings,
      Clock clock) {
    this.rotation = rotation;
    this.repository = repository;
    this.box = box;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Makes sure that there is a key to sign with; part of every start.
   *
   * @throws NotUsableException when the key lies sealed with another keyset
   */
  public void open() {
    rotation.rotateWhenDue();
    view = read();
  }

  /**
   * Makes a new key, which signs from now on.
   *
   * @param revokeOld true ends every token of the keys before it at once, false lets them live
   *     until they expire
   */
  public SigningKey rotate(boolean revokeOld) {
    return message(parse(rotation.rotate(revokeOld).publicJwk()));
  }

  /** The public keys whose tokens may still live; the one that signs is the first. */
  public List<SigningKey> published() {
    return keys().published(clock.instant()).stream().map(SigningKeys::message).toList();
  }

  Keyring.Signing signing() {
    return keys().signing();
  }

  /** The key with this id; a look into the table for one that is not known here. */
  Optional<Keyring.Checking> find(String kid) {
    Optional<Keyring.Checking> known = keys().find(kid);
    return known.isPresent() || !mayLook() ? known : keysYoungerThan(0).find(kid);
  }

  /** Keeps the present key young. */
  @Scheduled(fixedDelay = "1m", initialDelay = "1m")
  void rotateWhenDue() {
    try {
      rotation.rotateWhenDue();
    } catch (DataAccessException e) {
      LOG.warn("the age of the signing key could not be checked: {}", e.getMessage());
    }
  }

  /** Only after the commit: a key that was rolled back must sign nothing. */
  @TransactionalEventListener
  void onRotated(SigningKeyRotation.Rotated rotated) {
    view = null;
  }

  private Keyring keys() {
    return keysYoungerThan(settings.signingKeyRefresh().toNanos());
  }

  private Keyring keysYoungerThan(long nanos) {
    View held = view;
    if (held != null && held.isYoungerThan(nanos)) {
      return held.keys();
    }
    reading.lock();
    try {
      View now = view;
      if (now == null || now == held) {
        now = readAgain(held);
        view = now;
      }
      return now.keys();
    } finally {
      reading.unlock();
    }
  }

  /** While PostgreSQL is away the keys stay as they were known. */
  private View readAgain(@Nullable View held) {
    try {
      return read();
    } catch (DataAccessException e) {
      if (held == null) {
        throw e;
      }
      LOG.warn("the signing keys could not be read again: {}", e.getMessage());
      return new View(held.keys(), System.nanoTime());
    }
  }

  private View read() {
    long readAt = System.nanoTime();
    var rows = repository.since(clock.instant().minus(RECOGNISED));
    return new View(Keyring.of(rows, box, settings.accessTokenLifetime().plus(LAG)), readAt);
  }

  private boolean mayLook() {
    reading.lock();
    try {
      long now = System.nanoTime();
      if (now - lookedAt < LOOK_NANOS) {
        return false;
      }
      lookedAt = now;
      return true;
    } finally {
      reading.unlock();
    }
  }

  private static ECKey parse(String publicJwk) {
    try {
      return ECKey.parse(publicJwk);
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SigningKey message(ECKey key) {
    return SigningKey.newBuilder()
        .setKid(key.getKeyID())
        .setKty(key.getKeyType().getValue())
        .setUse(key.getKeyUse().getValue())
        .setAlg(key.getAlgorithm().getName())
        .setCrv(key.getCurve().getName())
        .setX(key.getX().toString())
        .setY(key.getY().toString())
        .build();
  }
}
