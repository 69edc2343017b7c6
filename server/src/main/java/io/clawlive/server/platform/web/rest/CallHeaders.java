package io.clawlive.server.platform.web.rest;

import io.clawlive.server.platform.web.CallTimeout;
import io.clawlive.server.platform.web.WebCaller;
import io.clawlive.server.platform.web.json.Wrong;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.micronaut.http.HttpRequest;
import java.util.concurrent.TimeUnit;

/** What of a request's headers belongs to the call: who calls, from where, and until when. */
final class CallHeaders {
  private CallHeaders() {}

  /**
   * The credential of a request.
   *
   * @throws io.clawlive.server.platform.grpc.Refusal when its cookie may not be used
   */
  static Metadata metadata(HttpRequest<?> request) {
    var metadata = new Metadata();
    WebCaller.authorize(request, metadata);
    return metadata;
  }

  static CallOptions options(HttpRequest<?> request) {
    CallOptions options = WebCaller.options(request);
    String timeout = request.getHeaders().get(CallTimeout.HEADER);
    if (timeout == null) {
      return options;
    }
    long nanos =
        CallTimeout.nanos(timeout)
            .orElseThrow(() ->
                Wrong.at(
                    CallTimeout.HEADER,
                    "expected up to 8 digits and one of H M S m u n, such as 5S"));
    return options.withDeadlineAfter(nanos, TimeUnit.NANOSECONDS);
  }
}
