package io.clawlive.server.platform.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.Client;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.WebChannel;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.net.InetAddress;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The door through which other doors carry their calls. */
final class InnerDoorTest {
  private static final int AN_HOUR = 5;

  @AutoClose private static final TestServer server = TestServer.start();
  @AutoClose private static final WebChannel web = WebChannel.binary(server.web());
  private static int agents;

  @Test
  void callsAreCountedByTheAddressOfTheOuterDoorsCaller() {
    Client admin = server.adminOver(server.bean(InnerDoor.class));
    for (int i = 0; i < AN_HOUR; i++) {
      registerFrom(admin, "192.0.2.1");
    }
    Refused refused =
        Refused.with(ErrorReason.ERROR_REASON_RATE_LIMITED, () -> registerFrom(admin, "192.0.2.1"));
    assertEquals("5", refused.metadata("limit"));
    registerFrom(admin, "2001:db8::1");
  }

  @Test
  void nobodyOnTheNetworkChoosesAnAddress() {
    // Calls from this machine are not counted. Were the header believed, they would be.
    Client byGrpc = server.adminOver(pretending(server.nobody().channel()));
    Client byWeb = server.adminOver(pretending(web));
    for (int i = 0; i < 2 * AN_HOUR; i++) {
      byGrpc.agents().registerAgent(next());
      byWeb.agents().registerAgent(next());
    }
  }

  private static Channel pretending(Channel channel) {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("clawlive-outer-address", Metadata.ASCII_STRING_MARSHALLER), "192.0.2.7");
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static void registerFrom(Client client, String address) {
    client
        .agents()
        .withOption(InnerDoor.CALLER, InetAddress.ofLiteral(address))
        .registerAgent(next());
  }

  private static RegisterAgentRequest next() {
    return RegisterAgentRequest.newBuilder().setHandle("counted" + ++agents).build();
  }
}
