package io.clawlive.bench.rooms;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Puts an answer into the buffer of its thread; its length is what is handed on. */
record BufferedAnswers(ThreadTally tally) implements MethodDescriptor.Marshaller<Integer> {
  /** The same method, answered in this way. */
  static <Q extends MessageLite> MethodDescriptor<Q, Integer> of(
      MethodDescriptor<Q, ?> method, ThreadTally tally) {
    return method.toBuilder(method.getRequestMarshaller(), new BufferedAnswers(tally)).build();
  }

  @Override
  public InputStream stream(Integer length) {
    return new ByteArrayInputStream(tally.buffer(length), 0, length);
  }

  @Override
  public Integer parse(InputStream answer) {
    try {
      int length = answer.available();
      return answer.readNBytes(tally.buffer(length), 0, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
