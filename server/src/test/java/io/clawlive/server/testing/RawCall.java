package io.clawlive.server.testing;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call by name, as a client makes it that was built from another contract. */
public final class RawCall extends ClientCall.Listener<byte[]> {
  private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

  private RawCall() {}

  /**
   * Sends one message and waits for the first answer or the good end of the call.
   *
   * @param method such as {@code clawlive.agents.v1.AgentService/GetAgent}
   * @throws StatusRuntimeException when the call is refused
   */
  public static void send(Channel channel, String method, Message request) {
    send(channel, method, request.toByteArray());
  }

  /** Sends one message of bytes and waits likewise. */
  public static void send(Channel channel, String method, byte[] request) {
    send(channel, method, List.of(request));
  }

  /** Sends these messages, or none, and waits likewise. */
  public static void send(Channel channel, String method, List<byte[]> requests) {
    var descriptor =
        MethodDescriptor.newBuilder(Bytes.INSTANCE, Bytes.INSTANCE)
            .setType(MethodType.UNKNOWN)
            .setFullMethodName(method)
            .build();
    ClientCall<byte[], byte[]> call = channel.newCall(descriptor, CallOptions.DEFAULT);
    var listener = new RawCall();
    call.start(listener, new Metadata());
    call.request(1);
    requests.forEach(call::sendMessage);
    call.halfClose();
    try {
      listener.outcome.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw (StatusRuntimeException) e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError(method + " does not answer", e);
    } finally {
      call.cancel("seen enough", null);
    }
  }

  @Override
  public void onMessage(byte[] message) {
    outcome.complete(true);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    if (status.isOk()) {
      outcome.complete(false);
    } else {
      outcome.completeExceptionally(status.asRuntimeException(trailers));
    }
  }

  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      return new byte[0];
    }
  }
}
