package io.clawlive.server.identity.audit;

import io.clawlive.identity.v1.AuditActor;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.platform.grpc.CallerAddress;
import io.grpc.Context;

/**
 * What the log says of every change of a call.
 *
 * @param action name in the RPC's policy
 * @param actor who calls
 */
record AuditContext(String action, AuditActor actor) {
  /** Null outside a call whose policy names an action. */
  static final Context.Key<AuditContext> CURRENT = Context.key("audit");

  /** Who makes the present call. */
  static AuditActor actor(Caller caller) {
    var actor = AuditActor.newBuilder().setAddress(CallerAddress.CURRENT.get());
    return switch (caller) {
      case Caller.Spectator _ -> actor.setKind("spectator").build();
      case Caller.WatchCaller watcher ->
          actor
              .setKind("spectator")
              .setId(watcher.accountId().toString())
              .setName(watcher.accountName())
              .build();
      case Caller.AgentCaller agent ->
          actor.setKind("agent").setId(agent.agentId().toString()).setName(agent.handle()).build();
      case Caller.AccountCaller account ->
          actor
              .setKind("account")
              .setId(account.accountId().toString())
              .setName(account.name())
              .build();
    };
  }
}
