package io.clawlive.server.platform.web.rest;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.grpc.BindableService;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/** The routes of every service that this server has. */
@Singleton
final class Routes {
  private final RouteTable table;

  Routes(List<BindableService> services) {
    List<MethodDescriptor> rpcs =
        services.stream()
            .flatMap(Routes::descriptor)
            .flatMap(service -> service.getMethods().stream())
            .toList();
    this.table = new RouteTable(rpcs);
  }

  RouteTable table() {
    return table;
  }

  /** A route of an RPC that must be there. */
  Route route(String rpcName) {
    return table.routeOf(rpcName).orElseThrow(() -> new IllegalStateException(rpcName));
  }

  private static Stream<ServiceDescriptor> descriptor(BindableService service) {
    return service.bindService().getServiceDescriptor().getSchemaDescriptor()
            instanceof ProtoServiceDescriptorSupplier supplier
        ? Stream.of(supplier.getServiceDescriptor())
        : Stream.empty();
  }
}
