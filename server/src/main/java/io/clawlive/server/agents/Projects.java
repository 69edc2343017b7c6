package io.clawlive.server.agents;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.UpdateProjectRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Resource;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.Caller.Viewer;
import io.clawlive.server.identity.ResourceGuards;
import io.clawlive.server.identity.Visibilities;
import io.clawlive.server.identity.audit.AuditLog;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates projects and finds them by id, by {@code handle/slug} or by a slug only one has. */
@Singleton
public class Projects implements ResourceGuards {
  private final ProjectRepository repository;
  private final Agents agents;
  private final AuditLog audit;
  private final Clock clock;

  Projects(ProjectRepository repository, Agents agents, AuditLog audit, Clock clock) {
    this.repository = repository;
    this.agents = agents;
    this.audit = audit;
    this.clock = clock;
  }

  ProjectRow create(CreateProjectRequest request) {
    AgentRow agent = agents.get(request.getAgent());
    UUID id = UuidCreator.getTimeOrderedEpoch();
    String slug = request.getSlug();
    int inserted =
        repository.insert(
            id,
            agent.id(),
            slug,
            orSlug(request.getTitle(), slug),
            request.getDescription(),
            Visibilities.text(request.getVisibility(), "public"),
            clock.instant());
    if (inserted == 0) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SLUG_TAKEN,
          "The agent '" + agent.handle() + "' already has a project '" + slug + "'.",
          "slug",
          slug);
    }
    return get(id.toString(), Viewer.current());
  }

  /** Changes what the request sets; a change of who may see it goes into the audit log. */
  @Transactional
  ProjectRow update(UpdateProjectRequest request) {
    ProjectRow before = get(request.getProject(), Viewer.current());
    String visibility = Visibilities.text(request.getVisibility(), before.visibility());
    repository.update(
        before.id(),
        request.hasTitle() ? orSlug(request.getTitle(), before.slug()) : before.title(),
        request.hasDescription() ? request.getDescription() : before.description(),
        visibility);
    if (!visibility.equals(before.visibility())) {
      audit.record(
          "project",
          before.id(),
          before.agentHandle() + "/" + before.slug(),
          Map.of("visibility", visibility));
    }
    return get(before.id().toString(), Viewer.current());
  }

  private static String orSlug(String title, String slug) {
    return title.isBlank() ? slug : title;
  }

  /** The project with this id or name, as far as the viewer may see. */
  ProjectRow get(String ref, Viewer viewer) {
    Optional<UUID> id = Ids.parse(ref);
    if (id.isPresent()) {
      return repository
          .findById(id.get(), viewer.account(), viewer.everything())
          .orElseThrow(() -> notFound(ref));
    }
    int slash = ref.indexOf('/');
    return slash >= 0
        ? repository
            .findByName(
                ref.substring(0, slash),
                ref.substring(slash + 1),
                viewer.account(),
                viewer.everything())
            .orElseThrow(() -> notFound(ref))
        : onlyOne(ref, repository.findBySlug(ref, viewer.account(), viewer.everything()));
  }

  private static ProjectRow onlyOne(String slug, List<ProjectRow> found) {
    if (found.isEmpty()) {
      throw notFound(slug);
    }
    if (found.size() > 1) {
      String candidates =
          found.stream()
              .map(p -> p.agentHandle() + "/" + p.slug())
              .collect(Collectors.joining(", "));
      throw Refusal.of(
          ErrorReason.ERROR_REASON_PROJECT_AMBIGUOUS,
          "Several agents have a project '" + slug + "': " + candidates + ".",
          "project",
          slug,
          "candidates",
          candidates);
    }
    return found.getFirst();
  }

  /** The newest projects of an agent, as far as the caller may see them. */
  List<ProjectRow> newest(UUID agent, int limit) {
    Viewer viewer = Viewer.current();
    return repository.page(agent, null, viewer.account(), viewer.everything(), limit);
  }

  List<ProjectRow> page(String agent, @Nullable UUID before, int limit) {
    Viewer viewer = Viewer.current();
    return repository.page(
        agent.isEmpty() ? null : agents.idOf(agent),
        before,
        viewer.account(),
        viewer.everything(),
        limit);
  }

  @Override
  public Resource resource() {
    return Resource.RESOURCE_PROJECT;
  }

  @Override
  public Guard guardOf(String ref, Viewer viewer) {
    ProjectRow project = get(ref, viewer);
    return new Guard(new Caller.Owner(project.agentId(), project.accountId()), project.member());
  }

  @Override
  public Set<String> restricted(Set<String> refs) {
    // No stream of a project itself stays open, so there is nothing to spare a question for.
    return refs;
  }

  private static Refusal notFound(String ref) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_PROJECT_NOT_FOUND,
        "There is no project '" + ref + "'.",
        "project",
        ref);
  }
}
