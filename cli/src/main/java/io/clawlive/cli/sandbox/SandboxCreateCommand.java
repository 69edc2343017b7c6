package io.clawlive.cli.sandbox;

import io.clawlive.cli.sandbox.Progress.Goal;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sandbox.v1.CreateSandboxRequest;
import io.clawlive.sandbox.v1.SandboxNetwork;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "create",
    description = {
      "Make a sandbox and start a program in it; without one it waits for work.",
      "Prints its id at once and ends when it runs, with 1 and the reason when it does not."
    })
final class SandboxCreateCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "1 to 64 of letters, digits, _ and -. Default: one made up by the server.")
  private String name = "";

  @Option(
      names = "--agent",
      paramLabel = "AGENT",
      description = "Handle or id of the agent it belongs to.")
  private String agent = "";

  @Mixin private final LimitOptions limits = new LimitOptions();

  @Option(
      names = "--network",
      paramLabel = "N",
      description = "Whom it can reach: ${COMPLETION-CANDIDATES}. Default: none.")
  private @Nullable Network network;

  @Mixin private final TemplateOptions template = new TemplateOptions();

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "Image that the runtime knows. Default: the server's.")
  private String image = "";

  @Mixin private final Environment environment = new Environment();

  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Port.class,
      description = "Port inside that the server's machine reaches; needs --network open.")
  private int port;

  @Option(
      names = "--lease",
      paramLabel = "TIME",
      converter = Span.Lease.class,
      description = "How long it lives unless extended, 10s to 30d. Default: 24h.")
  private @Nullable Duration lease;

  @Option(names = "--stopped", description = "Make it without starting it.")
  private boolean stopped;

  @Option(
      names = "--session",
      paramLabel = "ID",
      converter = Id.class,
      description = "Session that the agent inside writes to.")
  private String session = "";

  @Option(
      names = "--room",
      paramLabel = "ID",
      converter = Id.class,
      description = "Room that the agent inside is in.")
  private String room = "";

  @Mixin private final Progress progress = new Progress();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "Program and its arguments, best after --.")
  private List<String> command = new ArrayList<>();

  SandboxCreateCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    CreateSandboxRequest request = request();
    try (ClawLive client = access.connect()) {
      Sandbox made = client.sandboxes().create(request).keep();
      if (!output.json()) {
        output.println(made.id());
      }
      Goal goal = stopped ? Goal.STOPPED : Goal.RUNNING;
      try {
        answer(progress.until(goal, made, output));
      } catch (Failure failed) {
        answer(made.read());
        throw failed;
      }
    }
  }

  private void answer(io.clawlive.sandbox.v1.Sandbox sandbox) {
    if (output.json()) {
      output.answer(MessageFields.of(sandbox), "");
    }
  }

  private CreateSandboxRequest request() {
    SandboxSpec.Builder spec =
        SandboxSpec.newBuilder()
            .setImage(image)
            .addAllCommand(command)
            .putAllEnv(environment.read())
            .setPort(port);
    limits.apply(spec);
    if (network != null) {
      spec.setNetwork(network.asked());
    }
    if (lease != null) {
      spec.setLease(Span.proto(lease));
    }
    return CreateSandboxRequest.newBuilder()
        .setName(name)
        .setSpec(spec)
        .setAgent(agent)
        .setStopped(stopped)
        .setSessionId(session)
        .setRoomId(room)
        .setTemplate(template.name())
        .putAllVariables(template.variables())
        .build();
  }

  /** Whom a sandbox can reach. */
  enum Network {
    NONE,
    INTERNAL,
    OPEN;

    SandboxNetwork asked() {
      return switch (this) {
        case NONE -> SandboxNetwork.SANDBOX_NETWORK_NONE;
        case INTERNAL -> SandboxNetwork.SANDBOX_NETWORK_INTERNAL;
        case OPEN -> SandboxNetwork.SANDBOX_NETWORK_OPEN;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A port. */
  static final class Port implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
      if (port < 1 || port > 65_535) {
        throw new TypeConversionException("'%s' is no port. Expected 1 to 65535.".formatted(text));
      }
      return port;
    }
  }

  /** An id. */
  static final class Id implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
        throw new TypeConversionException("'%s' is no id. Expected a UUID.".formatted(text));
      }
      return text;
    }
  }
}
