package io.clawlive.server.identity;

import io.clawlive.policy.v1.Resource;

/** Tells who owns the things of one noun, so that one interceptor can hold every owner rule. */
public interface ResourceOwners {
  /** The kind of thing this answers for. */
  Resource resource();

  /**
   * The owner of a thing.
   *
   * @param id the request field's value, already valid by the contract's rules
   * @throws io.clawlive.server.platform.grpc.Refusal when there is no such thing
   */
  Caller.Owner ownerOf(String id);
}
