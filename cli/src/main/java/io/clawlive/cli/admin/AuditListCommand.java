package io.clawlive.cli.admin;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.shell.Table;
import io.clawlive.cli.view.Fields;
import io.clawlive.identity.v1.AuditEntry;
import io.clawlive.identity.v1.ListAuditEntriesRequest;
import io.clawlive.sdk.ClawLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "list", description = "List entries, newest first.")
final class AuditListCommand implements Runnable {
  private static final int LARGEST_PAGE = 200;

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--action",
      paramLabel = "ACTION",
      description = "Only this action, such as key.create, or all of a noun, such as key.")
  private String action = "";

  @Option(
      names = "--subject",
      paramLabel = "ID",
      description = "Only by or about this account, agent or key.")
  private String subject = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many. Default: ${DEFAULT-VALUE}.",
      defaultValue = "50")
  private int limit;

  AuditListCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    try (ClawLive client = server.connectAsAdmin()) {
      List<Map<String, Object>> entries = new ArrayList<>();
      Table table = new Table("NUMBER", "AT", "ACTION", "BY", "FROM", "TO", "DETAILS");
      for (AuditEntry entry : client.audit().list(request())) {
        if (entries.size() >= limit) {
          break;
        }
        entries.add(fields(entry));
        table.row(
            entry.getNumber(),
            String.valueOf(Fields.time(entry.getAt())),
            entry.getAction(),
            name(entry.getActor().getKind(), entry.getActor().getName()),
            entry.getActor().getAddress(),
            name(entry.getTarget().getKind(), entry.getTarget().getName()),
            details(entry));
      }
      output.answer(entries, table);
    }
  }

  private ListAuditEntriesRequest request() {
    return ListAuditEntriesRequest.newBuilder()
        .setAction(action)
        .setSubject(subject)
        .setPageSize(Math.clamp(limit, 1, LARGEST_PAGE))
        .build();
  }

  private static Map<String, Object> fields(AuditEntry entry) {
    return Json.object(
        "number", entry.getNumber(),
        "at", Fields.time(entry.getAt()),
        "action", entry.getAction(),
        "actor",
            Json.object(
                "kind", entry.getActor().getKind(),
                "id", Fields.text(entry.getActor().getId()),
                "name", Fields.text(entry.getActor().getName()),
                "address", Fields.text(entry.getActor().getAddress())),
        "target",
            Json.object(
                "kind", entry.getTarget().getKind(),
                "id", Fields.text(entry.getTarget().getId()),
                "name", Fields.text(entry.getTarget().getName())),
        "details", new TreeMap<>(entry.getDetailsMap()),
        "hash", entry.getHash());
  }

  private static String name(String kind, String name) {
    return name.isEmpty() ? kind : kind + " " + name;
  }

  private static String details(AuditEntry entry) {
    List<String> words = new ArrayList<>();
    new TreeMap<>(entry.getDetailsMap()).forEach((key, value) -> words.add(key + "=" + value));
    return String.join(" ", words);
  }
}
