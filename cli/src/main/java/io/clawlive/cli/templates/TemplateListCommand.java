package io.clawlive.cli.templates;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.sandbox.v1.Template;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "List templates by key.")
final class TemplateListCommand implements Runnable {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  TemplateListCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connect()) {
      List<Map<String, Object>> templates = new ArrayList<>();
      Table table = new Table("TEMPLATE", "NAME", "MODEL", "SOURCE");
      for (Template template : client.templates().list().getTemplatesList()) {
        templates.add(TemplateFields.of(template));
        table.row(
            template.getTemplate(),
            template.getName(),
            template.getLlmModel().isEmpty() ? "-" : template.getLlmModel(),
            template.getSource());
      }
      output.answer(templates, table);
    }
  }
}
