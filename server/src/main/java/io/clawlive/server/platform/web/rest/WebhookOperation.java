package io.clawlive.server.platform.web.rest;

import com.google.protobuf.Descriptors.MethodDescriptor;
import io.clawlive.streams.v1.Event;
import io.clawlive.webhooks.v1.IngestRequest;
import io.clawlive.webhooks.v1.IngestResponse;
import java.util.List;

/**
 * The one operation whose path is no annotation of the contract, because its request is the bytes
 * and headers of the HTTP request; see {@link WebhookController}.
 */
final class WebhookOperation {
  /** Where deliveries are taken. */
  static final String PATH = "/v1/webhooks/ingest";

  private WebhookOperation() {}

  static MethodDescriptor rpc() {
    return IngestRequest.getDescriptor()
        .getFile()
        .findServiceByName("WebhookService")
        .findMethodByName("Ingest");
  }

  static Document of(Operations operations, Schemas schemas) {
    var text = new Document().put("type", "string");
    var events =
        new Document()
            .put("type", "array")
            .put("items", schemas.of(Event.getDescriptor()))
            .put("minItems", 1)
            .put("maxItems", 1000);
    var body =
        new Document()
            .put("type", "object")
            .put(
                "properties",
                new Document()
                    .put("session_id", new Document().put("type", "string").put("format", "uuid"))
                    .put("events", events)
                    .put("id", new Document().put("type", "string").describe("The delivery.")))
            .put("required", Document.texts(List.of("session_id", "events")));
    List<Document> headers =
        List.of(
            header("x-clawlive-signature", text)
                .put("required", true)
                .describe("sha256= and the HMAC-SHA256 of the body's bytes in hexadecimal."),
            header("x-clawlive-timestamp", text)
                .describe("Seconds since 1970, at most 300 away from the server's clock."),
            header("x-clawlive-delivery", text).describe("Names the delivery."));
    return operations
        .described(rpc(), "Webhook_Ingest")
        .put("parameters", Document.list(headers))
        .put("requestBody", new Document().put("content", Operations.json(body)))
        .put("responses", operations.responses(rpc(), schemas.of(IngestResponse.getDescriptor())));
  }

  private static Document header(String name, Document schema) {
    return new Document().put("name", name).put("in", "header").put("schema", schema);
  }
}
