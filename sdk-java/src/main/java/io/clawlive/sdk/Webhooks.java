package io.clawlive.sdk;

import io.clawlive.sdk.internal.Unary;
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
import io.clawlive.webhooks.v1.WebhookServiceGrpc;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Webhooks of agents: programs that hold no key sign their events with a secret instead. An agent
 * and its account may call these.
 */
public final class Webhooks {
  private final Unary unary;

  Webhooks(Unary unary) {
    this.unary = unary;
  }

  /**
   * Makes a webhook. The answer shows its secret, this once. At most 10 an agent.
   *
   * @param agent handle or id
   * @param name 1 to 64 of a-z 0-9 -, unique within the agent
   * @throws AlreadyExistsException when the agent has one of this name
   */
  public CreateWebhookResponse create(String agent, String name) {
    return Unary.await(createAsync(agent, name));
  }

  /** As {@link #create}. */
  public CompletableFuture<CreateWebhookResponse> createAsync(String agent, String name) {
    return unary.call(
        WebhookServiceGrpc.getCreateWebhookMethod(),
        CreateWebhookRequest.newBuilder().setAgent(agent).setName(name).build());
  }

  /** The webhooks of an agent by name, without their secrets. */
  public List<Webhook> list(String agent) {
    return Unary.await(listAsync(agent));
  }

  /** As {@link #list}. */
  public CompletableFuture<List<Webhook>> listAsync(String agent) {
    return unary
        .call(
            WebhookServiceGrpc.getListWebhooksMethod(),
            ListWebhooksRequest.newBuilder().setAgent(agent).build())
        .thenApply(ListWebhooksResponse::getWebhooksList);
  }

  /**
   * Gives a webhook a new secret; the one before works on for a day.
   *
   * @param webhook name or id
   * @throws NotFoundException when the agent has none of this name or id
   */
  public RotateWebhookResponse rotate(String agent, String webhook) {
    return rotate(RotateWebhookRequest.newBuilder().setAgent(agent).setWebhook(webhook).build());
  }

  /** As {@link #rotate(String, String)}, with the seconds that the secret before works on. */
  public RotateWebhookResponse rotate(RotateWebhookRequest request) {
    return Unary.await(rotateAsync(request));
  }

  /** As {@link #rotate(RotateWebhookRequest)}. */
  public CompletableFuture<RotateWebhookResponse> rotateAsync(RotateWebhookRequest request) {
    return unary.call(WebhookServiceGrpc.getRotateWebhookMethod(), request);
  }

  /**
   * Removes a webhook; what it signed is refused from now on.
   *
   * @param webhook name or id
   * @throws NotFoundException when the agent has none of this name or id
   */
  public void delete(String agent, String webhook) {
    DeleteWebhookResponse unused = Unary.await(deleteAsync(agent, webhook));
  }

  /** As {@link #delete}. */
  public CompletableFuture<DeleteWebhookResponse> deleteAsync(String agent, String webhook) {
    return unary.call(
        WebhookServiceGrpc.getDeleteWebhookMethod(),
        DeleteWebhookRequest.newBuilder().setAgent(agent).setWebhook(webhook).build());
  }

  /**
   * Hands a signed delivery in, as a POST to the web door does. It needs no credential.
   *
   * @throws UnauthenticatedException with reason SIGNATURE_INVALID or SIGNATURE_EXPIRED
   */
  public IngestResponse ingest(IngestRequest delivery) {
    return Unary.await(ingestAsync(delivery));
  }

  /** As {@link #ingest}. */
  public CompletableFuture<IngestResponse> ingestAsync(IngestRequest delivery) {
    return unary.call(WebhookServiceGrpc.getIngestMethod(), delivery);
  }
}
