package io.clawlive.sdk.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.agents.v1.AgentServiceGrpc;
import io.clawlive.agents.v1.GetAgentRequest;
import io.clawlive.agents.v1.GetAgentResponse;
import io.clawlive.agents.v1.ProjectServiceGrpc;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.agents.v1.RegisterAgentResponse;
import io.clawlive.live.v1.SessionServiceGrpc;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.ClawLiveException;
import io.clawlive.streams.v1.AppendRequest;
import io.clawlive.streams.v1.StreamServiceGrpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RepeatsTest {
  @Test
  void whatTheContractCallsRepeatableIsSafe() {
    assertTrue(Repeats.safe(SessionServiceGrpc.getGetSessionMethod(), message()));
    assertTrue(Repeats.safe(SessionServiceGrpc.getEndSessionMethod(), message()));
    assertTrue(
        Repeats.safe(StreamServiceGrpc.getAppendMethod(), AppendRequest.getDefaultInstance()));
  }

  @Test
  void aUniqueNameIsNotAndARequestIdDecidesForItself() {
    assertFalse(Repeats.safe(AgentServiceGrpc.getRegisterAgentMethod(), message()));
    assertFalse(Repeats.safe(ProjectServiceGrpc.getCreateProjectMethod(), message()));
    var start = StartSessionRequest.newBuilder();
    assertFalse(Repeats.safe(SessionServiceGrpc.getStartSessionMethod(), start.build()));
    start.setRequestId("r1");
    assertTrue(Repeats.safe(SessionServiceGrpc.getStartSessionMethod(), start.build()));
  }

  @Test
  void aSafeCallIsTriedAgainAndAnUnsafeOneIsNot() throws IOException {
    AtomicInteger reads = new AtomicInteger();
    AtomicInteger registrations = new AtomicInteger();
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(
                new AgentServiceGrpc.AgentServiceImplBase() {
                  @Override
                  public void getAgent(
                      GetAgentRequest request, StreamObserver<GetAgentResponse> out) {
                    if (reads.incrementAndGet() < 3) {
                      out.onError(Status.UNAVAILABLE.withDescription("restarting").asException());
                      return;
                    }
                    out.onNext(GetAgentResponse.getDefaultInstance());
                    out.onCompleted();
                  }

                  @Override
                  public void registerAgent(
                      RegisterAgentRequest request, StreamObserver<RegisterAgentResponse> out) {
                    registrations.incrementAndGet();
                    out.onError(Status.UNAVAILABLE.withDescription("restarting").asException());
                  }
                })
            .build()
            .start();
    try (ClawLive live = ClawLive.connect("127.0.0.1:" + server.getPort())) {
      assertEquals("", live.agents().get("x").getHandle());
      assertEquals(3, reads.get());
      assertThrows(ClawLiveException.class, () -> live.agents().register("x"));
      assertEquals(1, registrations.get());
    } finally {
      server.shutdownNow();
    }
  }

  private static Object message() {
    return RegisterAgentRequest.getDefaultInstance();
  }
}
