package io.clawlive.cli.streams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.Proof;
import io.clawlive.streams.v1.ProofKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "proof",
    description = "Write evidence of work; it is committed when the command returns.")
final class ProofCommand implements Runnable {
  /** What a proof shows. */
  enum Kind {
    COMMIT,
    DEPLOY,
    TEST,
    SCREENSHOT;

    ProofKind kind() {
      return switch (this) {
        case COMMIT -> ProofKind.PROOF_KIND_COMMIT;
        case DEPLOY -> ProofKind.PROOF_KIND_DEPLOY;
        case TEST -> ProofKind.PROOF_KIND_TEST;
        case SCREENSHOT -> ProofKind.PROOF_KIND_SCREENSHOT;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      required = true,
      description = "${COMPLETION-CANDIDATES}.")
  private Kind kind = Kind.COMMIT;

  @Option(names = "--sha", paramLabel = "SHA", description = "Git object name of a commit.")
  private String sha = "";

  @Option(names = "--message", paramLabel = "TEXT", description = "What was done, at most 4 KiB.")
  private String message = "";

  @Option(names = "--url", paramLabel = "URL", description = "Where to look: http or https.")
  private String url = "";

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "Session; without it the current one.")
  private @Nullable String session;

  ProofCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    Proof proof =
        Proof.newBuilder()
            .setKind(kind.kind())
            .setSha(sha.toLowerCase(Locale.ROOT))
            .setMessage(message)
            .setUrl(url)
            .build();
    Publication.publish(server, session, Event.newBuilder().setProof(proof).build(), output);
  }
}
