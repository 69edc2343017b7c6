package io.clawlive.server.platform.web.rest;

import com.google.protobuf.DynamicMessage;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpRequestWrapper;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.server.netty.NettyHttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Begins the answer to a call of many messages. */
record StreamResponse(HttpRequest<?> request, Answers answers, ExecutorService threads) {
  /** How long a call may think before its answer begins without its first message. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** How long after the first message the word that there is no more may take. */
  private static final Duration MOMENT = Duration.ofMillis(250);

  /**
   * Waits for the first message, because a call that is refused must not begin to be answered.
   *
   * @param lastEventId what a browser that comes again saw last; null when it did not say
   * @throws io.grpc.StatusRuntimeException when the call is refused
   */
  HttpResponse<?> begin(StreamForm form, @Nullable String lastEventId) throws InterruptedException {
    List<DynamicMessage> first = new ArrayList<>();
    boolean handed = false;
    try {
      Answers.Next next = answers.next(PATIENCE);
      while (next instanceof Answers.Next.Answer(DynamicMessage message)) {
        first.add(message);
        if (lastEventId == null || Following.hasEvents(message)) {
          break;
        }
        if (Following.isEnd(message)) {
          // Only this answer keeps a browser from asking again and again.
          return HttpResponse.noContent();
        }
        next = answers.next(MOMENT);
      }
      MutableHttpResponse<ByteBody> response = HttpResponse.ok();
      Transcoder.withHeaders(response)
          .contentType(form.contentType())
          // What a proxy gathers to pass it on in larger pieces comes too late.
          .header("X-Accel-Buffering", "no");
      if (request.getMethod() == HttpMethod.HEAD) {
        return response;
      }
      var body =
          new StreamedBody(
              netty(request),
              asked -> threads.execute(new StreamPump(answers, first, form, asked)),
              answers::cancel);
      handed = true;
      return response.body(body.body());
    } finally {
      if (!handed) {
        answers.close();
      }
    }
  }

  private static NettyHttpRequest<?> netty(HttpRequest<?> request) {
    HttpRequest<?> inner = request;
    while (inner instanceof HttpRequestWrapper<?> wrapper) {
      inner = wrapper.getDelegate();
    }
    return (NettyHttpRequest<?>) inner;
  }
}
