package io.clawlive.cli.templates;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.sandbox.v1.ReloadTemplatesResponse;
import io.clawlive.sandbox.v1.TemplateProblem;
import io.clawlive.sdk.ClawLive;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "reload",
    description = {
      "Let the server read its files of templates now, and say what is wrong in them.",
      "What is wrong stays as it was before; the exit code is then 1."
    })
final class TemplateReloadCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  TemplateReloadCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAsAdmin()) {
      ReloadTemplatesResponse answer = client.templates().reload();
      List<Map<String, Object>> problems =
          answer.getProblemsList().stream()
              .map(problem ->
                  Json.object(
                      "file", problem.getFile(),
                      "line", problem.getLine(),
                      "column", problem.getColumn(),
                      "message", problem.getMessage()))
              .toList();
      output.answer(
          Json.object(
              "templates", answer.getTemplates(),
              "providers", answer.getProviders(),
              "problems", problems),
          "%d templates, %d providers.".formatted(answer.getTemplates(), answer.getProviders()));
      answer.getProblemsList().forEach(problem -> output.notice(line(problem)));
      if (!problems.isEmpty()) {
        throw new Failure(
            ExitCode.FAILED, "%d mistakes in the files of templates.".formatted(problems.size()));
      }
    }
  }

  private static String line(TemplateProblem problem) {
    return "%s:%d:%d %s"
        .formatted(problem.getFile(), problem.getLine(), problem.getColumn(), problem.getMessage());
  }
}
