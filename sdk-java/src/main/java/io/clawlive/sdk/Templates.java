package io.clawlive.sdk;

import io.clawlive.sandbox.v1.GetTemplateRequest;
import io.clawlive.sandbox.v1.GetTemplateResponse;
import io.clawlive.sandbox.v1.ListTemplatesRequest;
import io.clawlive.sandbox.v1.ListTemplatesResponse;
import io.clawlive.sandbox.v1.ReloadTemplatesRequest;
import io.clawlive.sandbox.v1.ReloadTemplatesResponse;
import io.clawlive.sandbox.v1.Template;
import io.clawlive.sandbox.v1.TemplateServiceGrpc;
import io.clawlive.sdk.internal.Unary;
import java.util.concurrent.CompletableFuture;

/** What sandboxes are made from: the server's files, over the templates that come with it. */
public final class Templates {
  private final Unary unary;

  Templates(Unary unary) {
    this.unary = unary;
  }

  /** Templates and providers of models, by key. */
  public ListTemplatesResponse list() {
    return Unary.await(listAsync());
  }

  /** As {@link #list}. */
  public CompletableFuture<ListTemplatesResponse> listAsync() {
    return unary.call(
        TemplateServiceGrpc.getListTemplatesMethod(), ListTemplatesRequest.getDefaultInstance());
  }

  /**
   * A template with what it extends, as a sandbox gets it.
   *
   * @throws NotFoundException when there is none with this key
   */
  public Template get(String template) {
    return Unary.await(getAsync(template));
  }

  /** As {@link #get}. */
  public CompletableFuture<Template> getAsync(String template) {
    return unary
        .call(
            TemplateServiceGrpc.getGetTemplateMethod(),
            GetTemplateRequest.newBuilder().setTemplate(template).build())
        .thenApply(GetTemplateResponse::getTemplate);
  }

  /** Lets the server read its files now. For administrators; the answer says what is wrong. */
  public ReloadTemplatesResponse reload() {
    return Unary.await(reloadAsync());
  }

  /** As {@link #reload}. */
  public CompletableFuture<ReloadTemplatesResponse> reloadAsync() {
    return unary.call(
        TemplateServiceGrpc.getReloadTemplatesMethod(),
        ReloadTemplatesRequest.getDefaultInstance());
  }
}
