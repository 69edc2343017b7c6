package io.clawlive.cli.webhooks;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Prompt;
import io.clawlive.cli.shell.Shell;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "send-test",
    description = {
      "Sign one log line and post it to the server's web address, as a sender of yours will.",
      "The secret comes from CLAWLIVE_WEBHOOK_SECRET, from standard input, or is asked for."
    })
final class WebhookSendTestCommand implements Runnable {
  private static final String VARIABLE = "CLAWLIVE_WEBHOOK_SECRET";

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(paramLabel = "ID", description = "Session of the webhook's agent.")
  private String sessionId = "";

  @Option(names = "--line", paramLabel = "TEXT", description = "What the log line says.")
  private String line = "A test delivery.";

  @Option(
      names = "--web-url",
      paramLabel = "URL",
      description = {
        "Web address of the server, such as https://live.example.com. Without it",
        "CLAWLIVE_WEB_URL, or the server on this machine."
      })
  private @Nullable URI webUrl;

  @Option(names = "--secret-stdin", description = "Read the secret from standard input.")
  private boolean secretFromInput;

  private final Shell shell;

  WebhookSendTestCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    String body =
        Json.write(
            Json.object(
                "id", "test-" + UUID.randomUUID(),
                "session_id", SessionChoice.checked(sessionId),
                "events", List.of(event())));
    URI web = server.target().web(webUrl);
    int inserted = new TestDelivery(web, secret()).send(body);
    output.answer(
        Json.object("status", "ok", "inserted", inserted),
        "%s took it: %d event stored.".formatted(web, inserted));
  }

  private Map<String, Object> event() {
    return Json.object(
        "type", "log", "payload", Json.object("level", "info", "module", "webhook", "line", line));
  }

  private String secret() {
    Prompt prompt = new Prompt(shell);
    String secret =
        (secretFromInput
                ? prompt.lines(1, "one line with the secret").getFirst()
                : shell
                    .variable(VARIABLE)
                    .orElseGet(() ->
                        prompt.secret(
                            "Secret of the webhook",
                            "Set " + VARIABLE + " or give it on standard input: --secret-stdin.")))
            .strip();
    if (!secret.matches("clw_[A-Za-z0-9]{52}")) {
      throw new Failure(
          ExitCode.USAGE,
          "That is no secret of a webhook. Expected clw_ and 52 letters and digits, as 'clawlive"
              + " webhook create' shows it.");
    }
    return secret;
  }
}
