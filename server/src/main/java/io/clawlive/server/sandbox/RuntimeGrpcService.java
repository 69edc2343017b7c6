package io.clawlive.server.sandbox;

import io.clawlive.sandbox.v1.GetRuntimeStatusRequest;
import io.clawlive.sandbox.v1.GetRuntimeStatusResponse;
import io.clawlive.sandbox.v1.GetSandboxMetricsRequest;
import io.clawlive.sandbox.v1.GetSandboxMetricsResponse;
import io.clawlive.sandbox.v1.Runtime;
import io.clawlive.sandbox.v1.RuntimeServiceGrpc.RuntimeServiceImplBase;
import io.clawlive.server.sandbox.runtime.RuntimeReport;
import io.clawlive.server.sandbox.runtime.SandboxRuntime;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

@Singleton
final class RuntimeGrpcService extends RuntimeServiceImplBase {
  private static final int MOST_IMAGES = 1_000;

  private final Runtimes runtimes;
  private final SandboxFigures figures;
  private final SandboxConfiguration configuration;

  RuntimeGrpcService(
      Runtimes runtimes, SandboxFigures figures, SandboxConfiguration configuration) {
    this.runtimes = runtimes;
    this.figures = figures;
    this.configuration = configuration;
  }

  @Override
  public void getRuntimeStatus(
      GetRuntimeStatusRequest request, StreamObserver<GetRuntimeStatusResponse> out) {
    var answer =
        GetRuntimeStatusResponse.newBuilder().setDefaultImage(configuration.defaultImage());
    for (SandboxRuntime runtime : runtimes.offered()) {
      RuntimeReport report = runtime.report();
      if (report.usable() && answer.getActive().isEmpty()) {
        answer
            .setActive(runtime.name())
            .addAllImages(runtime.images().stream().sorted().limit(MOST_IMAGES).toList());
      }
      answer.addRuntimes(
          Runtime.newBuilder()
              .setName(runtime.name())
              .setUsable(report.usable())
              .setVersion(report.version())
              .setMessage(report.message())
              .addAllMissing(report.missing())
              .setProcessors(report.processors())
              .setMemoryBytes(report.memoryBytes()));
    }
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void getSandboxMetrics(
      GetSandboxMetricsRequest request, StreamObserver<GetSandboxMetricsResponse> out) {
    out.onNext(figures.metrics());
    out.onCompleted();
  }
}
