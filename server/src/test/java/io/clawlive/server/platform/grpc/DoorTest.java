package io.clawlive.server.platform.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.Contract;
import io.clawlive.server.testing.TestServer;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServiceResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What the door itself says, to load balancers and to tools. */
final class DoorTest {
  @AutoClose private static final TestServer server = TestServer.start();

  @Test
  void theDoorSaysThatItServes() {
    assertEquals(
        ServingStatus.SERVING,
        HealthGrpc.newBlockingStub(server.nobody().channel())
            .check(HealthCheckRequest.getDefaultInstance())
            .getStatus());
  }

  @Test
  void theDoorNamesEveryServiceOfTheContract() throws Exception {
    var call =
        ServerReflectionGrpc.newBlockingV2Stub(server.nobody().channel()).serverReflectionInfo();
    call.write(ServerReflectionRequest.newBuilder().setListServices("").build());
    List<String> named =
        call.read(10, TimeUnit.SECONDS).getListServicesResponse().getServiceList().stream()
            .map(ServiceResponse::getName)
            .toList();
    call.halfClose();
    Contract.rpcs().stream()
        .map(rpc -> rpc.getService().getFullName())
        .forEach(service -> assertTrue(named.contains(service), () -> service + " in " + named));
  }
}
