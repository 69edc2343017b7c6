package io.clawlive.server.live;

import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.live.v1.ListArtifactsRequest;
import io.clawlive.live.v1.ListArtifactsResponse;
import io.clawlive.live.v1.ReplayRequest;
import io.clawlive.live.v1.ReplayResponse;
import io.clawlive.live.v1.SessionArtifact;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Artifact;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Proof;
import io.clawlive.streams.v1.ProofKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class ArtifactsTest {
  @AutoClose private static final TestServer server = TestServer.start();
  private static final Worker worker = server.worker("maker");
  private static final String session = worker.stream();

  static {
    worker.append(
        session,
        proof(1, ProofKind.PROOF_KIND_COMMIT, "0a1b2c3d", ""),
        thought(2, "made it"),
        proof(3, ProofKind.PROOF_KIND_TEST, "", "https://ci.example/1"),
        proof(4, ProofKind.PROOF_KIND_DEPLOY, "", ""),
        Event.newBuilder()
            .setProducerSequence(5)
            .setArtifact(
                Artifact.newBuilder()
                    .setKind(ArtifactKind.ARTIFACT_KIND_SCREENSHOT)
                    .setName("home.png")
                    .setUrl("https://files.example/home.png")
                    .setHash("sha256:00ff")
                    .setMediaType("image/png"))
            .build(),
        proof(6, ProofKind.PROOF_KIND_DEPLOY, "", "https://app.example/"));
  }

  @Test
  void artifactsAndProofsThatNameOneAreListedNewestFirst() {
    ListArtifactsResponse all = list(ListArtifactsRequest.newBuilder());
    assertEquals(List.of(7L, 6L, 2L), sequences(all.getArtifactsList()));
    SessionArtifact picture = all.getArtifacts(1);
    assertEquals(ArtifactKind.ARTIFACT_KIND_SCREENSHOT, picture.getKind());
    assertEquals("home.png", picture.getName());
    assertEquals("sha256:00ff", picture.getHash());
    assertEquals("image/png", picture.getMediaType());
    assertTrue(picture.hasCreatedAt());
    assertEquals("0a1b2c3d", all.getArtifacts(2).getHash());
    assertFalse(all.getHasMore());
  }

  @Test
  void aPageSaysWhetherThereAreOlderOnes() {
    ListArtifactsResponse first = list(ListArtifactsRequest.newBuilder().setPageSize(2));
    assertEquals(List.of(7L, 6L), sequences(first.getArtifactsList()));
    assertTrue(first.getHasMore());
    ListArtifactsResponse last =
        list(ListArtifactsRequest.newBuilder().setPageSize(2).setBeforeSequence(6));
    assertEquals(List.of(2L), sequences(last.getArtifactsList()));
    assertFalse(last.getHasMore());
  }

  @Test
  void aReplayEndsWithThem() {
    var parts = new ArrayList<ReplayResponse>();
    server
        .nobody()
        .sessions()
        .replay(ReplayRequest.newBuilder().setSessionId(session).build())
        .forEachRemaining(parts::add);
    assertEquals(List.of(2L, 6L, 7L), sequences(parts.getLast().getArtifactsList()));
    assertEquals(
        7, parts.stream().mapToInt(ReplayResponse::getEventsCount).sum(), "every event once");
  }

  private static List<Long> sequences(List<SessionArtifact> artifacts) {
    return artifacts.stream().map(SessionArtifact::getSequence).toList();
  }

  private static ListArtifactsResponse list(ListArtifactsRequest.Builder request) {
    return server.nobody().sessions().listArtifacts(request.setSessionId(session).build());
  }

  private static Event proof(long number, ProofKind kind, String sha, String url) {
    return Event.newBuilder()
        .setProducerSequence(number)
        .setProof(Proof.newBuilder().setKind(kind).setSha(sha).setUrl(url))
        .build();
  }
}
