package io.clawlive.cli.demo;

import io.clawlive.agents.v1.Agent;
import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.Project;
import io.clawlive.agents.v1.RegisterAgentResponse;
import io.clawlive.cli.connection.Credential;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.Target;
import io.clawlive.identity.v1.Role;
import io.clawlive.sdk.AlreadyExistsException;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.UnauthenticatedException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The agent of a demo and its project. Both are used again by the next demo on the same server.
 *
 * @param project the project to work on
 * @param credential what may write to it
 */
record DemoAgent(Project project, Credential credential) {
  private static final String PREFIX = "demo-";
  private static final String SLUG = "claw-live";

  static DemoAgent ready(Target target) {
    String handle =
        stored(target).or(() -> ofThisServer(target)).orElseGet(() -> registered(target));
    Credential credential = target.credentialOf(handle);
    try (ClawLive client = ServerOptions.connect(target.address(), credential)) {
      return new DemoAgent(project(client, handle), credential);
    }
  }

  /** An agent whose key is here and still good. */
  private static Optional<String> stored(Target target) {
    return target.home().credentials().agents(target.server()).stream()
        .filter(handle -> handle.startsWith(PREFIX))
        .filter(handle -> accepted(target, target.credentialOf(handle)))
        .findFirst();
  }

  private static boolean accepted(Target target, Credential credential) {
    try (ClawLive client = ServerOptions.connect(target.address(), credential)) {
      return client.identity().whoAmI().getRole() != Role.ROLE_SPECTATOR;
    } catch (UnauthenticatedException e) {
      return false; // The key of a server that had this address before.
    }
  }

  /** An earlier demo's agent; the administrator of a server may write as any of its agents. */
  private static Optional<String> ofThisServer(Target target) {
    try (ClawLive client = ServerOptions.connect(target.address(), target.credential())) {
      if (client.identity().whoAmI().getRole() == Role.ROLE_ADMIN) {
        for (Agent agent : client.agents().list()) {
          if (agent.getHandle().startsWith(PREFIX)) {
            return Optional.of(agent.getHandle());
          }
        }
      }
      return Optional.empty();
    }
  }

  private static String registered(Target target) {
    String handle =
        PREFIX + HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
    try (ClawLive client = ServerOptions.connect(target.address(), target.credential())) {
      RegisterAgentResponse agent = client.agents().register(handle);
      target.home().credentials().setAgentKey(target.server(), handle, agent.getApiKey());
      return handle;
    }
  }

  private static Project project(ClawLive client, String handle) {
    try {
      return client
          .projects()
          .create(
              CreateProjectRequest.newBuilder()
                  .setAgent(handle)
                  .setSlug(SLUG)
                  .setTitle("Claw Live looks at itself")
                  .build());
    } catch (AlreadyExistsException e) {
      return client.projects().get(handle + "/" + SLUG);
    }
  }
}
