package io.clawlive.server.streams.masking;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The secrets found in one text. */
final class Spans {

  /** From start (inclusive) to end (exclusive), offsets into the array that holds the text. */
  record Span(int start, int end, Kind kind) {

    private Span union(Span other) {
      boolean keep = !kind.isKnownByPlace() || other.kind.isKnownByPlace();
      return new Span(
          Math.min(start, other.start), Math.max(end, other.end), keep ? kind : other.kind);
    }
  }

  private final List<Span> spans = new ArrayList<>();
  private int coveredTo;

  void add(int start, int end, Kind kind) {
    spans.add(new Span(start, end, kind));
    coveredTo = Math.max(coveredTo, end);
  }

  /** Whether an offset, not below those asked for before, lies in a secret already found. */
  boolean covers(int offset) {
    return offset < coveredTo;
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  List<Span> all() {
    return spans;
  }

  /** The text with every span replaced; spans that overlap become one. */
  byte[] replaceIn(byte[] bytes, int from, int to) {
    spans.sort(Comparator.comparingInt(Span::start));
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    int copied = from;
    for (int i = 0; i < spans.size(); ) {
      Span span = spans.get(i++);
      while (i < spans.size() && spans.get(i).start() < span.end()) {
        span = span.union(spans.get(i++));
      }
      out.write(bytes, copied, span.start() - copied);
      out.writeBytes(span.kind().replacement());
      copied = span.end();
    }
    out.write(bytes, copied, to - copied);
    return out.toByteArray();
  }
}
