package io.clawlive.server.rooms.channel;

import io.clawlive.rooms.v1.AgentChannelServiceGrpc;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.Caller.AgentCaller;
import io.clawlive.server.platform.grpc.EncodedMessages;
import io.clawlive.server.rooms.AgentRooms;
import io.clawlive.server.streams.Watches;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** The channel's door. It answers with bytes, most of which were encoded once for a whole room. */
@Singleton
final class AgentChannelGrpcService implements BindableService {
  private final OpenChannels open;
  private final AgentRooms rooms;
  private final ChannelRequests requests;
  private final Cursors cursors;
  private final Watches watches;

  AgentChannelGrpcService(
      OpenChannels open,
      AgentRooms rooms,
      ChannelRequests requests,
      Cursors cursors,
      Watches watches) {
    this.open = open;
    this.rooms = rooms;
    this.requests = requests;
    this.cursors = cursors;
    this.watches = watches;
  }

  @Override
  public ServerServiceDefinition bindService() {
    var connect = EncodedMessages.answeredBy(AgentChannelServiceGrpc.getConnectMethod());
    return ServerServiceDefinition.builder(
            EncodedMessages.service(AgentChannelServiceGrpc.getServiceDescriptor(), connect))
        .addMethod(connect, ServerCalls.asyncBidiStreamingCall(this::connect))
        .build();
  }

  private StreamObserver<ConnectRequest> connect(StreamObserver<byte[]> out) {
    var call = new ChannelCall((ServerCallStreamObserver<byte[]>) out, this::channel);
    open.add(call.channel());
    return call;
  }

  private AgentChannel channel(ChannelCall call) {
    if (!(Caller.CURRENT.get() instanceof AgentCaller agent)) {
      throw new IllegalStateException("access let somebody in who is no agent");
    }
    return new AgentChannel(agent, call, open, rooms, requests, cursors, watches);
  }
}
