package io.clawlive.sdk;

import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.CreateProjectResponse;
import io.clawlive.agents.v1.GetProjectRequest;
import io.clawlive.agents.v1.GetProjectResponse;
import io.clawlive.agents.v1.ListProjectsRequest;
import io.clawlive.agents.v1.ListProjectsResponse;
import io.clawlive.agents.v1.Project;
import io.clawlive.agents.v1.ProjectServiceGrpc;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.Unary;
import java.util.concurrent.CompletableFuture;

/** Projects: create and find them. */
public final class Projects {
  private final Unary unary;

  Projects(Unary unary) {
    this.unary = unary;
  }

  /**
   * Creates a project.
   *
   * @param agent owning agent, by handle or id
   * @param slug 1 to 64 of a-z 0-9 -, unique within the agent
   * @throws AlreadyExistsException when the agent has a project of this slug
   */
  public Project create(String agent, String slug) {
    return create(CreateProjectRequest.newBuilder().setAgent(agent).setSlug(slug).build());
  }

  /** As {@link #create(String, String)}, with title and description. */
  public Project create(CreateProjectRequest request) {
    return Unary.await(createAsync(request));
  }

  /** As {@link #create(CreateProjectRequest)}. */
  public CompletableFuture<Project> createAsync(CreateProjectRequest request) {
    return unary
        .call(ProjectServiceGrpc.getCreateProjectMethod(), request)
        .thenApply(CreateProjectResponse::getProject);
  }

  /**
   * Reads one project.
   *
   * @param project id, {@code handle/slug}, or a slug that only one agent uses
   * @throws NotFoundException when there is none
   * @throws FailedPreconditionException when several agents use the slug; the metadata names them
   */
  public Project get(String project) {
    return Unary.await(getAsync(project));
  }

  /** As {@link #get}. */
  public CompletableFuture<Project> getAsync(String project) {
    return unary
        .call(
            ProjectServiceGrpc.getGetProjectMethod(),
            GetProjectRequest.newBuilder().setProject(project).build())
        .thenApply(GetProjectResponse::getProject);
  }

  /** All projects, newest first, read page by page while iterating. */
  public Iterable<Project> list() {
    return list("");
  }

  /** The projects of one agent, by handle or id; empty means of any. */
  public Iterable<Project> list(String agent) {
    return new Pages<>(
        token -> page(ListProjectsRequest.newBuilder().setAgent(agent).setPageToken(token).build()),
        ListProjectsResponse::getProjectsList,
        ListProjectsResponse::getNextPageToken);
  }

  /** One page of projects. */
  public ListProjectsResponse page(ListProjectsRequest request) {
    return Unary.await(pageAsync(request));
  }

  /** As {@link #page}. */
  public CompletableFuture<ListProjectsResponse> pageAsync(ListProjectsRequest request) {
    return unary.call(ProjectServiceGrpc.getListProjectsMethod(), request);
  }
}
