package io.clawlive.server.agents;

import com.github.f4b6a3.uuid.UuidCreator;
import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Resource;
import io.clawlive.server.identity.Caller;
import io.clawlive.server.identity.ResourceOwners;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.grpc.Refusal;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates projects and finds them by id, by {@code handle/slug} or by a slug only one has. */
@Singleton
public final class Projects implements ResourceOwners {
  private final ProjectRepository repository;
  private final Agents agents;
  private final Clock clock;

  Projects(ProjectRepository repository, Agents agents, Clock clock) {
    this.repository = repository;
    this.agents = agents;
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
            request.getTitle().isBlank() ? slug : request.getTitle(),
            request.getDescription(),
            clock.instant());
    if (inserted == 0) {
      throw Refusal.of(
          ErrorReason.ERROR_REASON_SLUG_TAKEN,
          "The agent '" + agent.handle() + "' already has a project '" + slug + "'.",
          "slug",
          slug);
    }
    return repository.findById(id).orElseThrow();
  }

  ProjectRow get(String ref) {
    Optional<UUID> id = Ids.parse(ref);
    if (id.isPresent()) {
      return repository.findById(id.get()).orElseThrow(() -> notFound(ref));
    }
    int slash = ref.indexOf('/');
    return slash >= 0
        ? repository
            .findByName(ref.substring(0, slash), ref.substring(slash + 1))
            .orElseThrow(() -> notFound(ref))
        : onlyOne(ref, repository.findBySlug(ref));
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

  List<ProjectRow> page(String agent, @Nullable UUID before, int limit) {
    return repository.page(agent.isEmpty() ? null : agents.idOf(agent), before, limit);
  }

  @Override
  public Resource resource() {
    return Resource.RESOURCE_PROJECT;
  }

  @Override
  public Caller.Owner ownerOf(String id) {
    ProjectRow project = get(id);
    return new Caller.Owner(project.agentId(), project.accountId());
  }

  private static Refusal notFound(String ref) {
    return Refusal.of(
        ErrorReason.ERROR_REASON_PROJECT_NOT_FOUND,
        "There is no project '" + ref + "'.",
        "project",
        ref);
  }
}
