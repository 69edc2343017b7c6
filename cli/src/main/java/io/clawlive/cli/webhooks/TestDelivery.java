package io.clawlive.cli.webhooks;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.text.TerminalText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Posts a body with its signature, and tells what the server made of it. */
final class TestDelivery {
  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Pattern INSERTED = Pattern.compile("\"inserted\":(\\d{1,9})");
  private static final Pattern REASON = Pattern.compile("\"reason\":\"([A-Z_]{1,64})\"");
  private static final Pattern MESSAGE =
      Pattern.compile("\"message\":\"((?:[^\"\\\\]|\\\\.){0,2000})\"");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");

  private final URI address;
  private final String secret;

  TestDelivery(URI web, String secret) {
    this.address = web.resolve("/v1/webhooks/ingest");
    this.secret = secret;
  }

  /** The number of events that are new; ends the command with a sentence when it was refused. */
  int send(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .header("x-clawlive-signature", signature(bytes))
            .header("x-clawlive-timestamp", Long.toString(Instant.now().getEpochSecond()))
            .POST(BodyPublishers.ofByteArray(bytes))
            .build();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      return inserted(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new Failure(
          ExitCode.UNAVAILABLE,
          "There is no answer from %s (%s). Check the address; --web-url gives another."
              .formatted(address, e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }

  private String signature(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private int inserted(HttpResponse<String> answer) {
    Matcher inserted = INSERTED.matcher(answer.body());
    if (answer.statusCode() == 200 && inserted.find()) {
      return Integer.parseInt(inserted.group(1));
    }
    Matcher reason = REASON.matcher(answer.body());
    Matcher message = MESSAGE.matcher(answer.body());
    if (!reason.find() || !message.find()) {
      throw new Failure(
          ExitCode.FAILED,
          "%s answered with status %d and is no web door of Claw Live."
              .formatted(address, answer.statusCode()));
    }
    throw new Failure(
        exitCode(answer.statusCode()),
        "%s [%s]".formatted(TerminalText.safe(text(message.group(1)), false), reason.group(1)));
  }

  private static ExitCode exitCode(int status) {
    return switch (status) {
      case 400, 413 -> ExitCode.USAGE;
      case 401, 403 -> ExitCode.NOT_ALLOWED;
      case 404 -> ExitCode.NOT_FOUND;
      case 429 -> ExitCode.RATE_LIMITED;
      case 503, 504 -> ExitCode.UNAVAILABLE;
      default -> ExitCode.FAILED;
    };
  }

  /** The text of a JSON string. */
  private static String text(String json) {
    return ESCAPE
        .matcher(json)
        .replaceAll(
            escape -> Matcher.quoteReplacement(unescaped(escape.group(1), escape.group(2))));
  }

  private static String unescaped(String hex, String letter) {
    if (hex != null) {
      return String.valueOf((char) Integer.parseInt(hex, 16));
    }
    return letter.matches("[bfnrt]") ? " " : letter;
  }
}
