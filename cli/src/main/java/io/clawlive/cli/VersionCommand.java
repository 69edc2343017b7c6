package io.clawlive.cli;

import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Show the version of this program.")
final class VersionCommand implements Runnable {
  @Mixin private final OutputOptions output;

  VersionCommand(Shell shell) {
    output = new OutputOptions(shell);
  }

  @Override
  public void run() {
    String version = Version.current();
    String java = System.getProperty("java.version");
    output.answer(
        Json.object("version", version, "java_version", java),
        "clawlive %s (Java %s)".formatted(version, java));
  }
}
