package io.clawlive.sdk;

import io.clawlive.agents.v1.AddProjectMemberRequest;
import io.clawlive.agents.v1.AddProjectMemberResponse;
import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.CreateProjectResponse;
import io.clawlive.agents.v1.GetProjectRequest;
import io.clawlive.agents.v1.GetProjectResponse;
import io.clawlive.agents.v1.ListProjectMembersRequest;
import io.clawlive.agents.v1.ListProjectMembersResponse;
import io.clawlive.agents.v1.ListProjectsRequest;
import io.clawlive.agents.v1.ListProjectsResponse;
import io.clawlive.agents.v1.Project;
import io.clawlive.agents.v1.ProjectMember;
import io.clawlive.agents.v1.ProjectServiceGrpc;
import io.clawlive.agents.v1.RemoveProjectMemberRequest;
import io.clawlive.agents.v1.UpdateProjectRequest;
import io.clawlive.agents.v1.UpdateProjectResponse;
import io.clawlive.sdk.internal.Pages;
import io.clawlive.sdk.internal.Unary;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Projects: create and find them, and say who may see them. */
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

  /** As {@link #create(String, String)}, with title, description and visibility. */
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

  /**
   * Changes what is set in the request: title, description, visibility. Turning a project private
   * ends the watches of those who may no longer see it within 5 s.
   */
  public Project update(UpdateProjectRequest request) {
    return Unary.await(updateAsync(request));
  }

  /** As {@link #update}. */
  public CompletableFuture<Project> updateAsync(UpdateProjectRequest request) {
    return unary
        .call(ProjectServiceGrpc.getUpdateProjectMethod(), request)
        .thenApply(UpdateProjectResponse::getProject);
  }

  /** Who may see a private project beside its owner, by name. At most 200. */
  public List<ProjectMember> members(String project) {
    return Unary.await(membersAsync(project));
  }

  /** As {@link #members}. */
  public CompletableFuture<List<ProjectMember>> membersAsync(String project) {
    return unary
        .call(
            ProjectServiceGrpc.getListProjectMembersMethod(),
            ListProjectMembersRequest.newBuilder().setProject(project).build())
        .thenApply(ListProjectMembersResponse::getMembersList);
  }

  /**
   * Lets an account see a private project and its sessions.
   *
   * @param account name or id
   * @throws FailedPreconditionException when the project has 200 members
   */
  public ProjectMember addMember(String project, String account) {
    return Unary.await(addMemberAsync(project, account));
  }

  /** As {@link #addMember}. */
  public CompletableFuture<ProjectMember> addMemberAsync(String project, String account) {
    return unary
        .call(
            ProjectServiceGrpc.getAddProjectMemberMethod(),
            AddProjectMemberRequest.newBuilder().setProject(project).setAccount(account).build())
        .thenApply(AddProjectMemberResponse::getMember);
  }

  /** Takes an account's sight of a private project away, and ends its watches within 5 s. */
  public void removeMember(String project, String account) {
    Unary.await(removeMemberAsync(project, account));
  }

  /** As {@link #removeMember}. */
  public CompletableFuture<Void> removeMemberAsync(String project, String account) {
    return unary
        .call(
            ProjectServiceGrpc.getRemoveProjectMemberMethod(),
            RemoveProjectMemberRequest.newBuilder().setProject(project).setAccount(account).build())
        .thenApply(nothing -> null);
  }
}
