package io.clawlive.server.identity.logins;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.StartDeviceLoginResponse;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.OpaqueToken;
import io.clawlive.server.identity.accounts.Accounts;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.identity.logins.DeviceLoginRepository.DeviceRow;
import io.clawlive.server.platform.PublicAddress;
import io.clawlive.server.platform.grpc.CallerAddress;
import io.clawlive.server.platform.grpc.Refusal;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Logins of programs that show a code, which a person approves elsewhere (RFC 8628). */
@Singleton
class DeviceLogins {
  private static final String DEVICE_CODE = "cld";
  // RFC 8628, section 6.1: consonants only, so that no code is a word and no letter looks like a
  // digit.
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
  private static final int POLL_SECONDS = 3;

  private final DeviceLoginRepository repository;
  private final Logins logins;
  private final Accounts accounts;
  private final AuditLog audit;
  private final LoginsConfiguration configuration;
  private final PublicAddress address;
  private final Clock clock;

  DeviceLogins(
      DeviceLoginRepository repository,
      Logins logins,
      Accounts accounts,
      AuditLog audit,
      LoginsConfiguration configuration,
      PublicAddress address,
      Clock clock) {
    this.repository = repository;
    this.logins = logins;
    this.accounts = accounts;
    this.audit = audit;
    this.configuration = configuration;
    this.address = address;
    this.clock = clock;
  }

  StartDeviceLoginResponse start(String label) {
    Instant now = clock.instant();
    OpaqueToken device = OpaqueToken.issue(DEVICE_CODE);
    String userCode;
    do {
      userCode = OpaqueToken.random(LETTERS, 8);
    } while (repository.insert(
            device.hash(),
            userCode,
            label,
            CallerAddress.CURRENT.get(),
            now,
            now.plus(configuration.deviceCodeLifetime()))
        == 0);
    String shown = userCode.substring(0, 4) + "-" + userCode.substring(4);
    var answer = StartDeviceLoginResponse.newBuilder();
    address.page("/device").ifPresent(answer::setVerificationUri);
    address.page("/device?user_code=" + shown).ifPresent(answer::setVerificationUriComplete);
    return answer
        .setDeviceCode(device.text())
        .setUserCode(shown)
        .setExpiresIn((int) configuration.deviceCodeLifetime().toSeconds())
        .setInterval(POLL_SECONDS)
        .build();
  }

  /** The tokens of an approved login, once. */
  @Transactional
  Tokens poll(String deviceCode) {
    OpaqueToken token =
        OpaqueToken.parse(DEVICE_CODE, deviceCode).orElseThrow(DeviceLogins::notFound);
    DeviceRow row =
        repository
            .findByDeviceCode(token.hash(), clock.instant())
            .orElseThrow(DeviceLogins::notFound);
    if (row.state().equals("pending")) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_DEVICE_LOGIN_PENDING, "Nobody has approved the code yet.");
    }
    if (row.state().equals("denied")) {
      throw Refusal.of(ErrorReason.ERROR_REASON_DEVICE_LOGIN_DENIED, "The login was turned away.");
    }
    if (repository.take(token.hash()) == 0) {
      throw notFound();
    }
    return logins.open(accounts.get(Objects.requireNonNull(row.accountId())), row.label());
  }

  DeviceRow get(String userCode) {
    return repository
        .findWaiting(kept(userCode), clock.instant())
        .orElseThrow(DeviceLogins::notFound);
  }

  @Transactional
  DeviceRow approve(String userCode, Caller.AccountCaller by) {
    return decide(userCode, "approved", by);
  }

  @Transactional
  DeviceRow deny(String userCode, Caller.AccountCaller by) {
    return decide(userCode, "denied", by);
  }

  private DeviceRow decide(String userCode, String state, Caller.AccountCaller by) {
    DeviceRow row = get(userCode);
    if (repository.decide(row.userCode(), state, by.accountId(), clock.instant()) == 0) {
      throw notFound();
    }
    audit.record(
        "account", by.accountId(), by.name(), Map.of("label", row.label(), "from", row.address()));
    return row;
  }

  @Scheduled(fixedDelay = "10m", initialDelay = "1m")
  void forget() {
    repository.forget(clock.instant());
  }

  /** A code as it is kept, however it was typed. */
  private static String kept(String userCode) {
    return userCode.replace("-", "").toUpperCase(Locale.ROOT);
  }

  private static Refusal notFound() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_DEVICE_LOGIN_NOT_FOUND, "No login waits under this code.");
  }
}
