package io.clawlive.server.agents;

import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.CreateProjectResponse;
import io.clawlive.agents.v1.GetProjectRequest;
import io.clawlive.agents.v1.GetProjectResponse;
import io.clawlive.agents.v1.ListProjectsRequest;
import io.clawlive.agents.v1.ListProjectsResponse;
import io.clawlive.agents.v1.Project;
import io.clawlive.agents.v1.ProjectServiceGrpc.ProjectServiceImplBase;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.platform.grpc.Timestamps;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

@Singleton
final class ProjectGrpcService extends ProjectServiceImplBase {
  private final Projects projects;

  ProjectGrpcService(Projects projects) {
    this.projects = projects;
  }

  @Override
  public void createProject(
      CreateProjectRequest request, StreamObserver<CreateProjectResponse> out) {
    out.onNext(
        CreateProjectResponse.newBuilder().setProject(message(projects.create(request))).build());
    out.onCompleted();
  }

  @Override
  public void getProject(GetProjectRequest request, StreamObserver<GetProjectResponse> out) {
    out.onNext(
        GetProjectResponse.newBuilder()
            .setProject(message(projects.get(request.getProject())))
            .build());
    out.onCompleted();
  }

  @Override
  public void listProjects(ListProjectsRequest request, StreamObserver<ListProjectsResponse> out) {
    int limit = Page.limit(request.getPageSize());
    var rows = projects.page(request.getAgent(), Page.idToken(request.getPageToken()), limit);
    var page = Page.cut(rows, limit, row -> row.id().toString());
    var answer = ListProjectsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.rows().forEach(row -> answer.addProjects(message(row)));
    out.onNext(answer.build());
    out.onCompleted();
  }

  private static Project message(ProjectRow row) {
    return Project.newBuilder()
        .setProjectId(row.id().toString())
        .setAgentId(row.agentId().toString())
        .setAgentHandle(row.agentHandle())
        .setSlug(row.slug())
        .setTitle(row.title())
        .setDescription(row.description())
        .setCreatedAt(Timestamps.of(row.createdAt()))
        .build();
  }
}
