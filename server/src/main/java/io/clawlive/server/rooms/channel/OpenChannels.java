package io.clawlive.server.rooms.channel;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.identity.Caller.AgentCaller;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.server.rooms.AgentRooms;
import io.clawlive.server.rooms.channel.ChannelRepository.NewestRow;
import io.clawlive.server.rooms.channel.ChannelRepository.RoomRow;
import io.clawlive.server.streams.LastingCalls;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels that are open here, and what is done for all of them at once: a question now and
 * then, however many there are.
 */
@Singleton
final class OpenChannels implements LastingCalls {
  private static final Logger LOG = LoggerFactory.getLogger(OpenChannels.class);
  private static final int REPORTS_MISSED = 3;

  private final ChannelRepository repository;
  private final AgentRooms rooms;
  private final Cursors cursors;
  private final Clock clock;
  private final Set<AgentChannel> channels = ConcurrentHashMap.newKeySet();
  private final Map<UUID, AgentChannel> newest = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  OpenChannels(
      ChannelRepository repository,
      AgentRooms rooms,
      Cursors cursors,
      Clock clock,
      MeterRegistry registry) {
    this.repository = repository;
    this.rooms = rooms;
    this.cursors = cursors;
    this.clock = clock;
    Gauge.builder("clawlive.agent.channels", channels, Set::size)
        .description("Agents connected at this moment.")
        .register(registry);
  }

  void add(AgentChannel channel) {
    channels.add(channel);
    if (stopping) {
      channel.letGo();
    }
  }

  void remove(AgentChannel channel) {
    channels.remove(channel);
    newest.remove(channel.agent().agentId(), channel);
  }

  static Refusal stopping() {
    return Refusal.of(
        ErrorReason.ERROR_REASON_SERVER_STOPPING, "The server is stopping; connect again.");
  }

  /** Numbers a channel. It is its agent's newest from now on, and an older one is told so. */
  void number(AgentChannel channel) {
    UUID agent = channel.agent().agentId();
    boolean counts = repository.open(agent, channel.number(), clock.instant()) > 0;
    AgentChannel[] older = {counts ? null : channel};
    newest.merge(
        agent,
        channel,
        (known, next) -> {
          boolean newer = next.number() > known.number();
          older[0] = newer ? known : next;
          return newer ? next : known;
        });
    if (older[0] != null) {
      older[0].supersede();
    }
  }

  long nextNumber() {
    return repository.nextNumber();
  }

  /** The rooms that an agent's channel is to follow. */
  Set<UUID> roomsOf(AgentCaller agent) {
    return repository.rooms(new UUID[] {agent.agentId()}).stream()
        .map(RoomRow::roomId)
        .collect(toCollection(LinkedHashSet::new));
  }

  private List<AgentChannel> welcome() {
    return channels.stream().filter(AgentChannel::isWelcome).toList();
  }

  private static UUID[] agents(List<AgentChannel> channels) {
    return channels.stream().map(channel -> channel.agent().agentId()).toArray(UUID[]::new);
  }

  /** Ends channels on which nothing is heard, and those that have a newer one somewhere else. */
  @Scheduled(
      fixedDelay = "${clawlive.rooms.channel-check-interval:1s}",
      initialDelay = "${clawlive.rooms.channel-check-interval:1s}")
  void check() {
    Duration patience = rooms.report().multipliedBy(REPORTS_MISSED);
    channels.forEach(channel -> channel.requireHeard(patience));
    List<AgentChannel> open = welcome();
    if (open.isEmpty()) {
      return;
    }
    try {
      Map<UUID, Long> numbers =
          repository.newest(agents(open)).stream()
              .collect(toMap(NewestRow::agentId, NewestRow::number));
      open.stream()
          .filter(channel -> numbers.getOrDefault(channel.agent().agentId(), 0L) > channel.number())
          .forEach(AgentChannel::supersede);
    } catch (RuntimeException e) {
      LOG.warn("channels could not be compared with newer ones: {}", e.getMessage());
    }
  }

  /** Finds rooms that agents came into or left by other ways than their channels. */
  @Scheduled(
      fixedDelay = "${clawlive.rooms.sweep-interval:2s}",
      initialDelay = "${clawlive.rooms.sweep-interval:2s}")
  void follow() {
    List<AgentChannel> open = welcome();
    if (open.isEmpty()) {
      return;
    }
    try {
      Map<UUID, Set<UUID>> inside =
          repository.rooms(agents(open)).stream()
              .collect(groupingBy(RoomRow::agentId, mapping(RoomRow::roomId, toSet())));
      open.forEach(
          channel -> channel.follow(inside.getOrDefault(channel.agent().agentId(), Set.of())));
    } catch (RuntimeException e) {
      LOG.warn("channels could not be compared with their rooms: {}", e.getMessage());
    }
  }

  /** An agent that is connected is there. */
  @Scheduled(
      fixedDelay = "${clawlive.rooms.report:10s}",
      initialDelay = "${clawlive.rooms.report:10s}")
  void beat() {
    for (AgentChannel channel : welcome()) {
      try {
        channel.beat();
      } catch (RuntimeException e) {
        LOG.warn("the agents connected here could not be said to be there: {}", e.getMessage());
        return;
      }
    }
  }

  @Override
  public void letGo() {
    stopping = true;
    channels.forEach(AgentChannel::letGo);
    cursors.flush();
  }
}
