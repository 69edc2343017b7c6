package io.clawlive.server.platform.web.rest;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.clawlive.server.platform.web.json.MessageReader;
import io.clawlive.server.platform.web.json.Wrong;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What following a stream over HTTP has of its own: {@code GET …/events} reads a page and, with
 * {@code follow=1} or asked for as server-sent events, watches; and a browser that lost its
 * connection says where it was.
 */
final class Following {
  /** The header by which a browser says which event it saw last. */
  static final String LAST_EVENT_ID = "Last-Event-ID";

  /** The query parameter that makes a page a watch. */
  static final String FOLLOW = "follow";

  private static final String LIST = "clawlive.streams.v1.StreamService/List";
  private static final String WATCH = "clawlive.streams.v1.StreamService/Watch";
  private static final String AFTER_SEQUENCE = "after_sequence";
  private static final String EVENTS = "events";
  private static final String ENDED = "ended";

  private Following() {}

  /** The name of the RPC that is meant where this route was found; its own but for one. */
  static String meant(Route route, Map<String, List<String>> query, boolean asEvents) {
    if (!route.rpcName().equals(LIST)) {
      return route.rpcName();
    }
    return follows(query) || asEvents ? WATCH : LIST;
  }

  /** True for the one route that two RPCs share. */
  static boolean canFollow(Route route) {
    return route.rpcName().equals(LIST);
  }

  private static boolean follows(Map<String, List<String>> query) {
    List<String> values = query.getOrDefault(FOLLOW, List.of("0"));
    String last = values.getLast();
    if (!Set.of("0", "1", "true", "false").contains(last)) {
      throw Wrong.at(FOLLOW, "expected 1 or 0, found " + Wrong.quoted(last));
    }
    return last.equals("1") || last.equals("true");
  }

  /** The query without what only this class understands. */
  static void forget(Route route, Map<String, List<String>> query) {
    if (route.rpcName().equals(LIST) || route.rpcName().equals(WATCH)) {
      query.remove(FOLLOW);
    }
  }

  /** Begins after the event that was seen last, whatever else the URL says, where a call can. */
  static DynamicMessage resumed(DynamicMessage request, @Nullable String lastEventId) {
    FieldDescriptor after = request.getDescriptorForType().findFieldByName(AFTER_SEQUENCE);
    if (after == null || lastEventId == null || lastEventId.isEmpty()) {
      return request;
    }
    DynamicMessage.Builder builder = request.toBuilder();
    OneofDescriptor start = after.getRealContainingOneof();
    if (start != null) {
      builder.clearOneof(start);
    }
    MessageReader.readText(after, lastEventId, builder, LAST_EVENT_ID);
    return builder.build();
  }

  /** True for the message that says that nothing will come any more. */
  static boolean isEnd(Message message) {
    FieldDescriptor ended = message.getDescriptorForType().findFieldByName(ENDED);
    return ended != null && message.hasField(ended) && !hasEvents(message);
  }

  /** True for a message with events. */
  static boolean hasEvents(Message message) {
    FieldDescriptor events = message.getDescriptorForType().findFieldByName(EVENTS);
    return events != null && message.getRepeatedFieldCount(events) > 0;
  }
}
