package io.clawlive.server.platform.web;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Singleton;

/** Sets what the HTTP server has no setting for, on each connection. */
@Singleton
final class ConnectionTuning implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private final WebConfiguration configuration;

  ConnectionTuning(WebConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event
        .getBean()
        .register(
            new NettyServerCustomizer() {
              @Override
              public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
                return role == ChannelRole.CONNECTION ? new Connection(channel) : this;
              }
            });
    return event.getBean();
  }

  private final class Connection implements NettyServerCustomizer {
    private final Channel channel;

    Connection(Channel channel) {
      this.channel = channel;
    }

    @Override
    public void onStreamPipelineBuilt() {
      RequestPatience.guard(channel, configuration.requestTimeout());
    }
  }
}
