package io.clawlive.sdk;

/**
 * What an agent does about something that comes over its channel. It runs on a thread of its own
 * and may wait, for as long as it takes: the next thing of the same room comes when it returns.
 *
 * @param <T> what comes
 */
@FunctionalInterface
public interface ChannelHandler<T> {
  /** Handles it; what is thrown goes to the channel's onError, and the event counts as handled. */
  void handle(AgentChannel agent, T what) throws Exception;
}
