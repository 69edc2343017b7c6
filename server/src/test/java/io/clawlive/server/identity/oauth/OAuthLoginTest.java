package io.clawlive.server.identity.oauth;

import static io.clawlive.server.identity.oauth.TestProvider.CALLBACK;
import static io.clawlive.server.identity.oauth.TestProvider.OTHER_CALLBACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.AuditEntry;
import io.clawlive.identity.v1.FinishOAuthRequest;
import io.clawlive.identity.v1.FinishOAuthResponse;
import io.clawlive.identity.v1.ListAuditEntriesRequest;
import io.clawlive.identity.v1.ListOAuthLinksRequest;
import io.clawlive.identity.v1.ListOAuthProvidersRequest;
import io.clawlive.identity.v1.OAuthLink;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.StartOAuthLinkRequest;
import io.clawlive.identity.v1.StartOAuthLoginRequest;
import io.clawlive.identity.v1.StartOAuthLoginResponse;
import io.clawlive.identity.v1.UnlinkOAuthRequest;
import io.clawlive.identity.v1.UpdateAccountRequest;
import io.clawlive.identity.v1.WhoAmIRequest;
import io.clawlive.identity.v1.WhoAmIResponse;
import io.clawlive.server.identity.oauth.TestProvider.Back;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Together;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Signing in at a provider, with a browser and a provider that checks everything. */
final class OAuthLoginTest {
  @AutoClose private static final TestProvider provider = new TestProvider();

  @AutoClose
  private static final TestServer server =
      start("clawlive.identity.open-registration=true", MovableClock.PROPERTY);

  @Test
  void theFirstPersonBecomesAdministratorAndLaterOnesComeInOnlyIfTheyHaveALink() {
    try (TestServer closed = start()) {
      FinishOAuthResponse first = signIn(closed, "github", "octocat");
      assertTrue(first.getNewAccount());
      assertEquals("octocat ROLE_ADMIN", who(closed, first));

      Refused.with(
          ErrorReason.ERROR_REASON_REGISTRATION_CLOSED, () -> signIn(closed, "github", "second"));
      Refused.with(
          ErrorReason.ERROR_REASON_REGISTRATION_CLOSED,
          // The same name elsewhere is another person.
          () -> signIn(closed, "gitlab", "octocat"));

      FinishOAuthResponse again = signIn(closed, "github", "octocat");
      assertFalse(again.getNewAccount());
      assertEquals("octocat ROLE_ADMIN", who(closed, again));
    }
  }

  @Test
  void whereRegistrationIsOpenEverybodyGetsAnAccountNamedAsNearAsPossible() {
    assertEquals("ann ROLE_USER", who(server, signIn(server, "github", "Ann")));
    assertEquals("ann2 ROLE_USER", who(server, signIn(server, "gitlab", "ann")));
    assertEquals("an-odd-name ROLE_USER", who(server, signIn(server, "github", "-An Odd.Name!")));
  }

  @Test
  void aPersonIsKnownByTheProvidersNumberAndNotByTheirName() {
    var first = signIn(server, "github", "number");
    var renamed = signIn(server, "github", "number=changed-name");
    assertFalse(renamed.getNewAccount());
    assertEquals(first.getTokens().getAccountId(), renamed.getTokens().getAccountId());

    var successor = signIn(server, "github", "somebody-else=number");
    assertTrue(successor.getNewAccount());
    assertNotEquals(first.getTokens().getAccountId(), successor.getTokens().getAccountId());
  }

  @Test
  void theBrowserIsSentWithStateAndChallengeAndNoSecret() {
    StartOAuthLoginResponse begun = begin(server, "github");
    Map<String, String> query = TestProvider.query(URI.create(begun.getAuthorizationUrl()));
    assertEquals("code", query.get("response_type"));
    assertEquals("claw", query.get("client_id"));
    assertEquals(CALLBACK, query.get("redirect_uri"));
    assertEquals("read:user", query.get("scope"));
    assertEquals("S256", query.get("code_challenge_method"));
    assertEquals(43, query.get("code_challenge").length());
    assertTrue(query.get("state").length() > 40);
    assertEquals(7, query.size(), query::toString);
    assertFalse(begun.getAuthorizationUrl().contains(begun.getLoginToken()));
    assertNotEquals(
        query.get("state"),
        TestProvider.query(URI.create(begin(server, "github").getAuthorizationUrl())).get("state"));
  }

  @Test
  void nothingOfALoginThatBegunCanBeReadInTheDatabase() {
    StartOAuthLoginResponse begun = begin(server, "gitlab");
    String state =
        TestProvider.query(URI.create(begun.getAuthorizationUrl())).getOrDefault("state", "");
    String rows =
        server
            .database()
            .read("SELECT t::text || encode(verifier_sealed, 'escape') FROM oauth_logins t")
            .toString();
    assertFalse(rows.contains(state));
    assertFalse(rows.contains(begun.getLoginToken()));
  }

  @Test
  void theProvidersAreThoseThatAreSetUp() {
    var listed =
        server
            .nobody()
            .oauth()
            .listOAuthProviders(ListOAuthProvidersRequest.getDefaultInstance())
            .getProvidersList();
    assertEquals(List.of("github", "gitlab"), listed.stream().map(p -> p.getProvider()).toList());
    assertEquals(List.of(CALLBACK, OTHER_CALLBACK), listed.getFirst().getRedirectUrisList());

    Refused.with(ErrorReason.ERROR_REASON_OAUTH_PROVIDER_UNKNOWN, () -> begin(server, "bitbucket"));
    try (var without = TestServer.start()) {
      assertEquals(
          0,
          without
              .nobody()
              .oauth()
              .listOAuthProviders(ListOAuthProvidersRequest.getDefaultInstance())
              .getProvidersCount());
      Refused.with(ErrorReason.ERROR_REASON_OAUTH_PROVIDER_UNKNOWN, () -> begin(without, "github"));
    }
  }

  @Test
  void theAddressToComeBackToIsOneOfThoseSetUpLetterByLetter() {
    for (String other :
        List.of(
            CALLBACK + "/",
            CALLBACK + "?next=x",
            CALLBACK.replace("7777", "7778"),
            CALLBACK.toUpperCase(java.util.Locale.ROOT),
            "https://evil.example.com/callback")) {
      Refused.with(
          ErrorReason.ERROR_REASON_OAUTH_REDIRECT_UNKNOWN,
          () -> begin(server.nobody(), "github", other));
    }
    begin(server.nobody(), "github", OTHER_CALLBACK);
  }

  @Test
  void aStateWorksOnceAndForTenMinutes() {
    StartOAuthLoginResponse begun = begin(server, "github");
    Back back = provider.visit(begun.getAuthorizationUrl(), "once");
    finish(server, begun, back);
    assertInvalid(begun, back);

    StartOAuthLoginResponse late = begin(server, "github");
    Back lateBack = provider.visit(late.getAuthorizationUrl(), "once");
    server.bean(MovableClock.class).advance(Duration.ofMinutes(10));
    assertInvalid(late, lateBack);

    StartOAuthLoginResponse justInTime = begin(server, "github");
    Back justBack = provider.visit(justInTime.getAuthorizationUrl(), "once");
    server.bean(MovableClock.class).advance(Duration.ofMinutes(10).minusMillis(1));
    finish(server, justInTime, justBack);
    assertInvalid(begun, new Back("cls_00000000_" + "0".repeat(32), "code"));
    assertInvalid(begun, new Back("garbage", "code"));
  }

  @Test
  void ofManyWhoFinishOneLoginAtOnceOneIsSignedIn() {
    StartOAuthLoginResponse begun = begin(server, "github");
    Back back = provider.visit(begun.getAuthorizationUrl(), "crowd");
    List<Boolean> in =
        Together.run(
            Collections.nCopies(
                8,
                () -> {
                  try {
                    finish(server, begun, back);
                    return true;
                  } catch (io.grpc.StatusRuntimeException e) {
                    assertEquals(
                        ErrorReason.ERROR_REASON_OAUTH_STATE_INVALID, Refused.of(e).reason());
                    return false;
                  }
                }));
    assertEquals(1, Collections.frequency(in, true));
  }

  @Test
  void ofManyNewPeopleWithOneNameAtOnceEachGetsAnAccount() {
    List<String> names =
        Together.run(
            java.util.stream.IntStream.range(0, 6)
                .<java.util.concurrent.Callable<String>>mapToObj(i ->
                    () -> signIn(server, "github", "p" + i + "=same").getTokens().getAccountName())
                .toList());
    assertEquals(6, names.stream().distinct().count(), names::toString);
    assertTrue(names.containsAll(List.of("same", "same2", "same6")), names::toString);
  }

  @Test
  void whoeverDidNotBeginALoginCannotFinishIt() {
    // The attacker's own state and code in the victim's client, which would sign it in as the
    // attacker.
    StartOAuthLoginResponse attacker = begin(server, "github");
    StartOAuthLoginResponse victim = begin(server, "github");
    Back back = provider.visit(attacker.getAuthorizationUrl(), "attacker");
    assertInvalid(victim, back);
    assertInvalid(
        attacker.toBuilder().setLoginToken("clo_00000000_" + "0".repeat(32)).build(), back);
    assertInvalid(attacker.toBuilder().setLoginToken("x").build(), back);
    finish(server, attacker, back);
  }

  @Test
  void aCodeWorksOnceAndOnlyWithTheVerifierOfItsOwnLogin() {
    StartOAuthLoginResponse begun = begin(server, "github");
    StartOAuthLoginResponse other = begin(server, "github");
    Back back = provider.visit(begun.getAuthorizationUrl(), "pkce");
    Back otherBack = provider.visit(other.getAuthorizationUrl(), "pkce");
    Refused.with(
        ErrorReason.ERROR_REASON_OAUTH_REFUSED,
        () -> finish(server, other, new Back(otherBack.state(), back.code())));

    StartOAuthLoginResponse good = begin(server, "github");
    Back goodBack = provider.visit(good.getAuthorizationUrl(), "pkce");
    finish(server, good, goodBack);
    StartOAuthLoginResponse next = begin(server, "github");
    Back nextBack = provider.visit(next.getAuthorizationUrl(), "pkce");
    Refused.with(
        ErrorReason.ERROR_REASON_OAUTH_REFUSED,
        () -> finish(server, next, new Back(nextBack.state(), goodBack.code())));
  }

  @Test
  void anAccountWithAPasswordCanBeLinkedAndThenSignsInEitherWay() {
    Person dora = server.person("dora");
    FinishOAuthResponse linked = link(dora.client(), "github", "dora-elsewhere");
    assertFalse(linked.getNewAccount());
    assertEquals(dora.accountId(), linked.getTokens().getAccountId());
    assertEquals(
        dora.accountId(), signIn(server, "github", "dora-elsewhere").getTokens().getAccountId());
    assertEquals(List.of("github/dora-elsewhere"), links(dora.client()));
    link(dora.client(), "github", "dora-elsewhere");
    assertEquals(1, links(dora.client()).size(), "linking again changes nothing");

    Person eve = server.person("eve");
    Refused.with(
        ErrorReason.ERROR_REASON_OAUTH_ALREADY_LINKED,
        () -> link(eve.client(), "github", "dora-elsewhere"));
    assertEquals(List.of(), links(eve.client()));

    link(dora.client(), "github", "dora-anew");
    assertEquals(List.of("github/dora-anew"), links(dora.client()), "one a provider");
    link(eve.client(), "github", "dora-elsewhere");
  }

  @Test
  void aLinkIsTakenAwayUnlessItIsTheOnlyWayIn() {
    Person fay = server.person("fay");
    link(fay.client(), "github", "fay");
    unlink(fay.client(), "github");
    assertEquals(List.of(), links(fay.client()));
    unlink(fay.client(), "github");
    assertTrue(signIn(server, "github", "fay").getNewAccount(), "it is no longer fay's");

    Client only = server.as(signIn(server, "gitlab", "only").getTokens().getAccessToken());
    Refused.with(ErrorReason.ERROR_REASON_LAST_CREDENTIAL, () -> unlink(only, "gitlab"));
    unlink(only, "github");
    link(only, "github", "only-too");
    unlink(only, "gitlab");
    Refused.with(ErrorReason.ERROR_REASON_LAST_CREDENTIAL, () -> unlink(only, "github"));
  }

  @Test
  void aDisabledAccountIsNotLetInByItsLinkEither() {
    FinishOAuthResponse gus = signIn(server, "github", "gus");
    Client client = server.as(gus.getTokens().getAccessToken());
    var begun =
        client
            .oauth()
            .startOAuthLink(
                StartOAuthLinkRequest.newBuilder()
                    .setProvider("gitlab")
                    .setRedirectUri(CALLBACK)
                    .build());
    server
        .admin()
        .accounts()
        .updateAccount(
            UpdateAccountRequest.newBuilder()
                .setAccount(gus.getTokens().getAccountId())
                .setDisabled(true)
                .build());
    Refused.with(
        ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, () -> signIn(server, "github", "gus"));
    Back back = provider.visit(begun.getAuthorizationUrl(), "gus");
    Refused.with(
        ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED,
        () -> finish(server, begun.getLoginToken(), back));
  }

  @Test
  void theAuditLogKeepsAccountsLinksAndLogins() {
    try (TestServer fresh = start()) {
      FinishOAuthResponse hal = signIn(fresh, "github", "hal");
      Client client = fresh.as(hal.getTokens().getAccessToken());
      link(client, "gitlab", "hal");
      unlink(client, "github");
      var kinds = new ArrayList<String>();
      for (AuditEntry entry :
          fresh
              .admin()
              .audit()
              .listAuditEntries(ListAuditEntriesRequest.getDefaultInstance())
              .getEntriesList()
              .reversed()) {
        String name = entry.getTarget().getName();
        kinds.add(entry.getAction() + " " + entry.getTarget().getKind() + " " + name);
      }
      assertEquals(
          List.of(
              "login.oauth account hal",
              "login.oauth link github/hal",
              "login.oauth login hal",
              "login.oauth link gitlab/hal",
              "login.oauth login hal",
              "account.unlink link github/hal"),
          kinds.subList(kinds.indexOf("login.oauth account hal"), kinds.size()));
    }
  }

  @Test
  void loginsThatNobodyFinishedAreForgotten() {
    begin(server, "github");
    server.bean(MovableClock.class).advance(Duration.ofMinutes(10));
    begin(server, "github");
    server.bean(OAuthLogins.class).forget();
    assertEquals(1, server.database().read("SELECT provider FROM oauth_logins").size());
  }

  @Test
  void nothingPrintsTheApplicationsSecret() {
    String printed =
        server.bean(GithubConfiguration.class)
            + " "
            + server.bean(GitlabConfiguration.class)
            + server.bean(Providers.class).all();
    assertFalse(printed.contains("s3cret"), printed);
  }

  private static TestServer start(String... more) {
    var settings = new ArrayList<>(List.of(provider.settings("github")));
    settings.addAll(List.of(provider.settings("gitlab")));
    settings.addAll(List.of(more));
    return TestServer.start(settings.toArray(String[]::new));
  }

  private static StartOAuthLoginResponse begin(TestServer at, String name) {
    return begin(at.nobody(), name, CALLBACK);
  }

  private static StartOAuthLoginResponse begin(Client client, String name, String redirectUri) {
    return client
        .oauth()
        .startOAuthLogin(
            StartOAuthLoginRequest.newBuilder()
                .setProvider(name)
                .setRedirectUri(redirectUri)
                .build());
  }

  private static FinishOAuthResponse signIn(TestServer at, String name, String person) {
    StartOAuthLoginResponse begun = begin(at, name);
    return finish(at, begun, provider.visit(begun.getAuthorizationUrl(), person));
  }

  private static FinishOAuthResponse link(Client client, String name, String person) {
    var begun =
        client
            .oauth()
            .startOAuthLink(
                StartOAuthLinkRequest.newBuilder()
                    .setProvider(name)
                    .setRedirectUri(CALLBACK)
                    .build());
    Back back = provider.visit(begun.getAuthorizationUrl(), person);
    return client
        .oauth()
        .finishOAuth(
            FinishOAuthRequest.newBuilder()
                .setState(back.state())
                .setCode(back.code())
                .setLoginToken(begun.getLoginToken())
                .build());
  }

  private static FinishOAuthResponse finish(
      TestServer at, StartOAuthLoginResponse begun, Back back) {
    return finish(at, begun.getLoginToken(), back);
  }

  private static FinishOAuthResponse finish(TestServer at, String loginToken, Back back) {
    return at.nobody()
        .oauth()
        .finishOAuth(
            FinishOAuthRequest.newBuilder()
                .setState(back.state())
                .setCode(back.code())
                .setLoginToken(loginToken)
                .build());
  }

  private static void assertInvalid(StartOAuthLoginResponse begun, Back back) {
    Refused.with(ErrorReason.ERROR_REASON_OAUTH_STATE_INVALID, () -> finish(server, begun, back));
  }

  private static void unlink(Client client, String name) {
    client.oauth().unlinkOAuth(UnlinkOAuthRequest.newBuilder().setProvider(name).build());
  }

  private static List<String> links(Client client) {
    return client
        .oauth()
        .listOAuthLinks(ListOAuthLinksRequest.getDefaultInstance())
        .getLinksList()
        .stream()
        .map((OAuthLink link) -> link.getProvider() + "/" + link.getLogin())
        .toList();
  }

  private static String who(TestServer at, FinishOAuthResponse signedIn) {
    WhoAmIResponse who =
        at.as(signedIn.getTokens().getAccessToken())
            .identity()
            .whoAmI(WhoAmIRequest.getDefaultInstance());
    Role role = who.getRole();
    return who.getAccountName() + " " + role;
  }
}
