package io.clawlive.server.identity.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.clawlive.agents.v1.AddProjectMemberRequest;
import io.clawlive.agents.v1.RemoveProjectMemberRequest;
import io.clawlive.agents.v1.UpdateProjectRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.ApproveDeviceLoginRequest;
import io.clawlive.identity.v1.AuditEntry;
import io.clawlive.identity.v1.ChangePasswordRequest;
import io.clawlive.identity.v1.CreateKeyRequest;
import io.clawlive.identity.v1.DenyDeviceLoginRequest;
import io.clawlive.identity.v1.KeyScope;
import io.clawlive.identity.v1.ListAuditEntriesRequest;
import io.clawlive.identity.v1.LogoutRequest;
import io.clawlive.identity.v1.PollDeviceLoginRequest;
import io.clawlive.identity.v1.RefreshRequest;
import io.clawlive.identity.v1.RegisterRequest;
import io.clawlive.identity.v1.RevokeKeyRequest;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.RotateKeyRequest;
import io.clawlive.identity.v1.RotateSigningKeyRequest;
import io.clawlive.identity.v1.StartDeviceLoginRequest;
import io.clawlive.identity.v1.UpdateAccountRequest;
import io.clawlive.identity.v1.VerifyAuditRequest;
import io.clawlive.identity.v1.VerifyAuditResponse;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.live.v1.UpdateSessionRequest;
import io.clawlive.policy.v1.PolicyProto;
import io.clawlive.sandbox.v1.DeleteSecretRequest;
import io.clawlive.sandbox.v1.PutSecretRequest;
import io.clawlive.sandbox.v1.RotateSecretKeysRequest;
import io.clawlive.sandbox.v1.SealingKeyStep;
import io.clawlive.server.testing.Contract;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import io.clawlive.server.testing.Worker;
import io.clawlive.webhooks.v1.CreateWebhookRequest;
import io.clawlive.webhooks.v1.DeleteWebhookRequest;
import io.clawlive.webhooks.v1.RotateWebhookRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The audit log: what is written, that it cannot be changed unseen, and that it is never left out.
 */
final class AuditTest {
  /** The names of which the oauth package's tests see to it that they are written. */
  private static final Set<String> ELSEWHERE = Set.of("login.oauth", "account.unlink");

  @Test
  void everyChangeThatTheContractNamesIsWrittenDown() {
    try (var server = TestServer.start("clawlive.identity.open-registration=true")) {
      changeEverything(server);
      Set<String> named =
          Contract.rpcs().stream()
              .map(rpc -> rpc.getOptions().getExtension(PolicyProto.policy).getAudit())
              .filter(action -> !action.isEmpty() && !ELSEWHERE.contains(action))
              .collect(Collectors.toCollection(TreeSet::new));
      // A refresh is written down only where it ends a login.
      Set<String> written =
          entries(server, "", "").stream()
              .map(AuditEntry::getAction)
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(named, written);
      VerifyAuditResponse verified = verify(server);
      assertTrue(verified.getIntact(), verified.getFinding());
    }
  }

  /** One change of every kind. */
  private static void changeEverything(TestServer server) {
    server
        .nobody()
        .identity()
        .register(
            RegisterRequest.newBuilder().setName("first").setPassword(Person.PASSWORD).build());
    Person bob = server.person("bob");
    Worker agent = bob.worker("bobs-bot");
    var key = bob.key(KeyScope.KEY_SCOPE_FULL);
    bob.client().keys().revokeKey(RevokeKeyRequest.newBuilder().setKeyId(key.getKeyId()).build());
    String session = agent.stream();
    agent
        .client()
        .sessions()
        .updateSession(
            UpdateSessionRequest.newBuilder()
                .setSessionId(session)
                .setVisibility(Visibility.VISIBILITY_PRIVATE)
                .build());
    agent.client().keys().rotateKey(RotateKeyRequest.getDefaultInstance());
    var projects = bob.client().projects();
    projects.updateProject(
        UpdateProjectRequest.newBuilder()
            .setProject("bobs-bot/work")
            .setVisibility(Visibility.VISIBILITY_PRIVATE)
            .build());
    projects.addProjectMember(
        AddProjectMemberRequest.newBuilder()
            .setProject("bobs-bot/work")
            .setAccount("first")
            .build());
    projects.removeProjectMember(
        RemoveProjectMemberRequest.newBuilder()
            .setProject("bobs-bot/work")
            .setAccount("first")
            .build());
    var webhooks = bob.client().webhooks();
    webhooks.createWebhook(
        CreateWebhookRequest.newBuilder().setAgent("bobs-bot").setName("ci").build());
    webhooks.rotateWebhook(
        RotateWebhookRequest.newBuilder().setAgent("bobs-bot").setWebhook("ci").build());
    webhooks.deleteWebhook(
        DeleteWebhookRequest.newBuilder().setAgent("bobs-bot").setWebhook("ci").build());
    var secrets = bob.client().secrets();
    secrets.putSecret(
        PutSecretRequest.newBuilder()
            .setName("API_KEY")
            .setValue(ByteString.copyFromUtf8("value"))
            .build());
    secrets.deleteSecret(DeleteSecretRequest.newBuilder().setName("API_KEY").build());
    server
        .admin()
        .secrets()
        .rotateSecretKeys(
            RotateSecretKeysRequest.newBuilder()
                .setStep(SealingKeyStep.SEALING_KEY_STEP_ROTATE)
                .build());
    for (boolean approved : List.of(true, false)) {
      var started =
          server.nobody().devices().startDeviceLogin(StartDeviceLoginRequest.getDefaultInstance());
      if (approved) {
        bob.client()
            .devices()
            .approveDeviceLogin(
                ApproveDeviceLoginRequest.newBuilder().setUserCode(started.getUserCode()).build());
        server
            .nobody()
            .devices()
            .pollDeviceLogin(
                PollDeviceLoginRequest.newBuilder().setDeviceCode(started.getDeviceCode()).build());
      } else {
        bob.client()
            .devices()
            .denyDeviceLogin(
                DenyDeviceLoginRequest.newBuilder().setUserCode(started.getUserCode()).build());
      }
    }
    RefreshRequest once =
        RefreshRequest.newBuilder().setRefreshToken(bob.again().tokens().getRefreshToken()).build();
    server.nobody().identity().refresh(once);
    Refused.with(
        ErrorReason.ERROR_REASON_REFRESH_REUSED, () -> server.nobody().identity().refresh(once));
    server
        .admin()
        .accounts()
        .updateAccount(
            UpdateAccountRequest.newBuilder().setAccount("bob").setRole(Role.ROLE_ADMIN).build());
    server.admin().identity().rotateSigningKey(RotateSigningKeyRequest.getDefaultInstance());
    bob.client()
        .identity()
        .changePassword(
            ChangePasswordRequest.newBuilder()
                .setOldPassword(Person.PASSWORD)
                .setNewPassword("another good password")
                .build());
    bob.client().identity().logout(LogoutRequest.getDefaultInstance());
  }

  @Test
  void anEntrySaysWhoDidWhatToWhom() {
    try (var server = TestServer.start()) {
      Person bob = server.person("bob");
      var key = bob.client().keys().createKey(CreateKeyRequest.newBuilder().setLabel("ci").build());
      AuditEntry entry = entries(server, "key.create", bob.accountId()).getFirst();
      assertEquals("account", entry.getActor().getKind());
      assertEquals("bob", entry.getActor().getName());
      assertEquals("127.0.0.1", entry.getActor().getAddress());
      assertEquals("key", entry.getTarget().getKind());
      assertEquals(key.getKeyId(), entry.getTarget().getId());
      assertEquals(key.getApiKey().substring(0, 11), entry.getTarget().getName());
      assertFalse(entry.toString().contains(key.getApiKey().substring(12)));
      assertEquals(64, entry.getHash().length());
      assertTrue(entries(server, "key", "").size() > 1, "a noun stands for all its actions");
      assertTrue(entries(server, "ke", "").isEmpty());
    }
  }

  @Test
  void theTableRefusesToBeChanged() {
    try (var server = TestServer.start()) {
      server.person("bob");
      for (String sql :
          List.of(
              "UPDATE audit_log SET action = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log")) {
        assertThrows(IllegalStateException.class, () -> server.database().execute(sql), sql);
      }
    }
  }

  @Test
  void whoGetsRoundTheTableIsSeen() {
    try (var server = TestServer.start()) {
      for (String name : List.of("ann", "bob", "cid", "dora")) {
        server.person(name);
      }
      VerifyAuditResponse whole = verify(server);
      assertTrue(whole.getIntact());
      long last = whole.getLastNumber();
      var database = server.database();
      database.execute("ALTER TABLE audit_log DISABLE TRIGGER USER");

      database.execute("UPDATE audit_log SET entry = entry || '\\x2a00'::bytea WHERE number = 3");
      assertBroken(verify(server), 3);
      database.execute(
          "UPDATE audit_log SET entry = substring(entry for length(entry) - 2) WHERE number = 3");
      assertTrue(verify(server).getIntact(), "as it was");

      database.execute("UPDATE audit_log SET actor_id = 'somebody' WHERE number = 4");
      assertBroken(verify(server), 4);
      database.execute(
          "UPDATE audit_log SET actor_id = '"
              + entries(server, "", "").stream()
                  .filter(entry -> entry.getNumber() == 4)
                  .findFirst()
                  .orElseThrow()
                  .getActor()
                  .getId()
              + "' WHERE number = 4");
      assertTrue(verify(server).getIntact(), "as it was");

      database.execute("UPDATE audit_log SET number = -5 WHERE number = 5");
      assertBroken(verify(server), 5);
      database.execute("UPDATE audit_log SET number = 5 WHERE number = -5");
      assertTrue(verify(server).getIntact(), "as it was");

      database.execute("DELETE FROM audit_log WHERE number = " + last);
      assertBroken(verify(server), last);
      // Whoever also moves the head is seen by those who wrote an earlier end down.
      database.execute(
          "UPDATE audit_head SET number = l.number, hash = l.hash FROM audit_log l WHERE l.number ="
              + " "
              + (last - 1));
      assertTrue(verify(server).getIntact(), "by itself the log cannot tell");
      VerifyAuditResponse known =
          server
              .admin()
              .audit()
              .verifyAudit(
                  VerifyAuditRequest.newBuilder()
                      .setKnownNumber(last)
                      .setKnownHash(whole.getLastHash())
                      .build());
      assertBroken(known, last);
    }
  }

  @Test
  void whatCannotBeWrittenDownIsNotDone() {
    try (var server = TestServer.start()) {
      Person bob = server.person("bob");
      String key = bob.key(KeyScope.KEY_SCOPE_FULL).getApiKey();
      String keyId =
          server
              .database()
              .read("SELECT id FROM api_keys WHERE prefix = '" + key.substring(3, 11) + "'")
              .getFirst();
      server
          .database()
          .execute(
              "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                  + " 'BEGIN RAISE EXCEPTION ''full''; END'");
      server
          .database()
          .execute(
              "CREATE TRIGGER refuse BEFORE INSERT ON audit_log FOR EACH ROW EXECUTE FUNCTION"
                  + " refuse()");
      Refused.with(
          ErrorReason.ERROR_REASON_AUDIT_UNWRITABLE,
          () ->
              bob.client().keys().revokeKey(RevokeKeyRequest.newBuilder().setKeyId(keyId).build()));
      assertEquals(
          "bob",
          server.as(key).identity().whoAmI(WhoAmIRequest.getDefaultInstance()).getAccountName(),
          "the key still works");
      Refused.with(ErrorReason.ERROR_REASON_AUDIT_UNWRITABLE, bob::again);
      Refused.with(ErrorReason.ERROR_REASON_AUDIT_UNWRITABLE, () -> bob.worker("never-registered"));
      server.database().execute("DROP TRIGGER refuse ON audit_log");
      bob.worker("never-registered");
    }
  }

  @Test
  void entriesWrittenAtTheSameTimeAreOneChain() {
    try (var server = TestServer.start();
        var second = server.sibling()) {
      Person bob = server.person("bob");
      Together.run(
          24,
          i ->
              (i % 2 == 0 ? server : second)
                  .as(bob.tokens().getAccessToken())
                  .keys()
                  .createKey(CreateKeyRequest.getDefaultInstance()));
      VerifyAuditResponse verified = verify(server);
      assertTrue(verified.getIntact(), verified.getFinding());
      assertEquals(24, entries(server, "key.create", bob.accountId()).size());
    }
  }

  private static void assertBroken(VerifyAuditResponse answer, long number) {
    assertFalse(answer.getIntact());
    assertEquals(number, answer.getBrokenNumber(), answer.getFinding());
    assertFalse(answer.getFinding().isEmpty());
  }

  private static VerifyAuditResponse verify(TestServer server) {
    return server.admin().audit().verifyAudit(VerifyAuditRequest.getDefaultInstance());
  }

  private static List<AuditEntry> entries(TestServer server, String action, String subject) {
    return server
        .admin()
        .audit()
        .listAuditEntries(
            ListAuditEntriesRequest.newBuilder()
                .setAction(action)
                .setSubject(subject)
                .setPageSize(200)
                .build())
        .getEntriesList();
  }
}
