package io.clawlive.sdk;

/** What a publisher does with a new event while its buffer is full. */
public enum Overflow {
  /** The caller waits until there is room. */
  BLOCK,
  /** The oldest event that is not on its way is given up and counted in {@code dropped()}. */
  DROP_OLDEST,
  /** The call throws {@link UnavailableException} with reason {@code BUFFER_FULL}. */
  FAIL
}
