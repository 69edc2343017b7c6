package io.clawlive.server.testing;

import io.clawlive.rooms.v1.ChannelAcknowledgement;
import io.clawlive.rooms.v1.ChannelChat;
import io.clawlive.rooms.v1.ChannelGoodbye;
import io.clawlive.rooms.v1.ChannelHeartbeat;
import io.clawlive.rooms.v1.ChannelHello;
import io.clawlive.rooms.v1.ChannelResult;
import io.clawlive.rooms.v1.ConnectRequest;
import io.clawlive.rooms.v1.ConnectResponse;
import io.clawlive.rooms.v1.ConnectResponse.MessageCase;
import io.clawlive.rooms.v1.RoomCursor;
import io.clawlive.streams.v1.Event;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.BlockingClientCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An agent's channel, a step at a time. Nothing is asked of the server beyond the message that is
 * read next; the events that came on the way to it are kept until somebody takes them.
 */
public final class Connecting implements AutoCloseable {
  private final BlockingClientCall<ConnectRequest, ConnectResponse> call;
  private final List<Event> events = new ArrayList<>();
  private final Map<String, ChannelResult> results = new HashMap<>();

  private Connecting(BlockingClientCall<ConnectRequest, ConnectResponse> call) {
    this.call = call;
  }

  /** A call in which nothing was said yet. */
  public static Connecting begin(Client client) {
    return new Connecting(client.agentCalls().connect());
  }

  /** Says hello and reads the welcome. */
  public static Connecting open(Client client, ChannelHello hello) {
    Connecting channel = begin(client).send(ConnectRequest.newBuilder().setHello(hello));
    ConnectResponse first = channel.next();
    if (!first.hasWelcome()) {
      throw new AssertionError("no welcome: " + first);
    }
    return channel;
  }

  /** Says hello and reads the welcome. */
  public static Connecting open(Worker worker) {
    return open(worker.client(), ChannelHello.getDefaultInstance());
  }

  /** Sends a message. */
  public Connecting send(ConnectRequest.Builder request) {
    Calls.write(call, request.build());
    return this;
  }

  /** Sends a sign of life. */
  public Connecting beat() {
    return send(ConnectRequest.newBuilder().setHeartbeat(ChannelHeartbeat.getDefaultInstance()));
  }

  /** Has handled everything up to here. */
  public Connecting acknowledge(String room, long sequence) {
    return send(
        ConnectRequest.newBuilder()
            .setAcknowledgement(
                ChannelAcknowledgement.newBuilder().addCursors(cursor(room, sequence))));
  }

  /** A position in a room. */
  public static RoomCursor cursor(String room, long sequence) {
    return RoomCursor.newBuilder().setRoomId(room).setSequence(sequence).build();
  }

  /** Says something and does not wait. */
  public Connecting say(String requestId, String room, String message) {
    return send(
        ConnectRequest.newBuilder()
            .setRequestId(requestId)
            .setChat(ChannelChat.newBuilder().setRoomId(room).setMessage(message)));
  }

  /** Asks something and reads until it is answered. */
  public ChannelResult ask(ConnectRequest.Builder request) {
    String id = "ask-" + UUID.randomUUID();
    return send(request.setRequestId(id)).result(id);
  }

  /** Says goodbye and waits for the end. */
  public void goodbye() {
    send(ConnectRequest.newBuilder().setGoodbye(ChannelGoodbye.getDefaultInstance()));
    ConnectResponse message;
    do {
      message = nextOrEnd();
    } while (message != null);
  }

  /** The next message; null when the call has ended well. */
  public @Nullable ConnectResponse nextOrEnd() {
    ConnectResponse message = Calls.read(call);
    if (message != null) {
      events.addAll(message.getEventsList());
      if (message.hasResult()) {
        results.put(message.getResult().getRequestId(), message.getResult());
      }
    }
    return message;
  }

  /** The next message. */
  public ConnectResponse next() {
    return Objects.requireNonNull(nextOrEnd(), "the call ended");
  }

  /** Reads up to and with a message of this kind. */
  public ConnectResponse until(MessageCase kind) {
    ConnectResponse message;
    do {
      message = next();
    } while (message.getMessageCase() != kind);
    return message;
  }

  /** What became of a request. */
  public ChannelResult result(String requestId) {
    while (!results.containsKey(requestId)) {
      ConnectResponse unused = next();
    }
    return results.remove(requestId);
  }

  /** The events that were read since the last question, until this many are there. */
  public List<Event> take(int count) {
    while (events.size() < count) {
      ConnectResponse unused = next();
    }
    List<Event> taken = List.copyOf(events.subList(0, count));
    events.subList(0, count).clear();
    return taken;
  }

  /** The messages of the chat that come next. */
  public List<String> takeChat(int count) {
    var said = new ArrayList<String>();
    while (said.size() < count) {
      Event event = take(1).getFirst();
      if (event.hasChat()) {
        said.add(event.getChat().getMessage());
      }
    }
    return said;
  }

  /** The events that were read and that nobody took. */
  public List<Event> left() {
    return List.copyOf(events);
  }

  /** Lets go of the events that were read and that nobody took. */
  public void forget() {
    events.clear();
  }

  /** Reads until the server ends the call with a refusal. */
  public Refused refused() {
    try {
      ConnectResponse message;
      do {
        message = nextOrEnd();
      } while (message != null);
    } catch (StatusRuntimeException e) {
      return Refused.of(e);
    }
    throw new AssertionError("the call ended well");
  }

  /** Breaks the call off. */
  @Override
  public void close() {
    call.cancel("the test is over", null);
  }
}
