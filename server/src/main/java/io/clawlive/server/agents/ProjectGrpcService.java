package io.clawlive.server.agents;

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
import io.clawlive.agents.v1.ProjectMember;
import io.clawlive.agents.v1.ProjectServiceGrpc.ProjectServiceImplBase;
import io.clawlive.agents.v1.RemoveProjectMemberRequest;
import io.clawlive.agents.v1.RemoveProjectMemberResponse;
import io.clawlive.agents.v1.UpdateProjectRequest;
import io.clawlive.agents.v1.UpdateProjectResponse;
import io.clawlive.server.agents.ProjectMemberRepository.MemberRow;
import io.clawlive.server.identity.Caller.Viewer;
import io.clawlive.server.platform.grpc.Page;
import io.clawlive.server.platform.grpc.Timestamps;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

@Singleton
final class ProjectGrpcService extends ProjectServiceImplBase {
  private final Projects projects;
  private final ProjectMembers members;

  ProjectGrpcService(Projects projects, ProjectMembers members) {
    this.projects = projects;
    this.members = members;
  }

  @Override
  public void createProject(
      CreateProjectRequest request, StreamObserver<CreateProjectResponse> out) {
    out.onNext(
        CreateProjectResponse.newBuilder()
            .setProject(AgentMessages.of(projects.create(request)))
            .build());
    out.onCompleted();
  }

  @Override
  public void getProject(GetProjectRequest request, StreamObserver<GetProjectResponse> out) {
    out.onNext(
        GetProjectResponse.newBuilder()
            .setProject(AgentMessages.of(projects.get(request.getProject(), Viewer.current())))
            .build());
    out.onCompleted();
  }

  @Override
  public void listProjects(ListProjectsRequest request, StreamObserver<ListProjectsResponse> out) {
    int limit = Page.limit(request.getPageSize());
    var rows = projects.page(request.getAgent(), Page.idToken(request.getPageToken()), limit);
    var page = Page.cut(rows, limit, row -> row.id().toString());
    var answer = ListProjectsResponse.newBuilder().setNextPageToken(page.nextToken());
    page.rows().forEach(row -> answer.addProjects(AgentMessages.of(row)));
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void updateProject(
      UpdateProjectRequest request, StreamObserver<UpdateProjectResponse> out) {
    out.onNext(
        UpdateProjectResponse.newBuilder()
            .setProject(AgentMessages.of(projects.update(request)))
            .build());
    out.onCompleted();
  }

  @Override
  public void listProjectMembers(
      ListProjectMembersRequest request, StreamObserver<ListProjectMembersResponse> out) {
    var answer = ListProjectMembersResponse.newBuilder();
    members.list(request.getProject()).forEach(row -> answer.addMembers(message(row)));
    out.onNext(answer.build());
    out.onCompleted();
  }

  @Override
  public void addProjectMember(
      AddProjectMemberRequest request, StreamObserver<AddProjectMemberResponse> out) {
    MemberRow member = members.add(request.getProject(), request.getAccount());
    out.onNext(AddProjectMemberResponse.newBuilder().setMember(message(member)).build());
    out.onCompleted();
  }

  @Override
  public void removeProjectMember(
      RemoveProjectMemberRequest request, StreamObserver<RemoveProjectMemberResponse> out) {
    members.remove(request.getProject(), request.getAccount());
    out.onNext(RemoveProjectMemberResponse.getDefaultInstance());
    out.onCompleted();
  }

  private static ProjectMember message(MemberRow row) {
    return ProjectMember.newBuilder()
        .setAccountId(row.accountId().toString())
        .setAccountName(row.accountName())
        .setAddedAt(Timestamps.of(row.addedAt()))
        .build();
  }
}
