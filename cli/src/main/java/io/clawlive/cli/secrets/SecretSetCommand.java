package io.clawlive.cli.secrets;

import com.google.protobuf.ByteString;
import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Prompt;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sandbox.v1.PutSecretRequest;
import io.clawlive.sandbox.v1.Secret;
import io.clawlive.sandbox.v1.SecretDelivery;
import io.clawlive.sdk.ClawLive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "set",
    description = {
      "Write a secret. Its value comes on standard input, or is asked for; it is no argument.",
      "Sandboxes get it from their next start on. One newline at the end of a variable is left out."
    })
final class SecretSetCommand implements Runnable {
  private static final int LONGEST = 65_536;

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;
  @Mixin private final ScopeOptions scope = new ScopeOptions();

  @Parameters(paramLabel = "NAME", description = "Of the form A-Z 0-9 _, at most 64.")
  private String name = "";

  @ArgGroup private Delivery delivery = new Delivery();

  private final Shell shell;

  /** One of them. */
  static final class Delivery {
    @Option(names = "--env", description = "Deliver it as an environment variable; the default.")
    boolean env;

    @Option(
        names = "--file",
        arity = "0..1",
        paramLabel = "NAME",
        fallbackValue = "",
        description = "Deliver it as a file in /run/secrets, of this name or else of the secret's.")
    @Nullable String file;
  }

  SecretSetCommand(Shell shell) {
    this.shell = shell;
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    ByteString value =
        ByteString.copyFrom(new Prompt(shell).secretBytes("Value of " + name, LONGEST));
    PutSecretRequest.Builder request =
        PutSecretRequest.newBuilder().setAgent(scope.agent()).setName(name);
    if (delivery.file == null) {
      request.setDelivery(SecretDelivery.SECRET_DELIVERY_ENV).setValue(withoutNewline(value));
    } else {
      request
          .setDelivery(SecretDelivery.SECRET_DELIVERY_FILE)
          .setFileName(delivery.file)
          .setValue(value);
    }
    try (ClawLive client = scope.connect(server)) {
      Secret secret = client.secrets().put(request.build());
      output.answer(
          SecretFields.of(secret),
          "Kept %s, %s."
              .formatted(
                  name,
                  secret.getFileName().isEmpty()
                      ? "an environment variable"
                      : "the file /run/secrets/" + secret.getFileName()));
    }
  }

  private static ByteString withoutNewline(ByteString value) {
    int end = value.size();
    if (end > 0 && value.byteAt(end - 1) == '\n') {
      end--;
      if (end > 0 && value.byteAt(end - 1) == '\r') {
        end--;
      }
    }
    return value.substring(0, end);
  }
}
