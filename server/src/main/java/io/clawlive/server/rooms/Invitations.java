package io.clawlive.server.rooms;

import com.github.f4b6a3.uuid.UuidCreator;
import com.google.protobuf.ByteString;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.CreateInvitationRequest;
import io.clawlive.rooms.v1.CreateInvitationResponse;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.PublicAddress;
import io.clawlive.server.platform.Sha256;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.server.rooms.InvitationRepository.InvitationRow;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Invitation;
import io.clawlive.streams.v1.InvitationChange;
import io.clawlive.streams.v1.InvitationChangeKind;
import io.clawlive.streams.v1.MemberRole;
import io.clawlive.streams.v1.Party;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Ways into a room. A link's secret has 192 random bits, so its SHA-256 is all that is kept; it
 * travels in the part of an address that browsers send to nobody.
 */
@Singleton
final class Invitations {
  private static final int SECRET_BYTES = 24;
  private static final int MOST = 200;
  private static final Duration LIFETIME = Duration.ofDays(7);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final InvitationRepository repository;
  private final RoomChanges changes;
  private final Parties parties;
  private final PublicAddress address;
  private final Clock clock;

  Invitations(
      InvitationRepository repository,
      RoomChanges changes,
      Parties parties,
      PublicAddress address,
      Clock clock) {
    this.repository = repository;
    this.changes = changes;
    this.parties = parties;
    this.address = address;
    this.clock = clock;
  }

  CreateInvitationResponse create(UUID room, CreateInvitationRequest request, Caller caller) {
    boolean link = request.getInvitee().isEmpty();
    MemberRole role =
        request.getRole() == MemberRole.MEMBER_ROLE_UNSPECIFIED
            ? MemberRole.MEMBER_ROLE_MEMBER
            : request.getRole();
    if (link && role == MemberRole.MEMBER_ROLE_HOST) {
      throw Refusal.invalidField(
          "role: a link gives no host; invite the person or agent by name.", "role");
    }
    Duration lifetime =
        request.hasLifetime() ? Duration.ofSeconds(request.getLifetime().getSeconds()) : LIFETIME;
    Invitation.Builder made =
        Invitation.newBuilder()
            .setInvitationId(UuidCreator.getTimeOrderedEpoch().toString())
            .setRole(role)
            .setInviter(Parties.of(caller))
            .setCreatedAt(Timestamps.of(clock.instant()))
            .setExpiresAt(Timestamps.of(clock.instant().plus(lifetime)))
            .setUsesLeft(link ? Math.max(1, request.getUses()) : 1);
    String secret = link ? secret() : "";
    if (link) {
      made.setSecretHash(hash(secret));
    } else {
      made.setInvitee(Parties.of(parties.get(request.getInvitee())));
    }
    changes.change(
        room,
        caller.actor(),
        draft -> {
          draft.requireOpen();
          if (repository.list(room, clock.instant()).size() >= MOST) {
            throw Refusal.of(
                ErrorReason.ERROR_REASON_TOO_MANY_INVITATIONS,
                "The room has %,d open invitations; more are not taken.".formatted(MOST),
                "limit",
                Integer.toString(MOST));
          }
          return draft.tell(
              told(InvitationChangeKind.INVITATION_CHANGE_KIND_CREATED, made.build()));
        });
    return CreateInvitationResponse.newBuilder()
        .setInvitation(shown(made.build()))
        .setSecret(secret)
        .setUrl(link ? address.page("/rooms/" + room + "#invite=" + secret).orElse("") : "")
        .build();
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static ByteString hash(String secret) {
    return ByteString.copyFrom(Sha256.of(secret));
  }

  /**
   * Uses up an invitation of somebody who comes in.
   *
   * @param secret of a link; empty for a direct invitation
   * @return the role it gives; empty when there is none and no secret was brought
   */
  Optional<MemberRole> use(RoomDraft draft, String secret, Party party) {
    Optional<Invitation> found =
        repository.list(draft.id(), clock.instant()).stream()
            .map(row -> Stored.read(Invitation.parser(), row.content()))
            .filter(invitation ->
                secret.isEmpty()
                    ? invitation.getInvitee().getId().equals(party.getId())
                    : invitation.getSecretHash().equals(hash(secret)))
            .findFirst();
    if (found.isEmpty() && !secret.isEmpty()) {
      throw invalid();
    }
    found.ifPresent(invitation ->
        draft.tell(
            told(
                InvitationChangeKind.INVITATION_CHANGE_KIND_USED,
                invitation.toBuilder().setUsesLeft(invitation.getUsesLeft() - 1).build())));
    return found.map(Invitation::getRole);
  }

  static Refusal invalid() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_INVITATION_INVALID,
        "The invitation does not hold; ask a host for a new one.");
  }

  /** The invitations of a room that hold. */
  List<Invitation> list(UUID room) {
    return repository.list(room, clock.instant()).stream()
        .map(row -> shown(Stored.read(Invitation.parser(), row.content())))
        .toList();
  }

  /** The invitations of somebody that hold. */
  List<InvitationRow> of(Caller caller) {
    return repository.of(UUID.fromString(caller.actor().getId()), clock.instant());
  }

  /** Takes an invitation back. */
  void revoke(UUID room, UUID id, Caller caller) {
    changes.change(
        room,
        caller.actor(),
        draft -> {
          Invitation invitation =
              repository.list(room, clock.instant()).stream()
                  .filter(row -> row.id().equals(id))
                  .findFirst()
                  .map(row -> Stored.read(Invitation.parser(), row.content()))
                  .orElseThrow(() ->
                      Refusal.of(
                          ErrorReason.ERROR_REASON_INVITATION_NOT_FOUND,
                          "The room has no invitation " + id + " that holds.",
                          "invitation_id",
                          id.toString()));
          return draft.tell(told(InvitationChangeKind.INVITATION_CHANGE_KIND_REVOKED, invitation));
        });
  }

  /** An invitation without what never leaves the server. */
  static Invitation shown(Invitation invitation) {
    return invitation.toBuilder().clearSecretHash().build();
  }

  private static Event.Builder told(InvitationChangeKind kind, Invitation invitation) {
    return Event.newBuilder()
        .setInvitation(InvitationChange.newBuilder().setChange(kind).setInvitation(invitation));
  }
}
