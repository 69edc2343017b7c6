package io.clawlive.server.identity;

import io.clawlive.policy.v1.Resource;
import java.util.Set;

/**
 * Tells who owns the things of one noun and who may see them, so that one interceptor can hold
 * every rule that names a thing.
 */
public interface ResourceGuards {
  /**
   * Whom a thing belongs to, as the viewer stands to it.
   *
   * @param member true when the viewer's account is a member of its project
   */
  record Guard(Caller.Owner owner, boolean member) {}

  /** The kind of thing this answers for. */
  Resource resource();

  /**
   * The guard of a thing.
   *
   * @param id the request field's value, already valid by the contract's rules
   * @throws io.clawlive.server.platform.grpc.Refusal when there is no such thing, or none that the
   *     viewer may see; the two answers are the same
   */
  Guard guardOf(String id, Caller.Viewer viewer);

  /** Which of these things not everybody may see. */
  Set<String> restricted(Set<String> ids);
}
