package io.clawlive.server.testing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Speaks gRPC-Web to the web door as a browser does, so that every stub works there too. Reads an
 * answer only as far as the stub asks for messages.
 */
public final class WebChannel extends Channel implements AutoCloseable {
  private final HttpClient http;
  private final URI door;
  private final boolean text;

  private WebChannel(HttpClient http, URI door, boolean text) {
    this.http = http;
    this.door = door;
    this.text = text;
  }

  /** Speaks the binary form. */
  public static WebChannel binary(URI door) {
    return new WebChannel(HttpClient.newHttpClient(), door, false);
  }

  /** Speaks the text form. */
  public static WebChannel text(URI door) {
    return new WebChannel(HttpClient.newHttpClient(), door, true);
  }

  /** Speaks the binary form over this client. */
  public static WebChannel over(HttpClient http, URI door) {
    return new WebChannel(http, door, false);
  }

  @Override
  public <Q, S> ClientCall<Q, S> newCall(MethodDescriptor<Q, S> method, CallOptions options) {
    return new Call<>(method, options);
  }

  @Override
  public String authority() {
    return door.getAuthority();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private final class Call<Q, S> extends ClientCall<Q, S> {
    private final MethodDescriptor<Q, S> method;
    private final CallOptions options;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Semaphore wanted = new Semaphore(0);
    private Listener<S> listener = new Listener<>() {};
    private Metadata headers = new Metadata();
    private volatile @Nullable InputStream answer;
    private volatile boolean cancelled;

    Call(MethodDescriptor<Q, S> method, CallOptions options) {
      this.method = method;
      this.options = options;
    }

    @Override
    public void start(Listener<S> responses, Metadata metadata) {
      listener = responses;
      headers = metadata;
    }

    @Override
    public void request(int messages) {
      wanted.release(messages);
    }

    @Override
    public void sendMessage(Q message) {
      try {
        byte[] bytes = method.streamRequest(message).readAllBytes();
        body.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(bytes.length).array());
        body.writeBytes(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void halfClose() {
      Thread.startVirtualThread(this::exchange);
    }

    @Override
    public void cancel(@Nullable String message, @Nullable Throwable cause) {
      cancelled = true;
      wanted.release(1);
      close(answer);
    }

    private static void close(@Nullable InputStream stream) {
      if (stream != null) {
        try {
          stream.close();
        } catch (IOException gone) {
          // It was to go.
        }
      }
    }

    private void exchange() {
      Metadata trailers = new Metadata();
      Status end;
      try {
        HttpResponse<InputStream> response = http.send(post(), BodyHandlers.ofInputStream());
        answer = response.body();
        if (response.headers().firstValue("grpc-status").isPresent()) {
          response
              .headers()
              .map()
              .forEach((name, values) -> put(trailers, name, values.getFirst()));
        } else if (response.statusCode() == 200) {
          var initial = new Metadata();
          response.headers().map().forEach((name, values) -> put(initial, name, values.getFirst()));
          deliver(() -> listener.onHeaders(initial));
          read(response.body(), trailers);
        } else {
          throw new IOException("HTTP status " + response.statusCode());
        }
        end = status(trailers);
      } catch (IOException | InterruptedException e) {
        end =
            cancelled
                ? Status.CANCELLED
                : Status.UNAVAILABLE.withDescription("the line broke").withCause(e);
      }
      Status told = end;
      deliver(() -> listener.onClose(told, trailers));
    }

    /** Stubs that wait run what they are told on the thread that waits. */
    private void deliver(Runnable callback) {
      if (options.getExecutor() == null) {
        callback.run();
      } else {
        options.getExecutor().execute(callback);
      }
    }

    private HttpRequest post() {
      String type = text ? "application/grpc-web-text+proto" : "application/grpc-web+proto";
      byte[] bytes = text ? Base64.getEncoder().encode(body.toByteArray()) : body.toByteArray();
      var post =
          HttpRequest.newBuilder(door.resolve("/" + method.getFullMethodName()))
              .header("content-type", type)
              .header("accept", type)
              .header("x-grpc-web", "1")
              .POST(BodyPublishers.ofByteArray(bytes));
      if (options.getDeadline() != null) {
        post.header(
            "grpc-timeout", options.getDeadline().timeRemaining(TimeUnit.MILLISECONDS) + "m");
      }
      for (String name : headers.keys()) {
        post.header(
            name,
            name.endsWith("-bin")
                ? Base64.getEncoder()
                    .encodeToString(
                        headers.get(Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER)))
                : headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
      }
      return post.build();
    }

    private void read(InputStream body, Metadata trailers)
        throws IOException, InterruptedException {
      var frames = new DataInputStream(text ? new Decoded(body) : body);
      while (true) {
        int flags = frames.readUnsignedByte();
        byte[] content = frames.readNBytes(frames.readInt());
        if (flags == 0x80) {
          for (String line : new String(content, StandardCharsets.US_ASCII).split("\r\n")) {
            String[] parts = line.split(": ?", 2);
            put(trailers, parts[0], parts[1]);
          }
          return;
        }
        wanted.acquire();
        S message = method.parseResponse(new ByteArrayInputStream(content));
        deliver(() -> listener.onMessage(message));
      }
    }
  }

  private static void put(Metadata metadata, String header, String value) {
    String name = header.toLowerCase(Locale.ROOT);
    if (name.startsWith(":")) {
      return;
    }
    if (name.endsWith("-bin")) {
      metadata.put(
          Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER),
          Base64.getDecoder().decode(value));
    } else {
      metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    }
  }

  private static Status status(Metadata trailers) {
    String code = trailers.get(Metadata.Key.of("grpc-status", Metadata.ASCII_STRING_MARSHALLER));
    String message =
        trailers.get(Metadata.Key.of("grpc-message", Metadata.ASCII_STRING_MARSHALLER));
    Status status = Status.fromCodeValue(Integer.parseInt(String.valueOf(code)));
    return message == null
        ? status
        : status.withDescription(
            URLDecoder.decode(message.replace("+", "%2B"), StandardCharsets.UTF_8));
  }

  /** Base64 in pieces, each padded, read as far as it has come. */
  private static final class Decoded extends InputStream {
    private final InputStream text;
    private byte[] group = {};
    private int position;

    Decoded(InputStream text) {
      this.text = text;
    }

    @Override
    public int read() throws IOException {
      if (position == group.length) {
        byte[] four = text.readNBytes(4);
        if (four.length == 0) {
          return -1;
        }
        group = Base64.getDecoder().decode(four);
        position = 0;
      }
      return group[position++] & 0xff;
    }
  }
}
