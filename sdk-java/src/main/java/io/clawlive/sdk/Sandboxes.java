package io.clawlive.sdk;

import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.CreateSandboxResponse;
import io.clawlive.sandbox.v1.EnsureSandboxRequest;
import io.clawlive.sandbox.v1.EnsureSandboxResponse;
import io.clawlive.sandbox.v1.GetRuntimeStatusRequest;
import io.clawlive.sandbox.v1.GetRuntimeStatusResponse;
import io.clawlive.sandbox.v1.GetSandboxMetricsRequest;
import io.clawlive.sandbox.v1.GetSandboxMetricsResponse;
import io.clawlive.sandbox.v1.GetSandboxRequest;
import io.clawlive.sandbox.v1.GetSandboxResponse;
import io.clawlive.sandbox.v1.ListSandboxesRequest;
import io.clawlive.sandbox.v1.ListSandboxesResponse;
import io.clawlive.sandbox.v1.RuntimeServiceGrpc;
import io.clawlive.sandbox.v1.SandboxServiceGrpc;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.Transport;
import io.clawlive.sdk.internal.Unary;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Sandboxes, where agents run: make and find them, and what runs them on this server. */
public final class Sandboxes {
  private final Transport transport;
  private final Unary unary;

  Sandboxes(Transport transport, Unary unary) {
    this.transport = transport;
    this.unary = unary;
  }

  /**
   * Makes a sandbox with the server's defaults and starts this in it. Closing it deletes it.
   *
   * @param command program and arguments; none means a program that only waits
   */
  public Sandbox create(String... command) {
    return create(SandboxSpec.newBuilder().addAllCommand(List.of(command)).build());
  }

  /** Makes a sandbox and starts it, under a name made up by the server. Closing it deletes it. */
  public Sandbox create(SandboxSpec spec) {
    return create(CreateSandboxRequest.newBuilder().setSpec(spec).build());
  }

  /**
   * Makes a sandbox, and starts it unless the request says otherwise. Closing it deletes it, unless
   * {@link Sandbox#keep} is called. Without a request id the SDK sets one, so that a retry makes no
   * second.
   *
   * @throws AlreadyExistsException with reason SANDBOX_NAME_TAKEN
   * @throws NotAllowedException with reason RULE_BROKEN, or when the agent is somebody else's
   * @throws NotFoundException with reason IMAGE_MISSING or AGENT_NOT_FOUND
   * @throws FailedPreconditionException with reason RUNTIME_CANNOT, TOO_MANY_SANDBOXES or
   *     PORTS_EXHAUSTED
   * @throws UnavailableException with reason RUNTIME_UNAVAILABLE when nothing runs sandboxes there
   */
  public Sandbox create(CreateSandboxRequest request) {
    return Unary.await(createAsync(request));
  }

  /** As {@link #create(CreateSandboxRequest)}. */
  public CompletableFuture<Sandbox> createAsync(CreateSandboxRequest request) {
    CreateSandboxRequest named =
        request.getRequestId().isEmpty()
            ? request.toBuilder().setRequestId(UUID.randomUUID().toString()).build()
            : request;
    return unary
        .call(SandboxServiceGrpc.getCreateSandboxMethod(), named)
        .thenApply(CreateSandboxResponse::getSandbox)
        .thenApply(made -> new Sandbox(transport, unary, made, true));
  }

  /**
   * The caller's one sandbox of a name, running or about to: made where it is not there, started
   * where it does not run. Of many calls at once one makes it and all get it. Closing it leaves it.
   *
   * @param name 1 to 64 characters of A-Z, a-z, 0-9, _ and -; empty means "default"
   * @param spec what it is made of where it is not there yet
   */
  public Sandbox ensure(String name, SandboxSpec spec) {
    return Unary.await(ensureAsync(name, spec));
  }

  /** As {@link #ensure}. */
  public CompletableFuture<Sandbox> ensureAsync(String name, SandboxSpec spec) {
    return unary
        .call(
            SandboxServiceGrpc.getEnsureSandboxMethod(),
            EnsureSandboxRequest.newBuilder().setName(name).setSpec(spec).build())
        .thenApply(EnsureSandboxResponse::getSandbox)
        .thenApply(this::kept);
  }

  /**
   * Reads one sandbox. Closing it leaves it.
   *
   * @throws NotFoundException when there is none with this id, or none that the caller may see
   */
  public Sandbox get(String sandboxId) {
    return Unary.await(getAsync(sandboxId));
  }

  /** As {@link #get}. */
  public CompletableFuture<Sandbox> getAsync(String sandboxId) {
    return unary
        .call(
            SandboxServiceGrpc.getGetSandboxMethod(),
            GetSandboxRequest.newBuilder().setSandboxId(sandboxId).build())
        .thenApply(GetSandboxResponse::getSandbox)
        .thenApply(this::kept);
  }

  /** The caller's sandboxes, newest first, read page by page while iterating. */
  public Iterable<Sandbox> list() {
    return list(ListSandboxesRequest.getDefaultInstance());
  }

  /** The sandboxes that the request asks for, from its page token on, page by page. */
  public Iterable<Sandbox> list(ListSandboxesRequest request) {
    return new Pages<>(
        token -> page(token.isEmpty() ? request : request.toBuilder().setPageToken(token).build()),
        page -> page.getSandboxesList().stream().map(this::kept).toList(),
        ListSandboxesResponse::getNextPageToken);
  }

  /** One page of sandboxes. */
  public ListSandboxesResponse page(ListSandboxesRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListSandboxesResponse> pageAsync(ListSandboxesRequest request) {
    return unary.call(SandboxServiceGrpc.getListSandboxesMethod(), request);
  }

  /** Files of sandboxes as they were at one moment: list, restore, fork and delete them. */
  public Snapshots snapshots() {
    return new Snapshots(transport, unary);
  }

  /** What runs sandboxes on this server, and what it can do. */
  public GetRuntimeStatusResponse runtime() {
    return Unary.await(runtimeAsync());
  }

  /** As {@link #runtime}. */
  public CompletableFuture<GetRuntimeStatusResponse> runtimeAsync() {
    return unary.call(
        RuntimeServiceGrpc.getGetRuntimeStatusMethod(),
        GetRuntimeStatusRequest.getDefaultInstance());
  }

  /** Counts of the sandboxes of this server, of all accounts. */
  public GetSandboxMetricsResponse metrics() {
    return Unary.await(metricsAsync());
  }

  /** As {@link #metrics}. */
  public CompletableFuture<GetSandboxMetricsResponse> metricsAsync() {
    return unary.call(
        RuntimeServiceGrpc.getGetSandboxMetricsMethod(),
        GetSandboxMetricsRequest.getDefaultInstance());
  }

  private Sandbox kept(io.clawlive.sandbox.v1.Sandbox there) {
    return new Sandbox(transport, unary, there, false);
  }
}
