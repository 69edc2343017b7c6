package io.clawlive.server.platform.web.rest;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.clawlive.server.platform.Sha256;
import java.util.HexFormat;
import java.util.List;

/**
 * What the header {@code Idempotency-Key} means to the contract: a {@code request_id}, or, where
 * events are appended, the name of a producer that numbers them by their place in the body. A call
 * that is repeated with its key then does nothing twice. Where a request has neither, the key says
 * nothing that the RPC does not hold anyway.
 */
final class IdempotencyKey {
  static final String HEADER = "Idempotency-Key";

  private static final String REQUEST_ID = "request_id";
  private static final String PRODUCER_ID = "producer_id";
  private static final String PRODUCER_SEQUENCE = "producer_sequence";
  private static final String EVENTS = "events";

  private IdempotencyKey() {}

  /** True when a key makes a difference to this request. */
  static boolean isUnderstood(Descriptor request) {
    return request.findFieldByName(REQUEST_ID) != null
        || request.findFieldByName(PRODUCER_ID) != null && request.findFieldByName(EVENTS) != null;
  }

  static void apply(String key, DynamicMessage.Builder request) {
    Descriptor type = request.getDescriptorForType();
    FieldDescriptor requestId = type.findFieldByName(REQUEST_ID);
    if (requestId != null && request.getField(requestId).equals("")) {
      request.setField(requestId, name(key));
    }
    FieldDescriptor producer = type.findFieldByName(PRODUCER_ID);
    FieldDescriptor events = type.findFieldByName(EVENTS);
    if (producer != null && events != null && request.getField(producer).equals("")) {
      request.setField(producer, name(key));
      number((List<?>) request.getField(events), events, request);
    }
  }

  private static void number(
      List<?> unnumbered, FieldDescriptor events, DynamicMessage.Builder request) {
    FieldDescriptor sequence = events.getMessageType().findFieldByName(PRODUCER_SEQUENCE);
    for (int i = 0; i < unnumbered.size(); i++) {
      Message event = (Message) unnumbered.get(i);
      request.setRepeatedField(
          events, i, event.toBuilder().setField(sequence, (long) i + 1).build());
    }
  }

  /** A name of our own alphabet and length for a key of anybody's. */
  private static String name(String key) {
    return "rest." + HexFormat.of().formatHex(Sha256.of(key), 0, 24);
  }
}
