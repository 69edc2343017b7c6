package io.clawlive.cli.admin;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.text.TerminalText;
import io.clawlive.cli.view.Fields;
import io.clawlive.identity.v1.VerifyAuditRequest;
import io.clawlive.identity.v1.VerifyAuditResponse;
import io.clawlive.sdk.ClawLive;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    description = {
      "Read the whole log and say whether every entry is as it was written and none is missing.",
      "Prints the newest entry as NUMBER:HASH. Keep it elsewhere and give it back with --known:",
      "who can write to the database can compute all hashes anew, but not what you wrote down.",
      "Ends with 1 when the log is broken."
    })
final class AuditVerifyCommand implements Callable<Integer> {
  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--known",
      paramLabel = "N:HASH",
      converter = KnownHead.Converter.class,
      description = "Entry that was written down earlier.")
  private @Nullable KnownHead known;

  AuditVerifyCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public Integer call() {
    try (ClawLive client = server.connectAsAdmin()) {
      VerifyAuditRequest.Builder request = VerifyAuditRequest.newBuilder();
      if (known != null) {
        request.setKnownNumber(known.number()).setKnownHash(known.hash());
      }
      VerifyAuditResponse found = client.audit().verify(request.build());
      output.answer(fields(found), words(found));
      return found.getIntact() ? ExitCode.OK.code() : ExitCode.FAILED.code();
    }
  }

  private static Map<String, Object> fields(VerifyAuditResponse found) {
    return Json.object(
        "intact", found.getIntact(),
        "last_number", found.getLastNumber(),
        "last_hash", Fields.text(found.getLastHash()),
        "broken_number", found.getIntact() ? null : found.getBrokenNumber(),
        "finding", Fields.text(found.getFinding()));
  }

  private static String words(VerifyAuditResponse found) {
    if (!found.getIntact()) {
      return "Broken at entry %d: %s"
          .formatted(found.getBrokenNumber(), TerminalText.safe(found.getFinding(), false));
    }
    return found.getLastNumber() == 0
        ? "Intact: the log is empty."
        : "Intact: %d entries. Keep the newest elsewhere: %s"
            .formatted(
                found.getLastNumber(), new KnownHead(found.getLastNumber(), found.getLastHash()));
  }
}
