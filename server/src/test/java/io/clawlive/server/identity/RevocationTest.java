package io.clawlive.server.identity;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Duration;
import io.clawlive.agents.v1.AddProjectMemberRequest;
import io.clawlive.agents.v1.RemoveProjectMemberRequest;
import io.clawlive.agents.v1.UpdateProjectRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.identity.v1.CreateKeyRequest;
import io.clawlive.identity.v1.LogoutRequest;
import io.clawlive.identity.v1.RevokeKeyRequest;
import io.clawlive.identity.v1.Role;
import io.clawlive.identity.v1.RotateSigningKeyRequest;
import io.clawlive.identity.v1.UpdateAccountRequest;
import io.clawlive.identity.v1.Visibility;
import io.clawlive.live.v1.UpdateSessionRequest;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.MovableClock;
import io.clawlive.server.testing.Person;
import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Watching;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.WatchResponse.MarkCase;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is open ends soon after what opened it, or what it looks at, is taken away. */
final class RevocationTest {
  /** What the product promises. */
  private static final long PROMISED_NANOS = 5_000_000_000L;

  @AutoClose private static final TestServer server = TestServer.start(MovableClock.PROPERTY);
  private static final Person owner = server.person("owner");
  private static final Worker agent = owner.worker("agent");

  @BeforeAll
  static void letNobodyBeTheLastAdministrator() {
    setRole("owner", Role.ROLE_ADMIN);
    server.person("deputy");
    setRole("deputy", Role.ROLE_ADMIN);
    setRole("owner", Role.ROLE_USER);
  }

  @Test
  void aPublisherAndAWatcherWithARevokedKey() {
    String stream = agent.stream();
    var key =
        owner
            .again()
            .client()
            .keys()
            .createKey(CreateKeyRequest.newBuilder().setAgent("agent").build());
    Client holder = server.as(key.getApiKey());
    Watching watching = holder.watch(stream);
    Publishing publishing = holder.publish(stream, "p");
    watching.until(MarkCase.CAUGHT_UP);
    long revoked = System.nanoTime();
    owner
        .again()
        .client()
        .keys()
        .revokeKey(RevokeKeyRequest.newBuilder().setKeyId(key.getKeyId()).build());
    ends(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, revoked, () -> drain(watching));
    ends(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, revoked, publishing::committed);
  }

  @Test
  void aWatcherWhoseKeyExpires() {
    var key =
        owner
            .again()
            .client()
            .keys()
            .createKey(
                CreateKeyRequest.newBuilder()
                    .setLifetime(Duration.newBuilder().setSeconds(60))
                    .build());
    Watching watching = server.as(key.getApiKey()).watch(agent.stream());
    watching.until(MarkCase.CAUGHT_UP);
    server.bean(MovableClock.class).advance(java.time.Duration.ofSeconds(61));
    ends(ErrorReason.ERROR_REASON_CREDENTIAL_EXPIRED, System.nanoTime(), () -> drain(watching));
  }

  @Test
  void aWatcherWhoSignsOutAndOneWhoseAccountIsDisabled() {
    String stream = agent.stream();
    Person leaver = server.person("leaver");
    Watching signedOut = leaver.client().watch(stream);
    signedOut.until(MarkCase.CAUGHT_UP);
    long at = System.nanoTime();
    leaver.client().identity().logout(LogoutRequest.getDefaultInstance());
    ends(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, at, () -> drain(signedOut));

    Watching disabled = leaver.again().client().watch(stream);
    disabled.until(MarkCase.CAUGHT_UP);
    long then = System.nanoTime();
    server
        .admin()
        .accounts()
        .updateAccount(
            UpdateAccountRequest.newBuilder().setAccount("leaver").setDisabled(true).build());
    ends(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, then, () -> drain(disabled));
  }

  @Test
  void aWatcherWhoseTokenWasSignedByAKeyThatIsTakenAway() {
    String stream = agent.stream();
    Watching signedBefore = server.person("signed").client().watch(stream);
    Watching withKey = agent.client().watch(stream);
    signedBefore.until(MarkCase.CAUGHT_UP);
    withKey.until(MarkCase.CAUGHT_UP);
    long at = System.nanoTime();
    server
        .admin()
        .identity()
        .rotateSigningKey(RotateSigningKeyRequest.newBuilder().setRevokeOld(true).build());
    ends(ErrorReason.ERROR_REASON_CREDENTIAL_REVOKED, at, () -> drain(signedBefore));
    agent.end(stream);
    drain(withKey);
  }

  @Test
  void strangersWatchingASessionThatTurnsPrivateAndNobodyElse() {
    String stream = agent.stream();
    Watching nobody = server.nobody().watch(stream);
    Watching stranger = server.person("stranger").client().watch(stream);
    Watching owners = owner.again().client().watch(stream);
    Watching admins = server.admin().watch(stream);
    for (Watching watching : List.of(nobody, stranger, owners, admins)) {
      watching.until(MarkCase.CAUGHT_UP);
    }
    long at = System.nanoTime();
    agent
        .client()
        .sessions()
        .updateSession(
            UpdateSessionRequest.newBuilder()
                .setSessionId(stream)
                .setVisibility(Visibility.VISIBILITY_PRIVATE)
                .build());
    ends(ErrorReason.ERROR_REASON_STREAM_NOT_FOUND, at, () -> drain(nobody));
    ends(ErrorReason.ERROR_REASON_STREAM_NOT_FOUND, at, () -> drain(stranger));
    agent.end(stream);
    drain(owners);
    drain(admins);
  }

  @Test
  void aMemberWhoIsRemovedAndAnAdministratorWhoIsNoneAnyMore() {
    Worker secret = owner.again().worker("secret-agent");
    owner
        .again()
        .client()
        .projects()
        .updateProject(
            UpdateProjectRequest.newBuilder()
                .setProject("secret-agent/work")
                .setVisibility(Visibility.VISIBILITY_PRIVATE)
                .build());
    String stream = secret.stream();
    Person member = server.person("member");
    Refused.with(
        ErrorReason.ERROR_REASON_STREAM_NOT_FOUND, () -> drain(member.client().watch(stream)));
    owner
        .again()
        .client()
        .projects()
        .addProjectMember(
            AddProjectMemberRequest.newBuilder()
                .setProject("secret-agent/work")
                .setAccount("member")
                .build());
    Watching members = member.client().watch(stream);
    Watching deputys =
        server.as(Person.login(server, "deputy", Person.PASSWORD).getAccessToken()).watch(stream);
    members.until(MarkCase.CAUGHT_UP);
    deputys.until(MarkCase.CAUGHT_UP);

    long removed = System.nanoTime();
    owner
        .again()
        .client()
        .projects()
        .removeProjectMember(
            RemoveProjectMemberRequest.newBuilder()
                .setProject("secret-agent/work")
                .setAccount("member")
                .build());
    ends(ErrorReason.ERROR_REASON_STREAM_NOT_FOUND, removed, () -> drain(members));

    setRole("owner", Role.ROLE_ADMIN);
    long demoted = System.nanoTime();
    setRole("deputy", Role.ROLE_USER);
    ends(ErrorReason.ERROR_REASON_STREAM_NOT_FOUND, demoted, () -> drain(deputys));
    setRole("deputy", Role.ROLE_ADMIN);
    setRole("owner", Role.ROLE_USER);
  }

  private static void drain(Watching watching) {
    while (watching.nextOrEnd() != null) {}
  }

  private static void ends(ErrorReason reason, long since, Executable open) {
    Refused.with(reason, open);
    long took = System.nanoTime() - since;
    assertTrue(took < PROMISED_NANOS, took / 1_000_000 + " ms");
  }

  private static void setRole(String name, Role role) {
    server
        .admin()
        .accounts()
        .updateAccount(UpdateAccountRequest.newBuilder().setAccount(name).setRole(role).build());
  }
}
