package io.clawlive.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.Project;
import io.clawlive.agents.v1.UpdateProjectRequest;
import io.clawlive.identity.v1.Account;
import io.clawlive.identity.v1.ApiKey;
import io.clawlive.identity.v1.AuditEntry;
import io.clawlive.identity.v1.CreateAccountRequest;
import io.clawlive.identity.v1.CreateKeyResponse;
import io.clawlive.identity.v1.ListAuditEntriesRequest;
import io.clawlive.identity.v1.ListKeysRequest;
import io.clawlive.identity.v1.RegisterResponse;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.StartDeviceLoginResponse;
import io.clawlive.identity.v1.Tokens;
import io.clawlive.identity.v1.UpdateAccountRequest;
import io.clawlive.identity.v1.VerifyAuditResponse;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.UpdateSessionRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logins, keys, accounts and members against the real server. */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityProcessTest {
  private static final String PASSWORD = "a long enough password";

  private ServerUnderTest server;
  private ClawLive nobody;
  private ClawLive admin;
  private ClawLive person;

  @BeforeAll
  void start(@TempDir Path home) {
    server = new ServerUnderTest(home);
    nobody = ClawLive.connect(server.address());
    admin = ClawLive.connect(server.address(), server.token());
    assertTrue(nobody.identity().whoAmI().getFirstAccount());
    RegisterResponse registered = nobody.identity().register("Root", PASSWORD);
    assertEquals(Role.ROLE_ADMIN, registered.getRole());
    person =
        ClawLive.connect(
            server.address(),
            RefreshingTokens.of(
                ClawLiveOptions.of(server.address()), registered.getTokens(), next -> {}));
  }

  @AfterAll
  void stop() {
    nobody.close();
    person.close();
    admin.close();
    server.close();
  }

  @Test
  void aLoginWorksUntilItsLogout() {
    assertThrows(NotAllowedException.class, () -> nobody.identity().register("late", PASSWORD));
    user("leaver");
    Tokens tokens = nobody.identity().login("leaver", PASSWORD, "a test");
    try (ClawLive live = with(tokens)) {
      assertEquals("leaver", live.identity().whoAmI().getAccountName());
      live.identity().logout();
      ClawLiveException over =
          assertThrows(CredentialEndedException.class, () -> live.identity().logout());
      assertEquals("CREDENTIAL_REVOKED", over.reason());
    }
    assertThrows(
        UnauthenticatedException.class, () -> nobody.identity().refresh(tokens.getRefreshToken()));
  }

  @Test
  void aWrongPasswordIsToldAndThenLocksOut() {
    user("target");
    ClawLiveException wrong =
        assertThrows(
            UnauthenticatedException.class,
            () -> nobody.identity().login("target", "not the password", ""));
    assertEquals("LOGIN_FAILED", wrong.reason());
    for (int i = 0; i < 9; i++) {
      assertThrows(
          UnauthenticatedException.class,
          () -> nobody.identity().login("target", "not the password", ""));
    }
    RateLimitedException locked =
        assertThrows(
            RateLimitedException.class, () -> nobody.identity().login("target", PASSWORD, ""));
    assertEquals("LOCKED_OUT", locked.reason());
    assertTrue(locked.retryAfter().orElseThrow().toSeconds() > 60, "" + locked.retryAfter());
  }

  @Test
  void aNewPasswordEndsTheOtherLogins() {
    user("changer");
    Tokens here = nobody.identity().login("changer", PASSWORD, "here");
    Tokens there = nobody.identity().login("changer", PASSWORD, "there");
    try (ClawLive live = with(here);
        ClawLive other = with(there)) {
      live.identity().changePassword(PASSWORD, PASSWORD + "!");
      assertEquals("changer", live.identity().whoAmI().getAccountName());
      assertThrows(CredentialEndedException.class, () -> other.keys().page(keys()));
    }
    assertThrows(
        UnauthenticatedException.class, () -> nobody.identity().login("changer", PASSWORD, ""));
  }

  @Test
  void refreshingTokensRefreshOnceForManyThreads() {
    user("stayer");
    Tokens stale =
        nobody.identity().login("stayer", PASSWORD, "").toBuilder().setExpiresIn(0).build();
    List<Tokens> kept = new ArrayList<>();
    RefreshingTokens tokens =
        RefreshingTokens.of(ClawLiveOptions.of(server.address()), stale, kept::add);
    try (ClawLive live = ClawLive.connect(server.address(), tokens)) {
      Set<String> names = new ConcurrentSkipListSet<>();
      IntStream.range(0, 16)
          .mapToObj(i -> live.identity().whoAmIAsync())
          .toList()
          .forEach(answer -> names.add(answer.join().getAccountName()));
      assertEquals(Set.of("stayer"), names);
    }
    assertEquals(1, kept.size());
    assertNotEquals(stale.getRefreshToken(), kept.getFirst().getRefreshToken());
    assertFalse(tokens.toString().contains(kept.getFirst().getAccessToken()));
    ClawLiveException reused =
        assertThrows(
            CredentialEndedException.class,
            () -> nobody.identity().refresh(stale.getRefreshToken()));
    assertEquals("REFRESH_REUSED", reused.reason());
  }

  @Test
  void aDeviceLoginWaitsForItsApproval() throws Exception {
    StartDeviceLoginResponse started = nobody.deviceLogins().start("a test");
    CompletableFuture<Void> asked = new CompletableFuture<>();
    CompletableFuture<Tokens> tokens =
        CompletableFuture.supplyAsync(
            () -> nobody.deviceLogins().await(started, () -> asked.complete(null)));
    asked.get(20, TimeUnit.SECONDS);
    assertEquals("a test", person.deviceLogins().get(started.getUserCode()).getLabel());
    person.deviceLogins().approve(started.getUserCode());
    assertEquals("root", tokens.get(20, TimeUnit.SECONDS).getAccountName());
    assertThrows(
        NotFoundException.class, () -> nobody.deviceLogins().poll(started.getDeviceCode()));
  }

  @Test
  void aDeniedDeviceLoginEndsTheWaiting() {
    StartDeviceLoginResponse started = nobody.deviceLogins().start("unwanted");
    person.deviceLogins().deny(started.getUserCode());
    assertThrows(NotAllowedException.class, () -> nobody.deviceLogins().await(started));
  }

  @Test
  void keysAreMadeListedRotatedAndRevoked() {
    Account account = user("keeper");
    try (ClawLive live = with(nobody.identity().login("keeper", PASSWORD, ""))) {
      live.agents().register("keepers-bot");
      CreateKeyResponse made = live.keys().create("keepers-bot", "a label");
      assertEquals(account.getAccountId(), made.getKey().getAccountId());
      try (ClawLive agent = ClawLive.connect(server.address(), made.getApiKey())) {
        String next = agent.keys().rotate().getApiKey();
        assertThrows(CredentialEndedException.class, () -> agent.keys().rotate());
        try (ClawLive again = ClawLive.connect(server.address(), next)) {
          assertEquals("keepers-bot", again.identity().whoAmI().getAgentHandle());
        }
      }
      List<ApiKey> working = new ArrayList<>();
      live.keys().list().forEach(working::add);
      assertFalse(working.stream().anyMatch(key -> key.getKeyId().equals(made.getKeyId())));
      working.forEach(key -> live.keys().revoke(key.getKeyId()));
      assertFalse(live.keys().list().iterator().hasNext());
    }
  }

  @Test
  void aPrivateProjectIsSeenByItsMembersAlone() {
    user("owner");
    user("guest");
    try (ClawLive owner = with(nobody.identity().login("owner", PASSWORD, ""));
        ClawLive guest = with(nobody.identity().login("guest", PASSWORD, ""))) {
      owner.agents().register("owners-bot");
      Project project =
          owner
              .projects()
              .create(
                  CreateProjectRequest.newBuilder()
                      .setAgent("owners-bot")
                      .setSlug("quiet")
                      .setVisibility(Visibility.VISIBILITY_PRIVATE)
                      .build());
      Session session = owner.sessions().start(project.getProjectId());
      assertThrows(NotFoundException.class, () -> guest.projects().get("owners-bot/quiet"));
      assertThrows(NotFoundException.class, () -> guest.sessions().get(session.getSessionId()));
      owner.projects().addMember("owners-bot/quiet", "guest");
      assertEquals(1, owner.projects().members("owners-bot/quiet").size());
      assertEquals("quiet", guest.projects().get("owners-bot/quiet").getSlug());
      owner.projects().removeMember("owners-bot/quiet", "guest");
      assertThrows(NotFoundException.class, () -> guest.projects().get("owners-bot/quiet"));

      Project opened =
          owner
              .projects()
              .update(
                  UpdateProjectRequest.newBuilder()
                      .setProject("owners-bot/quiet")
                      .setTitle("Loud")
                      .setVisibility(Visibility.VISIBILITY_PUBLIC)
                      .build());
      assertEquals("Loud", opened.getTitle());
      Session hidden =
          owner
              .sessions()
              .update(
                  UpdateSessionRequest.newBuilder()
                      .setSessionId(session.getSessionId())
                      .setVisibility(Visibility.VISIBILITY_PRIVATE)
                      .build());
      assertEquals(Visibility.VISIBILITY_PRIVATE, hidden.getVisibility());
      assertThrows(NotFoundException.class, () -> nobody.sessions().get(session.getSessionId()));
    }
  }

  @Test
  void accountsAreManagedAndTheLogTellsOfIt() {
    Account account = user("changed");
    admin
        .accounts()
        .update(UpdateAccountRequest.newBuilder().setAccount("changed").setDisabled(true).build());
    assertThrows(
        UnauthenticatedException.class, () -> nobody.identity().login("changed", PASSWORD, ""));
    List<String> names = new ArrayList<>();
    admin.accounts().list().forEach(listed -> names.add(listed.getName()));
    assertTrue(names.contains("changed"), names.toString());
    assertInstanceOf(
        NotAllowedException.class,
        assertThrows(
            ClawLiveException.class,
            () -> {
              user("curious");
              try (ClawLive live = with(nobody.identity().login("curious", PASSWORD, ""))) {
                live.accounts().list().iterator().hasNext();
              }
            }));
    List<AuditEntry> entries = new ArrayList<>();
    admin
        .audit()
        .list(ListAuditEntriesRequest.newBuilder().setSubject(account.getAccountId()).build())
        .forEach(entries::add);
    assertEquals("account.update", entries.getFirst().getAction());
    assertEquals("account.create", entries.getLast().getAction());
    VerifyAuditResponse found = admin.audit().verify();
    assertTrue(found.getIntact(), found.getFinding());
    assertTrue(found.getLastNumber() >= 3);
  }

  @Test
  void aTokenOfASigningKeyThatWasTakenAwayIsRefreshed() {
    user("survivor");
    Tokens tokens = nobody.identity().login("survivor", PASSWORD, "");
    try (ClawLive live =
        ClawLive.connect(
            server.address(),
            RefreshingTokens.of(ClawLiveOptions.of(server.address()), tokens, next -> {}))) {
      assertEquals("survivor", live.identity().whoAmI().getAccountName());
      admin.identity().rotateSigningKey(true);
      live.keys().page(keys());
      assertEquals("survivor", live.identity().whoAmI().getAccountName());
      assertEquals(1, nobody.identity().signingKeys().size());
    }
  }

  private Account user(String name) {
    return admin
        .accounts()
        .create(CreateAccountRequest.newBuilder().setName(name).setPassword(PASSWORD).build());
  }

  private ClawLive with(Tokens tokens) {
    return ClawLive.connect(server.address(), tokens.getAccessToken());
  }

  private static ListKeysRequest keys() {
    return ListKeysRequest.getDefaultInstance();
  }
}
