package io.clawlive.server.platform.web.pages;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Produces;
import org.jspecify.annotations.Nullable;

/**
 * Serves the viewer. It is one page that reads from its own address what it shows; its assets have
 * their content's hash in their names and are kept by browsers for good.
 */
@Controller
@Produces(MediaType.ALL)
final class PagesController {
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  private final PageFiles files;

  PagesController(PageFiles files) {
    this.files = files;
  }

  @Get(
      uris = {
        "/",
        "/login",
        "/device",
        "/live/{+path}",
        "/s/{+path}",
        "/embed/{+path}",
        "/agents",
        "/agents/{+path}",
        "/projects",
        "/projects/{+path}",
        "/rooms",
        "/rooms/{+path}",
        "/sandboxes",
        "/sandboxes/{+path}"
      })
  @Nullable HttpResponse<byte[]> page(HttpRequest<?> request) {
    return answer(request, "index.html", ASK_AGAIN);
  }

  @Get("/assets/{+path}")
  @Nullable HttpResponse<byte[]> asset(HttpRequest<?> request, @PathVariable String path) {
    return answer(request, "assets/" + path, FOR_EVER);
  }

  @Get("/LICENSES.txt")
  @Nullable HttpResponse<byte[]> licences(HttpRequest<?> request) {
    return answer(request, "LICENSES.txt", ASK_AGAIN);
  }

  /** Null, and so not found, when there is no such file. */
  private @Nullable HttpResponse<byte[]> answer(
      HttpRequest<?> request, String name, String keeping) {
    return files.find(name).map(file -> answer(request, file, keeping)).orElse(null);
  }

  private static HttpResponse<byte[]> answer(
      HttpRequest<?> request, PageFiles.PageFile file, String keeping) {
    boolean known =
        request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH).stream()
            .anyMatch(tags -> tags.contains(file.tag()));
    MutableHttpResponse<byte[]> response =
        known ? HttpResponse.notModified() : HttpResponse.ok(file.content());
    response.getHeaders().set(HttpHeaders.CONTENT_TYPE, file.type());
    response.getHeaders().set(HttpHeaders.ETAG, file.tag());
    response.getHeaders().set(HttpHeaders.CACHE_CONTROL, keeping);
    return response;
  }
}
