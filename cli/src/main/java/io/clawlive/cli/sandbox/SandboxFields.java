package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.Fields;
import io.clawlive.cli.view.MessageFields;
import io.clawlive.sandbox.v1.Sandbox;
import io.clawlive.sandbox.v1.SandboxSpec;
import io.clawlive.streams.v1.SandboxReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the commands about sandboxes show, in the words of people. */
final class SandboxFields {
  private SandboxFields() {}

  static String state(Sandbox sandbox) {
    return Fields.word(sandbox.getState(), "SANDBOX_STATE_");
  }

  /** Why it is in its state; empty where nothing is to be said. */
  static String why(Sandbox sandbox) {
    SandboxReason reason = sandbox.getReason();
    String word =
        switch (reason) {
          case SANDBOX_REASON_UNSPECIFIED, SANDBOX_REASON_REQUESTED, UNRECOGNIZED -> "";
          case SANDBOX_REASON_EXITED ->
              sandbox.hasExitCode() ? "exit code " + sandbox.getExitCode() : "exited";
          case SANDBOX_REASON_OUT_OF_MEMORY,
              SANDBOX_REASON_LEASE_ENDED,
              SANDBOX_REASON_LEASE_ENDING,
              SANDBOX_REASON_LEASE_EXTENDED,
              SANDBOX_REASON_IMAGE_MISSING,
              SANDBOX_REASON_RUNTIME_UNAVAILABLE,
              SANDBOX_REASON_RUNTIME_FAILED,
              SANDBOX_REASON_LOST,
              SANDBOX_REASON_ADOPTED,
              SANDBOX_REASON_LIMITS_CHANGED,
              SANDBOX_REASON_RESTORED,
              SANDBOX_REASON_SNAPSHOT_UNUSABLE ->
              Fields.word(reason, "SANDBOX_REASON_").replace('_', ' ');
        };
    String message = sandbox.getMessage();
    return word.isEmpty() || message.isEmpty() ? word + message : word + ": " + message;
  }

  /** State and why, as a sentence goes on. */
  static String standing(Sandbox sandbox) {
    String why = why(sandbox);
    return why.isEmpty() ? state(sandbox) : state(sandbox) + " (" + why + ")";
  }

  static String time(com.google.protobuf.Timestamp time) {
    Instant at = Fields.time(time);
    return at == null ? "-" : at.toString();
  }

  /** The columns of lists. */
  static Table table() {
    return new Table(
        "SANDBOX_ID", "NAME", "STATE", "WHY", "RUNTIME", "IMAGE", "MEMORY", "CPUS", "LEASE_ENDS");
  }

  static void row(Sandbox sandbox, Table table) {
    SandboxSpec spec = sandbox.getSpec();
    table.row(
        sandbox.getSandboxId(),
        sandbox.getName(),
        state(sandbox),
        or(why(sandbox)),
        sandbox.getRuntime(),
        or(spec.getImage()),
        MemorySize.words(spec.getMemoryMb()),
        cpus(spec.getCpus()),
        time(sandbox.getLeaseEndsAt()));
  }

  /** One sandbox: all fields as JSON, a readable choice of them as a table. */
  static void show(Sandbox sandbox, OutputOptions output) {
    if (output.json()) {
      output.answer(MessageFields.of(sandbox), "");
      return;
    }
    SandboxSpec spec = sandbox.getSpec();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sandbox_id", sandbox.getSandboxId());
    fields.put("name", sandbox.getName());
    fields.put("state", state(sandbox));
    fields.put("why", or(why(sandbox)));
    fields.put("agent_id", or(sandbox.getAgentId()));
    fields.put("runtime", sandbox.getRuntime());
    fields.put("image", or(spec.getImage()));
    fields.put("command", or(String.join(" ", spec.getCommandList())));
    fields.put("memory", MemorySize.words(spec.getMemoryMb()));
    fields.put("cpus", cpus(spec.getCpus()));
    fields.put("pids", spec.getPids());
    fields.put("network", Fields.word(spec.getNetwork(), "SANDBOX_NETWORK_"));
    fields.put(
        "port",
        sandbox.getHostPort() == 0
            ? "-"
            : "127.0.0.1:%d -> %d".formatted(sandbox.getHostPort(), spec.getPort()));
    fields.put("env", or(String.join(" ", spec.getEnvMap().keySet())));
    fields.put("session_id", or(sandbox.getSessionId()));
    fields.put("room_id", or(sandbox.getRoomId()));
    fields.put("created_at", time(sandbox.getCreatedAt()));
    fields.put("started_at", time(sandbox.getStartedAt()));
    fields.put("stopped_at", time(sandbox.getStoppedAt()));
    fields.put("lease_ends_at", time(sandbox.getLeaseEndsAt()));
    output.answer(fields);
  }

  static String cpus(double cpus) {
    return cpus == Math.rint(cpus) ? Long.toString(Math.round(cpus)) : Double.toString(cpus);
  }

  private static String or(String text) {
    return text.isEmpty() ? "-" : text;
  }
}
