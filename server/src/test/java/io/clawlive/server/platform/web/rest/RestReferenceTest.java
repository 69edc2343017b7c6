package io.clawlive.server.platform.web.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clawlive.server.testing.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of paths says what the contract says. */
final class RestReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "rest.md");

  @Test
  void thePageIsGeneratedFromTheContract() throws IOException {
    String page = page();
    if ("write".equals(System.getProperty("clawlive.docs"))) {
      Files.writeString(PAGE, page);
    }
    assertEquals(page, Files.readString(PAGE), "run this test with -Dclawlive.docs=write");
  }

  private static String page() {
    var page = new StringBuilder();
    page.append(
        """
        # Paths of REST

        What each path calls. [../rest.md](../rest.md) tells how; `/openapi.json` of a server has every field. Generated from the
        contract.

        | path | RPC | |
        |---|---|---|
        """);
    Comments comments = Comments.load();
    List<Route> routes =
        new RouteTable(Contract.rpcs())
            .routes().stream()
                .sorted(
                    Comparator.comparing((Route route) -> route.template().braced())
                        .thenComparing(Route::method))
                .toList();
    for (Route route : routes) {
      page.append(
          "| `%s` | `%s` | %s. |\n"
              .formatted(
                  route,
                  route.rpcName().replaceFirst("clawlive[.]", ""),
                  comments.summary(route.rpc().getFullName()).replace("|", "\\|")));
    }
    page.append(
        "| `POST /v1/webhooks/ingest` | `webhooks.v1.WebhookService/Ingest` | Takes a signed"
            + " delivery: the body as it came. |\n");
    return page.toString();
  }
}
