package io.clawlive.server.agents;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.agents.ProjectMemberRepository.MemberRow;
import io.clawlive.server.identity.Caller.Viewer;
import io.clawlive.server.identity.accounts.AccountRow;
import io.clawlive.server.identity.accounts.Accounts;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Who, beside its owner, may see a private project and its sessions. */
@Singleton
class ProjectMembers {
  private static final int MOST = 200;

  private final ProjectMemberRepository repository;
  private final Projects projects;
  private final Accounts accounts;
  private final AuditLog audit;
  private final Clock clock;

  ProjectMembers(
      ProjectMemberRepository repository,
      Projects projects,
      Accounts accounts,
      AuditLog audit,
      Clock clock) {
    this.repository = repository;
    this.projects = projects;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  List<MemberRow> list(String project) {
    return repository.list(projects.get(project, Viewer.current()).id());
  }

  @Transactional
  MemberRow add(String ref, String accountName) {
    ProjectRow project = projects.get(ref, Viewer.current());
    AccountRow account = accounts.get(accountName);
    repository.lock(project.id());
    if (repository.add(project.id(), account.id(), clock.instant()) > 0) {
      record(project, account);
    }
    List<MemberRow> members = repository.list(project.id());
    if (members.size() > MOST) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_TOO_MANY_MEMBERS,
          "The project has %,d members; more are not taken.".formatted(MOST),
          "limit",
          Integer.toString(MOST));
    }
    return members.stream()
        .filter(member -> member.accountId().equals(account.id()))
        .findFirst()
        .orElseThrow();
  }

  @Transactional
  void remove(String ref, String accountName) {
    ProjectRow project = projects.get(ref, Viewer.current());
    AccountRow account = accounts.get(accountName);
    if (repository.remove(project.id(), account.id()) > 0) {
      record(project, account);
    }
  }

  private void record(ProjectRow project, AccountRow account) {
    audit.record(
        "project",
        project.id(),
        project.agentHandle() + "/" + project.slug(),
        Map.of("account", account.name(), "account_id", account.id().toString()));
  }
}
