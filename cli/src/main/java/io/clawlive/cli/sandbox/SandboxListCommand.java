package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sandbox.v1.ListSandboxesRequest;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.Sandbox;
import io.clawlive.streams.v1.SandboxState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "List your sandboxes and those of your agents, the newest first.")
final class SandboxListCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final SandboxAccess access;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only in this state: ${COMPLETION-CANDIDATES}.")
  private @Nullable State state;

  @Option(names = "--everybody", description = "Everybody's. For administrators.")
  private boolean everybody;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "200",
      description = "So many at most. Default: ${DEFAULT-VALUE}.")
  private int limit;

  SandboxListCommand(Shell shell) {
    output = new OutputOptions(shell);
    access = new SandboxAccess(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = everybody ? access.server().connectAsAdmin() : access.connect()) {
      ListSandboxesRequest.Builder request =
          ListSandboxesRequest.newBuilder().setEverybody(everybody);
      if (state != null) {
        request.setState(state.asked());
      }
      List<Map<String, Object>> sandboxes = new ArrayList<>();
      Table table = SandboxFields.table();
      for (Sandbox sandbox : client.sandboxes().list(request.build())) {
        if (sandboxes.size() >= limit) {
          break;
        }
        sandboxes.add(MessageFields.of(sandbox.info()));
        SandboxFields.row(sandbox.info(), table);
      }
      output.answer(sandboxes, table);
    }
  }

  /** States to choose from. */
  enum State {
    CREATING,
    STOPPED,
    STARTING,
    RUNNING,
    STOPPING,
    DELETING,
    FAILED;

    SandboxState asked() {
      return SandboxState.valueOf("SANDBOX_STATE_" + name());
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
