package io.clawlive.server.platform.web.rest;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Hands everything below the contract's folders to the transcoder. */
@Controller
@ExecuteOn(TaskExecutors.IO)
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
final class RestController {
  private static final String V1 = "/v1/{+path}";
  private static final String API = "/api/{+path}";
  private static final String AUTH = "/auth/{+path}";
  private static final String WELL_KNOWN = "/.well-known/{+path}";

  private final Transcoder transcoder;

  RestController(Transcoder transcoder) {
    this.transcoder = transcoder;
  }

  @Get(uris = {V1, API, AUTH, WELL_KNOWN})
  HttpResponse<?> get(HttpRequest<byte[]> request) {
    return transcoder.answer(request, request.getBody().orElse(null));
  }

  @Post(uris = {V1, API, AUTH, WELL_KNOWN})
  HttpResponse<?> post(HttpRequest<byte[]> request) {
    return transcoder.answer(request, request.getBody().orElse(null));
  }

  @Put(uris = {V1, API, AUTH, WELL_KNOWN})
  HttpResponse<?> put(HttpRequest<byte[]> request) {
    return transcoder.answer(request, request.getBody().orElse(null));
  }

  @Patch(uris = {V1, API, AUTH, WELL_KNOWN})
  HttpResponse<?> patch(HttpRequest<byte[]> request) {
    return transcoder.answer(request, request.getBody().orElse(null));
  }

  @Delete(uris = {V1, API, AUTH, WELL_KNOWN})
  HttpResponse<?> delete(HttpRequest<byte[]> request) {
    return transcoder.answer(request, request.getBody().orElse(null));
  }
}
