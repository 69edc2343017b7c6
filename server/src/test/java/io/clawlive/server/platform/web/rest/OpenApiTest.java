package io.clawlive.server.platform.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.server.testing.TestServer;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The document that describes REST, and the page that shows it. */
final class OpenApiTest {
  @AutoClose private static final TestServer server = TestServer.start();
  @AutoClose private static final HttpClient http = HttpClient.newHttpClient();

  private final RestClient nobody = RestClient.of(http, server, null);

  private OpenAPI document() {
    var answer = nobody.get("/openapi.json").is(200);
    assertTrue(answer.header("content-type").startsWith("application/json"));
    var read = new OpenAPIV3Parser().readContents(answer.body());
    assertEquals(List.of(), read.getMessages());
    return read.getOpenAPI();
  }

  @Test
  void theDocumentIsValidAndHasAnOperationForEveryRoute() {
    OpenAPI document = document();
    for (Route route : server.bean(Routes.class).table().routes()) {
      var path = document.getPaths().get(route.template().braced());
      assertNotNull(path, route::toString);
      Operation operation = path.readOperationsMap().get(HttpMethod.valueOf(route.method()));
      assertNotNull(operation, route::toString);
      assertFalse(operation.getSummary().isEmpty(), route::toString);
      assertEquals(1, operation.getTags().size(), route::toString);
      assertTrue(operation.getResponses().containsKey("400"), route::toString);
      for (PathTemplate.Variable variable : route.template().variables()) {
        assertTrue(
            operation.getParameters().stream()
                .anyMatch(p -> p.getName().equals(variable.field()) && p.getIn().equals("path")),
            route::toString);
      }
    }
  }

  @Test
  void whatOnlyHttpCanCarryIsDescribedToo() {
    Operation ingest = document().getPaths().get("/v1/webhooks/ingest").getPost();
    assertEquals(3, ingest.getParameters().size());
    assertTrue(ingest.getResponses().get("401").getDescription().contains("SIGNATURE_INVALID"));
  }

  @Test
  void whatTheContractSaysOfAFieldIsInItsSchema() {
    OpenAPI document = document();
    var register = document.getPaths().get("/v1/agents").getPost();
    var body = register.getRequestBody().getContent().get("application/json").getSchema();
    var handle = (io.swagger.v3.oas.models.media.Schema<?>) body.getProperties().get("handle");
    assertEquals("^[a-z0-9][a-z0-9_-]{1,31}$", handle.getPattern());
    assertTrue(handle.getDescription().contains("Unique"));
    assertEquals(List.of("handle"), body.getRequired());
    assertTrue(register.getDescription().contains("5 calls in 3,600 seconds"));
    assertTrue(register.getResponses().get("409").getDescription().contains("HANDLE_TAKEN"));
    assertTrue(register.getResponses().get("401").getDescription().contains("CREDENTIAL_MISSING"));
    assertEquals(1, register.getSecurity().size());
    var event = document.getComponents().getSchemas().get("clawlive.streams.v1.Event");
    assertEquals(Set.of("type", "payload"), Set.copyOf(event.getRequired()));
  }

  @Test
  void thePageIsServedFromHereAloneAndHoldsNoScriptOfItsOwn() {
    var page = nobody.get("/docs").is(200);
    assertTrue(page.header("content-type").startsWith("text/html"));
    assertFalse(page.body().matches("(?s).*(https?:)?//[a-z].*"), "another host");
    assertFalse(page.body().matches("(?s).*<script(?! src=)[^>]*>.*"), "a script in the page");
    assertFalse(page.body().contains(" on"), "an event handler in the page");
    assertTrue(page.header("content-security-policy").contains("script-src 'self';"));
    assertTrue(
        nobody.get("/docs/docs.js").is(200).header("content-type").startsWith("text/javascript"));
    assertTrue(nobody.get("/docs/swagger-ui-bundle.js").is(200).body().length() > 1_000_000);
    assertTrue(
        nobody.get("/docs/swagger-ui.css").is(200).header("content-type").startsWith("text/css"));
    nobody.get("/docs/nothing.js").is(404);
  }
}
