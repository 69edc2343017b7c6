package io.clawlive.server.platform.web.rest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * The OpenAPI document, and Swagger UI to read and try it. Everything comes from this server's own
 * jars and no script stands in the page itself.
 */
@Controller
@ExecuteOn(TaskExecutors.IO)
final class DocsController {
  private static final String PAGE = "text/html;charset=utf-8";
  private static final String STYLE = "text/css;charset=utf-8";
  private static final String SCRIPT = "text/javascript;charset=utf-8";
  private static final String SWAGGER = "/META-INF/resources/webjars/swagger-ui/";
  private static final String SWAGGER_VERSION =
      "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private final OpenApi openApi;

  DocsController(OpenApi openApi) {
    this.openApi = openApi;
  }

  @Get("/openapi.json")
  HttpResponse<byte[]> openApi() {
    return HttpResponse.ok(openApi.document())
        .contentType(Transcoder.JSON)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache");
  }

  @Get("/docs")
  HttpResponse<byte[]> page() {
    return file("docs.html", PAGE);
  }

  @Get("/docs/docs.js")
  HttpResponse<byte[]> start() {
    return file("docs.js", SCRIPT);
  }

  @Get("/docs/swagger-ui-bundle.js")
  HttpResponse<byte[]> script() {
    return file(swagger("swagger-ui-bundle.js"), SCRIPT);
  }

  @Get("/docs/swagger-ui.css")
  HttpResponse<byte[]> style() {
    return file(swagger("swagger-ui.css"), STYLE);
  }

  private static HttpResponse<byte[]> file(String resource, String type) {
    return HttpResponse.ok(read(resource))
        .contentType(type)
        .header(HttpHeaders.CACHE_CONTROL, "max-age=3600");
  }

  private static String swagger(String file) {
    var properties = new Properties();
    try (InputStream in = DocsController.class.getResourceAsStream(SWAGGER_VERSION)) {
      properties.load(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SWAGGER + properties.getProperty("version") + "/" + file;
  }

  private static byte[] read(String resource) {
    try (InputStream in = DocsController.class.getResourceAsStream(resource)) {
      return Objects.requireNonNull(in, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
