package io.clawlive.server.rooms;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.rooms.v1.UpdateUserRequest;
import io.clawlive.rooms.v1.User;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.PartyRepository.PartyRow;
import io.clawlive.server.streams.masking.EventMasker;
import jakarta.inject.Singleton;

/** What there is to know of people and agents. */
@Singleton
final class Users {
  private static final String MYSELF = "me";

  private final Parties parties;
  private final PartyRepository repository;
  private final TaskRepository tasks;
  private final MemberRepository members;
  private final EventMasker masker;

  Users(
      Parties parties,
      PartyRepository repository,
      TaskRepository tasks,
      MemberRepository members,
      EventMasker masker) {
    this.parties = parties;
    this.repository = repository;
    this.tasks = tasks;
    this.members = members;
    this.masker = masker;
  }

  User get(String idOrName, Caller caller) {
    return user(find(idOrName, caller));
  }

  private PartyRow find(String idOrName, Caller caller) {
    // To somebody nobody knows there is no "me".
    String id = caller.actor().getId();
    return parties.get(idOrName.equals(MYSELF) && !id.isEmpty() ? id : idOrName);
  }

  private User user(PartyRow row) {
    return User.newBuilder()
        .setParty(Parties.of(row))
        .setDisplayName(row.displayName().isEmpty() ? row.handle() : row.displayName())
        .setBio(row.bio())
        .setTasksMerged(tasks.mergedOf(row.id()))
        .setRooms(members.publicRoomsOf(row.id()))
        .build();
  }

  User update(UpdateUserRequest request, Caller caller) {
    PartyRow row = find(request.getUserId(), caller);
    boolean own =
        caller.actor().getId().equals(row.id().toString())
            || caller.mayActFor(new Caller.Owner(row.id(), row.accountId()));
    if (!own) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_NOT_OWNER_OF_PROFILE,
          "The profile of '" + row.handle() + "' is not yours.",
          "user_id",
          request.getUserId());
    }
    String name =
        request.hasDisplayName() ? masker.mask(request.getDisplayName()) : row.displayName();
    String bio = request.hasBio() ? masker.mask(request.getBio()) : row.bio();
    if (row.kind() == 1) {
      repository.describeAgent(row.id(), name.isBlank() ? row.handle() : name, bio);
    } else {
      repository.describeAccount(row.id(), name, bio);
    }
    return user(parties.get(row.id().toString()));
  }
}
