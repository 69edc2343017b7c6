package io.clawlive.cli.connection;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.sdk.Tls;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server is. People write HOST, HOST:PORT or, to say whether the connection is encrypted,
 * http://HOST:PORT and https://HOST:PORT.
 *
 * @param hostAndPort HOST:PORT; without a port it is 9090
 * @param tls by default plain text to this machine and TLS to any other
 */
public record Address(String hostAndPort, Tls tls) {
  /** Where a server on this machine listens unless told otherwise. */
  public static final Address USUAL = new Address("127.0.0.1:9090", Tls.AUTO);

  private static final Pattern FORM =
      Pattern.compile("(?:(https?)://)?(\\[[0-9A-Fa-f:.]+]|[^\\s:/@\\[\\]]+)(?::(\\d{1,5}))?/?");

  /** Reads what somebody wrote; the source stands in the message when it makes no sense. */
  public static Address parse(String text, String source) {
    Matcher form = FORM.matcher(text.strip());
    if (form.matches()) {
      int port = form.group(3) == null ? 9090 : Integer.parseInt(form.group(3));
      if (port >= 1 && port <= 65_535) {
        Tls tls =
            form.group(1) == null ? Tls.AUTO : form.group(1).equals("https") ? Tls.ON : Tls.OFF;
        return new Address(form.group(2) + ":" + port, tls);
      }
    }
    throw new Failure(
        ExitCode.USAGE,
        "The server from %s is '%s'. Expected HOST:PORT, for example 127.0.0.1:9090."
            .formatted(source, text));
  }

  /**
   * HOST:PORT with one name for this machine, so that credentials are found under any of its names.
   */
  public String filed() {
    return hostAndPort.replaceFirst("^(localhost|\\[::1])(?=:)", "127.0.0.1");
  }

  @Override
  public String toString() {
    return switch (tls) {
      case AUTO -> hostAndPort;
      case ON -> "https://" + hostAndPort;
      case OFF -> "http://" + hostAndPort;
    };
  }
}
