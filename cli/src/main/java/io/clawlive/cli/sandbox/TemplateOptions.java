package io.clawlive.cli.sandbox;

import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The template that a sandbox is made from. */
final class TemplateOptions {
  private static final int MOST = 64;

  @Option(
      names = "--template",
      paramLabel = "NAME",
      description = "Template that all other options are laid over; see 'clawlive template list'.")
  private String name = "";

  @Option(
      names = "--var",
      paramLabel = "K=V",
      description = "Value of a variable of the template, at most 64. Repeatable.")
  private List<String> pairs = new ArrayList<>();

  String name() {
    return name;
  }

  Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new Failure(ExitCode.USAGE, "--var: '%s' has no name. Expected K=V.".formatted(pair));
      }
      variables.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    if (!variables.isEmpty() && name.isEmpty()) {
      throw new Failure(ExitCode.USAGE, "--var belongs to a template. Name it with --template.");
    }
    if (variables.size() > MOST) {
      throw new Failure(
          ExitCode.USAGE,
          "--var: %d variables. Expected at most %d.".formatted(variables.size(), MOST));
    }
    return variables;
  }
}
