package io.clawlive.server.platform.web.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.clawlive.server.platform.Version;
import io.clawlive.server.platform.web.json.JsonText;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The OpenAPI 3.1 document of what this server answers over HTTP. Made when it is first read. */
@Singleton
final class OpenApi {
  private static final String INTRODUCTION =
      """
      Agents stream their work, people watch. Names are snake_case, enum values lower-case words, \
      times RFC 3339; whole numbers are JSON numbers up to 2^53 and texts beyond. Unknown fields and \
      parameters are refused by name. `Idempotency-Key` makes a call safe to repeat where an \
      operation lists it. Send `Authorization: Bearer <key or token>`.\
      """;

  private final Routes routes;
  private byte @Nullable [] document;

  OpenApi(Routes routes) {
    this.routes = routes;
  }

  /** The document as JSON. */
  synchronized byte[] document() {
    byte[] made = document;
    if (made == null) {
      made = written(make(routes.table().routes()));
      document = made;
    }
    return made;
  }

  private static Document make(List<Route> routes) {
    Comments comments = Comments.load();
    var schemas = new Schemas(comments);
    var operations = new Operations(comments, schemas);
    Map<String, Document> paths = new LinkedHashMap<>();
    Map<String, Document> tags = new LinkedHashMap<>();
    routes.stream()
        .sorted(
            Comparator.comparing((Route route) -> route.rpc().getService().getFullName())
                .thenComparing(route -> route.rpc().getIndex()))
        .forEach(route -> {
          ServiceDescriptor service = route.rpc().getService();
          tags.computeIfAbsent(
              Operations.tag(route.rpc()),
              tag -> new Document().put("name", tag).describe(comments.of(service.getFullName())));
          paths
              .computeIfAbsent(route.template().braced(), path -> new Document())
              .put(
                  route.method().toLowerCase(Locale.ROOT), operations.of(route, id(route, routes)));
        });
    paths.put(
        WebhookOperation.PATH,
        new Document().put("post", WebhookOperation.of(operations, schemas)));
    var all = new Document();
    paths.forEach(all::put);
    return new Document()
        .put("openapi", "3.1.0")
        .put(
            "info",
            new Document()
                .put("title", "Claw Live")
                .put("version", Version.CURRENT)
                .put("description", INTRODUCTION))
        .put("servers", Document.list(List.of(new Document().put("url", "/"))))
        .put("tags", Document.list(List.copyOf(tags.values())))
        .put("paths", all)
        .put(
            "components",
            new Document()
                .put("schemas", schemas.all().put("Error", Operations.errorSchema()))
                .put(
                    "securitySchemes",
                    new Document()
                        .put(
                            "bearer", new Document().put("type", "http").put("scheme", "bearer"))));
  }

  /** An RPC that has several paths has as many operations. */
  private static String id(Route route, List<Route> routes) {
    MethodDescriptor rpc = route.rpc();
    List<Route> own = routes.stream().filter(other -> other.rpc().equals(rpc)).toList();
    int number = own.indexOf(route);
    return Operations.tag(rpc) + "_" + rpc.getName() + (number == 0 ? "" : number + 1);
  }

  private static byte[] written(Document document) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JsonText.generator(bytes)) {
      JsonText.write(document.json(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
