package io.clawlive.server.testing;

import io.clawlive.agents.v1.AgentServiceGrpc;
import io.clawlive.agents.v1.AgentServiceGrpc.AgentServiceBlockingStub;
import io.clawlive.agents.v1.FollowServiceGrpc;
import io.clawlive.agents.v1.FollowServiceGrpc.FollowServiceBlockingStub;
import io.clawlive.agents.v1.ProjectServiceGrpc;
import io.clawlive.agents.v1.ProjectServiceGrpc.ProjectServiceBlockingStub;
import io.clawlive.identity.v1.AccountServiceGrpc;
import io.clawlive.identity.v1.AccountServiceGrpc.AccountServiceBlockingStub;
import io.clawlive.identity.v1.AuditServiceGrpc;
import io.clawlive.identity.v1.AuditServiceGrpc.AuditServiceBlockingStub;
import io.clawlive.identity.v1.DeviceLoginServiceGrpc;
import io.clawlive.identity.v1.DeviceLoginServiceGrpc.DeviceLoginServiceBlockingStub;
import io.clawlive.identity.v1.IdentityServiceGrpc;
import io.clawlive.identity.v1.IdentityServiceGrpc.IdentityServiceBlockingStub;
import io.clawlive.identity.v1.KeyServiceGrpc;
import io.clawlive.identity.v1.KeyServiceGrpc.KeyServiceBlockingStub;
import io.clawlive.identity.v1.OAuthServiceGrpc;
import io.clawlive.identity.v1.OAuthServiceGrpc.OAuthServiceBlockingStub;
import io.clawlive.live.v1.SessionServiceGrpc;
import io.clawlive.live.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import io.clawlive.rooms.v1.AgentChannelServiceGrpc;
import io.clawlive.rooms.v1.AgentChannelServiceGrpc.AgentChannelServiceBlockingV2Stub;
import io.clawlive.rooms.v1.ChatServiceGrpc;
import io.clawlive.rooms.v1.ChatServiceGrpc.ChatServiceBlockingStub;
import io.clawlive.rooms.v1.RoomServiceGrpc;
import io.clawlive.rooms.v1.RoomServiceGrpc.RoomServiceBlockingStub;
import io.clawlive.rooms.v1.TaskServiceGrpc;
import io.clawlive.rooms.v1.TaskServiceGrpc.TaskServiceBlockingStub;
import io.clawlive.sandbox.v1.ProcessServiceGrpc;
import io.clawlive.sandbox.v1.ProcessServiceGrpc.ProcessServiceBlockingStub;
import io.clawlive.sandbox.v1.RuntimeServiceGrpc;
import io.clawlive.sandbox.v1.RuntimeServiceGrpc.RuntimeServiceBlockingStub;
import io.clawlive.sandbox.v1.SandboxServiceGrpc;
import io.clawlive.sandbox.v1.SandboxServiceGrpc.SandboxServiceBlockingStub;
import io.clawlive.sandbox.v1.SecretServiceGrpc;
import io.clawlive.sandbox.v1.SecretServiceGrpc.SecretServiceBlockingStub;
import io.clawlive.sandbox.v1.SnapshotServiceGrpc;
import io.clawlive.sandbox.v1.SnapshotServiceGrpc.SnapshotServiceBlockingStub;
import io.clawlive.sandbox.v1.TeamServiceGrpc;
import io.clawlive.sandbox.v1.TeamServiceGrpc.TeamServiceBlockingStub;
import io.clawlive.sandbox.v1.TemplateServiceGrpc;
import io.clawlive.sandbox.v1.TemplateServiceGrpc.TemplateServiceBlockingStub;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.ListRequest;
import io.clawlive.streams.v1.StreamServiceGrpc;
import io.clawlive.streams.v1.StreamServiceGrpc.StreamServiceBlockingStub;
import io.clawlive.streams.v1.StreamServiceGrpc.StreamServiceBlockingV2Stub;
import io.clawlive.streams.v1.WatchRequest;
import io.clawlive.webhooks.v1.WebhookServiceGrpc;
import io.clawlive.webhooks.v1.WebhookServiceGrpc.WebhookServiceBlockingStub;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A caller at the front door, with its credential. */
public final class Client {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Channel channel;

  /** Calls over this channel; without a key the caller is nobody. */
  public Client(Channel channel, @Nullable String key) {
    this.channel = key == null ? channel : withHeader(channel, "Bearer " + key);
  }

  private Client(Channel channel) {
    this.channel = channel;
  }

  /** The same caller with this authorization header instead of a key. */
  public Client withAuthorization(String header) {
    return new Client(withHeader(channel, header));
  }

  private static Channel withHeader(Channel channel, String header) {
    var headers = new Metadata();
    headers.put(AUTHORIZATION, header);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** The channel, for calls no stub makes. */
  public Channel channel() {
    return channel;
  }

  public IdentityServiceBlockingStub identity() {
    return IdentityServiceGrpc.newBlockingStub(channel);
  }

  public KeyServiceBlockingStub keys() {
    return KeyServiceGrpc.newBlockingStub(channel);
  }

  public AccountServiceBlockingStub accounts() {
    return AccountServiceGrpc.newBlockingStub(channel);
  }

  public DeviceLoginServiceBlockingStub devices() {
    return DeviceLoginServiceGrpc.newBlockingStub(channel);
  }

  public OAuthServiceBlockingStub oauth() {
    return OAuthServiceGrpc.newBlockingStub(channel);
  }

  public AuditServiceBlockingStub audit() {
    return AuditServiceGrpc.newBlockingStub(channel);
  }

  public AgentServiceBlockingStub agents() {
    return AgentServiceGrpc.newBlockingStub(channel);
  }

  public ProjectServiceBlockingStub projects() {
    return ProjectServiceGrpc.newBlockingStub(channel);
  }

  public FollowServiceBlockingStub follows() {
    return FollowServiceGrpc.newBlockingStub(channel);
  }

  public ChatServiceBlockingStub chat() {
    return ChatServiceGrpc.newBlockingStub(channel);
  }

  public RoomServiceBlockingStub rooms() {
    return RoomServiceGrpc.newBlockingStub(channel);
  }

  public TaskServiceBlockingStub tasks() {
    return TaskServiceGrpc.newBlockingStub(channel);
  }

  public SandboxServiceBlockingStub sandboxes() {
    return SandboxServiceGrpc.newBlockingStub(channel);
  }

  public ProcessServiceBlockingStub processes() {
    return ProcessServiceGrpc.newBlockingStub(channel);
  }

  public SnapshotServiceBlockingStub snapshots() {
    return SnapshotServiceGrpc.newBlockingStub(channel);
  }

  public RuntimeServiceBlockingStub runtime() {
    return RuntimeServiceGrpc.newBlockingStub(channel);
  }

  public TeamServiceBlockingStub teams() {
    return TeamServiceGrpc.newBlockingStub(channel);
  }

  public WebhookServiceBlockingStub webhooks() {
    return WebhookServiceGrpc.newBlockingStub(channel);
  }

  public SecretServiceBlockingStub secrets() {
    return SecretServiceGrpc.newBlockingStub(channel);
  }

  public TemplateServiceBlockingStub templates() {
    return TemplateServiceGrpc.newBlockingStub(channel);
  }

  public SessionServiceBlockingStub sessions() {
    return SessionServiceGrpc.newBlockingStub(channel);
  }

  public StreamServiceBlockingStub streams() {
    return StreamServiceGrpc.newBlockingStub(channel);
  }

  StreamServiceBlockingV2Stub lastingCalls() {
    return StreamServiceGrpc.newBlockingV2Stub(channel);
  }

  AgentChannelServiceBlockingV2Stub agentCalls() {
    return AgentChannelServiceGrpc.newBlockingV2Stub(channel);
  }

  /** Opens a Publish call and waits for its first answer. */
  public Publishing publish(String stream, String producer) {
    return Publishing.begin(this).open(stream, producer);
  }

  /** Watches a stream from its beginning. */
  public Watching watch(String stream) {
    return watch(WatchRequest.newBuilder().setStreamId(stream));
  }

  /** Watches a stream. */
  public Watching watch(WatchRequest.Builder request) {
    return new Watching(lastingCalls().watch(request.build()));
  }

  /** Everything on a stream, read page by page. */
  public List<Event> everything(String stream) {
    var all = new ArrayList<Event>();
    boolean more = true;
    while (more) {
      var page =
          streams()
              .list(
                  ListRequest.newBuilder()
                      .setStreamId(stream)
                      .setAfterSequence(all.isEmpty() ? 0 : all.getLast().getSequence())
                      .setPageSize(1_000)
                      .build());
      all.addAll(page.getEventsList());
      more = page.getHasMore();
    }
    return all;
  }
}
