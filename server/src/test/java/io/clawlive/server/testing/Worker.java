package io.clawlive.server.testing;

import io.clawlive.agents.v1.CreateProjectRequest;
import io.clawlive.agents.v1.RegisterAgentRequest;
import io.clawlive.live.v1.EndSessionRequest;
import io.clawlive.live.v1.Session;
import io.clawlive.live.v1.StartSessionRequest;
import io.clawlive.streams.v1.AppendRequest;
import io.clawlive.streams.v1.AppendResponse;
import io.clawlive.streams.v1.Event;
import java.util.List;

/** An agent with its key and one project. */
public record Worker(Client client, String handle, String agentId, String key, String projectId) {

  /** Registers an agent by this caller, and a project "work" by the agent itself. */
  public static Worker register(TestServer server, Client by, String handle) {
    var agent =
        by.agents().registerAgent(RegisterAgentRequest.newBuilder().setHandle(handle).build());
    Client client = server.as(agent.getApiKey());
    var project =
        client
            .projects()
            .createProject(
                CreateProjectRequest.newBuilder().setAgent(handle).setSlug("work").build())
            .getProject();
    return new Worker(
        client, handle, agent.getAgentId(), agent.getApiKey(), project.getProjectId());
  }

  /** The same agent at another server of the same database. */
  public Worker at(TestServer server) {
    return new Worker(server.as(key), handle, agentId, key, projectId);
  }

  /** Starts a session on the project; its stream then holds one status event. */
  public Session start() {
    return client
        .sessions()
        .startSession(StartSessionRequest.newBuilder().setProjectId(projectId).build())
        .getSession();
  }

  /** Starts a session and gives its id, which is its stream's. */
  public String stream() {
    return start().getSessionId();
  }

  /** Ends a session. */
  public Session end(String session) {
    return client
        .sessions()
        .endSession(EndSessionRequest.newBuilder().setSessionId(session).build())
        .getSession();
  }

  /** Appends events of producer "p" in one call. */
  public AppendResponse append(String stream, Event... events) {
    return append(stream, "p", List.of(events));
  }

  /** Appends events in one call. */
  public AppendResponse append(String stream, String producer, List<Event> events) {
    return client
        .streams()
        .append(
            AppendRequest.newBuilder()
                .setStreamId(stream)
                .setProducerId(producer)
                .addAllEvents(events)
                .build());
  }

  /** Opens a Publish call and waits for its first answer. */
  public Publishing publish(String stream, String producer) {
    return client.publish(stream, producer);
  }
}
