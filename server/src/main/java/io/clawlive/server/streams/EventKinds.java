package io.clawlive.server.streams;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.policy.v1.Audience;
import io.clawlive.server.platform.grpc.Refusal;
import io.clawlive.streams.v1.Event;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A choice of payload kinds. A kind's number is the number of its payload field, so a kind this
 * server does not know has a number too.
 */
final class EventKinds {
  private static final List<FieldDescriptor> KNOWN =
      Event.getDescriptor().getOneofs().getFirst().getFields();

  /** Every kind, known or not. */
  static final EventKinds ALL = new EventKinds(new int[0]);

  private final int[] numbers;

  private EventKinds(int[] numbers) {
    this.numbers = numbers;
  }

  /** The kinds with these names; none means all. */
  static EventKinds of(List<String> names) {
    return names.isEmpty()
        ? ALL
        : new EventKinds(names.stream().mapToInt(EventKinds::number).sorted().distinct().toArray());
  }

  private static int number(String name) {
    return KNOWN.stream()
        .filter(field -> field.getName().equals(name))
        .mapToInt(FieldDescriptor::getNumber)
        .findFirst()
        .orElseThrow(() -> {
          String known =
              KNOWN.stream().map(FieldDescriptor::getName).collect(Collectors.joining(", "));
          return Refusal.of(
              ErrorReason.ERROR_REASON_KIND_UNKNOWN,
              "There is no kind '" + name + "'; the kinds are " + known + ".",
              "kind",
              name,
              "known",
              known);
        });
  }

  /** The kind of an event: its payload's field number, 0 when it has none. */
  static int of(Event event) {
    if (event.getPayloadCase() != Event.PayloadCase.PAYLOAD_NOT_SET) {
      return event.getPayloadCase().getNumber();
    }
    return event.getUnknownFields().asMap().keySet().stream()
        .mapToInt(Integer::intValue)
        .max()
        .orElse(0);
  }

  /** The name of a kind; empty when this server does not know it. */
  static String name(int number) {
    return KNOWN.stream()
        .filter(field -> field.getNumber() == number)
        .map(FieldDescriptor::getName)
        .findFirst()
        .orElse("");
  }

  /** Whether an audience sees events of this kind; kinds this server does not know are members'. */
  static boolean isFor(int number, Audience audience) {
    FieldDescriptor field = Event.getDescriptor().findFieldByNumber(number);
    return field == null
        ? audience != Audience.AUDIENCE_SPECTATOR
        : EventProjection.isFor(field, audience);
  }

  boolean all() {
    return numbers.length == 0;
  }

  boolean contains(int kind) {
    return all() || Arrays.binarySearch(numbers, kind) >= 0;
  }

  int[] numbers() {
    return numbers.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventKinds kinds && Arrays.equals(numbers, kinds.numbers);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(numbers);
  }
}
