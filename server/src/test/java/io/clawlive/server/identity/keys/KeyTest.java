package io.clawlive.server.identity.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.ApiKey;
import io.clawlive.identity.v1.CreateKeyRequest;
import io.clawlive.identity.v1.CreateKeyResponse;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.identity.v1.ListKeysRequest;
import io.clawlive.identity.v1.RevokeKeyRequest;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.RotateKeyRequest;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Keys of accounts and agents. */
final class KeyTest {
  @AutoClose private static final TestServer server = TestServer.start(MovableClock.PROPERTY);

  @Test
  void aKeySpeaksForItsAccountOrItsAgent() {
    Person bob = server.person("bob");
    Worker agent = bob.worker("bobs-bot");
    CreateKeyResponse own = create(bob.client(), CreateKeyRequest.newBuilder().setLabel("ci"));
    assertTrue(own.getApiKey().matches("cl_[a-z0-9]{8}_[A-Za-z0-9]{32}"));
    assertEquals(Role.ROLE_USER, whoAmI(server.as(own.getApiKey())).getRole());

    CreateKeyResponse agents =
        create(bob.client(), CreateKeyRequest.newBuilder().setAgent("bobs-bot"));
    assertEquals("bobs-bot", whoAmI(server.as(agents.getApiKey())).getAgentHandle());
    assertEquals(agent.agentId(), agents.getKey().getAgentId());

    List<ApiKey> listed = list(bob.client(), false);
    assertEquals(
        List.of(agents.getKeyId(), own.getKeyId()),
        listed.stream().map(ApiKey::getKeyId).limit(2).toList(),
        "newest first");
    assertEquals(own.getApiKey().substring(0, 11), listed.get(1).getPrefix());
    assertEquals("ci", listed.get(1).getLabel());
  }

  @Test
  void nobodyMakesOrRevokesKeysOfAnother() {
    Person bob = server.person("owner");
    bob.worker("owners-bot");
    CreateKeyResponse key = create(bob.client(), CreateKeyRequest.newBuilder());
    Person eve = server.person("eve");
    Refused.with(
        ErrorReason.ERROR_REASON_NOT_OWNER,
        () -> create(eve.client(), CreateKeyRequest.newBuilder().setAgent("owners-bot")));
    Refused.with(
        ErrorReason.ERROR_REASON_KEY_NOT_FOUND, () -> revoke(eve.client(), key.getKeyId()));
    Refused.with(
        ErrorReason.ERROR_REASON_KEY_NOT_FOUND,
        () -> revoke(bob.client(), UUID.randomUUID().toString()));
    Refused.with(
        ErrorReason.ERROR_REASON_AGENT_NOT_FOUND,
        () -> create(bob.client(), CreateKeyRequest.newBuilder().setAgent("no-such")));
    assertEquals("owner", whoAmI(server.as(key.getApiKey())).getAccountName());
    revoke(server.admin(), key.getKeyId());
    Refused.with(
        ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> whoAmI(server.as(key.getApiKey())));
  }

  @Test
  void aRevokedKeyStopsAtOnceAndIsListedWhenAskedFor() {
    Person bob = server.person("revoker");
    CreateKeyResponse key = create(bob.client(), CreateKeyRequest.newBuilder());
    assertTrue(revoke(bob.client(), key.getKeyId()).hasRevokedAt());
    assertTrue(revoke(bob.client(), key.getKeyId()).hasRevokedAt(), "a second time is no fault");
    Refused.with(
        ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> whoAmI(server.as(key.getApiKey())));
    assertTrue(list(bob.client(), false).isEmpty());
    assertEquals(1, list(bob.client(), true).size());
  }

  @Test
  void aKeyExpires() {
    Person bob = server.person("brief");
    CreateKeyResponse key =
        create(
            bob.client(),
            CreateKeyRequest.newBuilder().setLifetime(Duration.newBuilder().setSeconds(3600)));
    assertTrue(whoAmI(server.as(key.getApiKey())).hasCredentialExpiresAt());
    server.bean(MovableClock.class).advance(java.time.Duration.ofHours(1));
    Refused.with(
        ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED, () -> whoAmI(server.as(key.getApiKey())));
    for (long seconds : List.of(0L, 59L, 315_360_001L, -1L)) {
      Refused.with(
          ErrorReason.ERROR_REASON_INVALID_FIELD,
          () ->
              create(
                  bob.client(),
                  CreateKeyRequest.newBuilder()
                      .setLifetime(Duration.newBuilder().setSeconds(seconds))));
    }
  }

  @Test
  void anAgentPutsANewKeyInPlaceOfItsOwn() {
    Worker agent = server.person("rotor").worker("rotors-bot");
    String next =
        agent.client().keys().rotateKey(RotateKeyRequest.getDefaultInstance()).getApiKey();
    Refused.with(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> whoAmI(agent.client()));
    assertEquals("rotors-bot", whoAmI(server.as(next)).getAgentHandle());
  }

  @Test
  void aWatchKeySeesAndDoesNotAct() {
    Person bob = server.person("viewer");
    String key = bob.key(KeyScope.KEY_SCOPE_WATCH).getApiKey();
    WhoAmIResponse who = whoAmI(server.as(key));
    assertEquals(Role.ROLE_SPECTATOR, who.getRole());
    assertEquals("viewer", who.getAccountName());
    assertEquals(KeyScope.KEY_SCOPE_WATCH, who.getKeyScope());
    Refused.with(
        ErrorReason.ERROR_REASON_SCOPE_INSUFFICIENT,
        () -> create(server.as(key), CreateKeyRequest.newBuilder()));
    Refused.with(
        ErrorReason.ERROR_REASON_SCOPE_INSUFFICIENT,
        () -> Worker.register(server, server.as(key), "not-made"));
  }

  @Test
  void onlyTheHashOfAKeyIsKept() {
    CreateKeyResponse key = create(server.person("hashed").client(), CreateKeyRequest.newBuilder());
    String secret = key.getApiKey().substring(12);
    List<String> rows = server.database().read("SELECT k::text FROM api_keys k");
    assertTrue(rows.stream().anyMatch(row -> row.contains(key.getApiKey().substring(3, 11))));
    assertFalse(rows.stream().anyMatch(row -> row.contains(secret)));
  }

  private static CreateKeyResponse create(Client client, CreateKeyRequest.Builder request) {
    return client.keys().createKey(request.build());
  }

  private static List<ApiKey> list(Client client, boolean all) {
    return client.keys().listKeys(ListKeysRequest.newBuilder().setAll(all).build()).getKeysList();
  }

  private static ApiKey revoke(Client client, String keyId) {
    return client.keys().revokeKey(RevokeKeyRequest.newBuilder().setKeyId(keyId).build()).getKey();
  }

  private static WhoAmIResponse whoAmI(Client client) {
    return client.identity().whoAmI(WhoAmIRequest.getDefaultInstance());
  }
}
