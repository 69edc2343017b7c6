package io.clawlive.server.webhooks;

import io.clawlive.server.platform.grpc.Timestamps;
import io.clawlive.webhooks.v1.CreateWebhookRequest;
import io.clawlive.webhooks.v1.CreateWebhookResponse;
import io.clawlive.webhooks.v1.DeleteWebhookRequest;
import io.clawlive.webhooks.v1.DeleteWebhookResponse;
import io.clawlive.webhooks.v1.IngestRequest;
import io.clawlive.webhooks.v1.IngestResponse;
import io.clawlive.webhooks.v1.ListWebhooksRequest;
import io.clawlive.webhooks.v1.ListWebhooksResponse;
import io.clawlive.webhooks.v1.RotateWebhookRequest;
import io.clawlive.webhooks.v1.RotateWebhookResponse;
import io.clawlive.webhooks.v1.Webhook;
import io.clawlive.webhooks.v1.WebhookServiceGrpc.WebhookServiceImplBase;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

@Singleton
final class WebhookGrpcService extends WebhookServiceImplBase {
  private static final Duration OVERLAP = Duration.ofDays(1);

  private final Webhooks webhooks;
  private final Deliveries deliveries;

  WebhookGrpcService(Webhooks webhooks, Deliveries deliveries) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
  }

  @Override
  public void createWebhook(
      CreateWebhookRequest request, StreamObserver<CreateWebhookResponse> out) {
    Webhooks.Fresh fresh = webhooks.create(request.getAgent(), request.getName());
    out.onNext(
        CreateWebhookResponse.newBuilder()
            .setWebhook(message(fresh.row()))
            .setSecret(fresh.secret())
            .build());
    out.onCompleted();
  }

  @Override
  public void listWebhooks(ListWebhooksRequest request, StreamObserver<ListWebhooksResponse> out) {
    var answer = ListWebhooksResponse.newBuilder();
    webhooks.list(request.getAgent()).forEach(row -> answer.addWebhooks(message(row)));
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void rotateWebhook(
      RotateWebhookRequest request, StreamObserver<RotateWebhookResponse> out) {
    Duration overlap =
        request.hasOverlapSeconds() ? Duration.ofSeconds(request.getOverlapSeconds()) : OVERLAP;
    Webhooks.Fresh fresh = webhooks.rotate(request.getAgent(), request.getWebhook(), overlap);
    out.onNext(
        RotateWebhookResponse.newBuilder()
            .setWebhook(message(fresh.row()))
            .setSecret(fresh.secret())
            .build());
    out.onCompleted();
  }

  @Override
  public void deleteWebhook(
      DeleteWebhookRequest request, StreamObserver<DeleteWebhookResponse> out) {
    webhooks.delete(request.getAgent(), request.getWebhook());
    out.onNext(DeleteWebhookResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void ingest(IngestRequest request, StreamObserver<IngestResponse> out) {
    int inserted = deliveries.take(request);
    out.onNext(IngestResponse.newBuilder().setStatus("ok").setInserted(inserted).build());
    out.onCompleted();
  }

  private Webhook message(WebhookRow row) {
    var webhook =
        Webhook.newBuilder()
            .setWebhookId(row.id().toString())
            .setAgentId(row.agentId().toString())
            .setName(row.name())
            .setCreatedAt(Timestamps.of(row.createdAt()));
    Instant delivered = row.lastDeliveryAt();
    if (delivered != null) {
      webhook.setLastDeliveryAt(Timestamps.of(delivered));
    }
    Instant until = row.previousUntil();
    if (until != null && webhooks.overlaps(row)) {
      webhook.setPreviousSecretUntil(Timestamps.of(until));
    }
    return webhook.build();
  }
}
