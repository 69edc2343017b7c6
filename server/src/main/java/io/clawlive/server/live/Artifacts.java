package io.clawlive.server.live;

import io.clawlive.live.v1.SessionArtifact;
import io.clawlive.server.streams.EventReader;
import io.clawlive.streams.v1.ArtifactKind;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Proof;
import io.clawlive.streams.v1.ProofKind;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a session made, read from its events. There is no table of it: an artifact event is the
 * artifact, and so is a proof that names a commit or an address, in the very write that stores it.
 */
@Singleton
final class Artifacts {
  private static final List<String> KINDS = List.of("proof", "artifact");
  private static final int ROWS = 200;
  private static final int REPLAYED = 1_000;

  private final EventReader events;

  Artifacts(EventReader events) {
    this.events = events;
  }

  /** Everything a session made, oldest first; of more than 1,000 the newest. */
  List<SessionArtifact> all(UUID session) {
    return before(session, Long.MAX_VALUE, REPLAYED).reversed();
  }

  /** The nearest artifacts below a sequence, newest first. */
  List<SessionArtifact> before(UUID session, long sequence, int limit) {
    var found = new ArrayList<SessionArtifact>();
    long position = sequence;
    while (found.size() < limit) {
      List<Event> page = events.before(session, position, KINDS, ROWS);
      page.reversed().stream()
          .map(Artifacts::of)
          .flatMap(Optional::stream)
          .limit(limit - found.size())
          .forEach(found::add);
      if (page.isEmpty()) {
        break;
      }
      position = page.getFirst().getSequence();
    }
    return found;
  }

  /** The artifact that an event names, if it names one. */
  private static Optional<SessionArtifact> of(Event event) {
    var artifact =
        SessionArtifact.newBuilder()
            .setSequence(event.getSequence())
            .setCreatedAt(event.getOccurredAt());
    if (event.hasArtifact()) {
      var named = event.getArtifact();
      return Optional.of(
          artifact
              .setKind(named.getKind())
              .setName(named.getName())
              .setUrl(named.getUrl())
              .setHash(named.getHash())
              .setMediaType(named.getMediaType())
              .build());
    }
    Proof proof = event.getProof();
    return kind(proof.getKind())
        .filter(kind -> !proof.getUrl().isEmpty() || !proof.getSha().isEmpty())
        .map(kind ->
            artifact
                .setKind(kind)
                .setName(proof.getMessage())
                .setUrl(proof.getUrl())
                .setHash(proof.getSha())
                .build());
  }

  private static Optional<ArtifactKind> kind(ProofKind kind) {
    return switch (kind) {
      case PROOF_KIND_COMMIT -> Optional.of(ArtifactKind.ARTIFACT_KIND_COMMIT);
      case PROOF_KIND_DEPLOY -> Optional.of(ArtifactKind.ARTIFACT_KIND_DEPLOY);
      case PROOF_KIND_SCREENSHOT -> Optional.of(ArtifactKind.ARTIFACT_KIND_SCREENSHOT);
      // A test run shows that work is right; it leaves nothing to fetch.
      case PROOF_KIND_TEST, PROOF_KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }
}
