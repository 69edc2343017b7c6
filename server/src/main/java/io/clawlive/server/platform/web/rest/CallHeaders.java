package io.clawlive.server.platform.web.rest;

import io.clawlive.server.platform.web.WebCaller;
import io.clawlive.server.platform.web.json.Wrong;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.micronaut.http.HttpRequest;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a request's headers belongs to the call: who calls, from where, and until when. */
final class CallHeaders {
  private static final String TIMEOUT = "grpc-timeout";
  private static final Pattern TIMEOUT_FORM = Pattern.compile("([0-9]{1,8})([HMSmun])");

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
    String timeout = request.getHeaders().get(TIMEOUT);
    if (timeout == null) {
      return options;
    }
    Matcher form = TIMEOUT_FORM.matcher(timeout);
    if (!form.matches()) {
      throw Wrong.at(TIMEOUT, "expected up to 8 digits and one of H M S m u n, such as 5S");
    }
    return options.withDeadlineAfter(Long.parseLong(form.group(1)), unit(form.group(2)));
  }

  private static TimeUnit unit(String letter) {
    return switch (letter) {
      case "H" -> TimeUnit.HOURS;
      case "M" -> TimeUnit.MINUTES;
      case "S" -> TimeUnit.SECONDS;
      case "m" -> TimeUnit.MILLISECONDS;
      case "u" -> TimeUnit.MICROSECONDS;
      default -> TimeUnit.NANOSECONDS;
    };
  }
}
