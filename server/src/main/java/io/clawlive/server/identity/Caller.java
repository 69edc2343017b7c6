package io.clawlive.server.identity;

import io.clawlive.identity.v1.Role;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.ActorKind;
import io.grpc.Context;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who is behind a call. */
public sealed interface Caller {
  /** The caller of the present call. */
  Context.Key<Caller> CURRENT = Context.keyWithDefault("caller", new Spectator());

  /** What the caller is called in the contract. */
  Role role();

  /** True when the caller may act for what this owner owns. */
  boolean mayActFor(Owner owner);

  /** The caller as events name it. */
  Actor actor();

  /** With whose eyes the caller sees. */
  Viewer viewer();

  /** Somebody who brought no credential. */
  record Spectator() implements Caller {
    @Override
    public Role role() {
      return Role.ROLE_SPECTATOR;
    }

    @Override
    public boolean mayActFor(Owner owner) {
      return false;
    }

    @Override
    public Actor actor() {
      return Actor.getDefaultInstance();
    }

    @Override
    public Viewer viewer() {
      return Viewer.ANYONE;
    }
  }

  /** Somebody with a key that only watches: sees what its account sees, and acts for nobody. */
  record WatchCaller(UUID accountId, String accountName) implements Caller {
    @Override
    public Role role() {
      return Role.ROLE_SPECTATOR;
    }

    @Override
    public boolean mayActFor(Owner owner) {
      return false;
    }

    @Override
    public Actor actor() {
      return Actor.getDefaultInstance();
    }

    @Override
    public Viewer viewer() {
      return new Viewer(accountId, null, false);
    }
  }

  /** An agent that brought its own key. */
  record AgentCaller(UUID agentId, String handle, UUID accountId, String accountName)
      implements Caller {
    @Override
    public Role role() {
      return Role.ROLE_AGENT;
    }

    @Override
    public boolean mayActFor(Owner owner) {
      return agentId.equals(owner.agentId());
    }

    @Override
    public Actor actor() {
      return Actor.newBuilder()
          .setKind(ActorKind.ACTOR_KIND_AGENT)
          .setId(agentId.toString())
          .build();
    }

    @Override
    public Viewer viewer() {
      return new Viewer(accountId, agentId, false);
    }
  }

  /** A person's account. */
  record AccountCaller(UUID accountId, String name, boolean admin) implements Caller {
    @Override
    public Role role() {
      return admin ? Role.ROLE_ADMIN : Role.ROLE_USER;
    }

    @Override
    public boolean mayActFor(Owner owner) {
      return admin || accountId.equals(owner.accountId());
    }

    @Override
    public Actor actor() {
      return Actor.newBuilder()
          .setKind(ActorKind.ACTOR_KIND_ACCOUNT)
          .setId(accountId.toString())
          .build();
    }

    @Override
    public Viewer viewer() {
      return new Viewer(accountId, null, admin);
    }
  }

  /** Whom a thing belongs to: an agent, and through it the agent's account. */
  record Owner(UUID agentId, UUID accountId) {
    /** For what belongs to nobody: only an administrator acts for it. */
    public static final Owner NOBODY = new Owner(new UUID(0, 0), new UUID(0, 0));
  }

  /**
   * Whose eyes a list or a page is made for.
   *
   * @param account sees what it owns and where it is a member; null sees what is public
   * @param agent the agent that looks with its account's eyes; null when it is the account itself
   * @param everything true for an administrator
   */
  record Viewer(@Nullable UUID account, @Nullable UUID agent, boolean everything) {
    /** Somebody nobody knows. */
    public static final Viewer ANYONE = new Viewer(null, null, false);

    /** The eyes of the present call. */
    public static Viewer current() {
      return CURRENT.get().viewer();
    }
  }
}
