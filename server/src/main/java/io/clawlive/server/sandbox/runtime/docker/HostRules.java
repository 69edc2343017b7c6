package io.clawlive.server.sandbox.runtime.docker;

import io.clawlive.server.sandbox.runtime.RuntimeRefusal;
import io.clawlive.server.sandbox.runtime.RuntimeRefusal.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Closes this machine towards the bridge of a sandbox. An engine's network alone does not: every
 * service of the machine that listens on all addresses can be reached through the bridge's own.
 */
final class HostRules {
  private static final int SECONDS = 10;

  private HostRules() {}

  private static List<List<String>> rules(String bridge) {
    return List.of(
        // Answers to connections that the machine opened may pass, nothing else.
        List.of(
            "INPUT",
            "-i",
            bridge,
            "-m",
            "conntrack",
            "!",
            "--ctstate",
            "ESTABLISHED,RELATED",
            "-j",
            "DROP"),
        // Where clouds tell a machine its secrets.
        List.of("FORWARD", "-i", bridge, "-d", "169.254.0.0/16", "-j", "DROP"));
  }

  /** Whether rules can be set here. */
  static boolean usable() {
    return run(List.of("iptables", "-w", "5", "-S", "INPUT"));
  }

  /**
   * Sets the rules unless they are set. Must be done before anything runs behind the bridge.
   *
   * @throws RuntimeRefusal when it cannot be done, so that nothing runs that is not closed in
   */
  static void close(String bridge) {
    for (List<String> rule : rules(bridge)) {
      if (!iptables("-C", rule) && !iptables("-I", rule)) {
        throw new RuntimeRefusal(
            Kind.FAILED,
            "The machine could not be closed towards the sandbox's network: setting a rule with"
                + " iptables failed, for which the server needs to be root beside the engine.");
      }
    }
  }

  /** Removes what {@link #close} set. */
  static void forget(String bridge) {
    for (List<String> rule : rules(bridge)) {
      if (iptables("-C", rule)) {
        iptables("-D", rule);
      }
    }
  }

  private static boolean iptables(String what, List<String> rule) {
    List<String> command = new ArrayList<>(List.of("iptables", "-w", "5", what));
    command.addAll(rule);
    return run(command);
  }

  private static boolean run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
