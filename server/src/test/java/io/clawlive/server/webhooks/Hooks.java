package io.clawlive.server.webhooks;

import io.clawlive.server.testing.Worker;
import io.clawlive.webhooks.v1.CreateWebhookRequest;
import io.clawlive.webhooks.v1.CreateWebhookResponse;
import io.clawlive.webhooks.v1.DeleteWebhookRequest;
import io.clawlive.webhooks.v1.DeleteWebhookResponse;
import io.clawlive.webhooks.v1.ListWebhooksRequest;
import io.clawlive.webhooks.v1.RotateWebhookRequest;
import io.clawlive.webhooks.v1.RotateWebhookResponse;
import io.clawlive.webhooks.v1.Webhook;
import java.util.List;

/** The webhooks of an agent, as the agent itself keeps them. */
record Hooks(Worker agent) {

  CreateWebhookResponse create(String name) {
    return agent
        .client()
        .webhooks()
        .createWebhook(
            CreateWebhookRequest.newBuilder().setAgent(agent.handle()).setName(name).build());
  }

  RotateWebhookResponse rotate(String webhook, RotateWebhookRequest.Builder request) {
    return agent
        .client()
        .webhooks()
        .rotateWebhook(request.setAgent(agent.agentId()).setWebhook(webhook).build());
  }

  DeleteWebhookResponse delete(String webhook) {
    return agent
        .client()
        .webhooks()
        .deleteWebhook(
            DeleteWebhookRequest.newBuilder().setAgent(agent.handle()).setWebhook(webhook).build());
  }

  List<Webhook> list() {
    return agent
        .client()
        .webhooks()
        .listWebhooks(ListWebhooksRequest.newBuilder().setAgent(agent.handle()).build())
        .getWebhooksList();
  }
}
