package io.clawlive.server.identity;

import io.clawlive.identity.v1.Role;
import io.clawlive.streams.v1.Actor;
import io.clawlive.streams.v1.ActorKind;
import io.grpc.Context;
import java.util.UUID;

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
  }

  /** Whom a thing belongs to: an agent, and through it the agent's account. */
  record Owner(UUID agentId, UUID accountId) {}
}
