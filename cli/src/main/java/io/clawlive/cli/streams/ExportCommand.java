package io.clawlive.cli.streams;

import io.clawlive.cli.connection.ServerOptions;
import io.clawlive.cli.connection.SessionChoice;
import io.clawlive.cli.shell.ExitCode;
import io.clawlive.cli.shell.Failure;
import io.clawlive.cli.shell.Json;
import io.clawlive.cli.shell.OutputClosed;
import io.clawlive.cli.shell.OutputOptions;
import io.clawlive.cli.shell.Shell;
import io.clawlive.cli.view.Asciicast;
import io.clawlive.live.v1.Session;
import io.clawlive.sdk.ClawLive;
import io.clawlive.sdk.EventJson;
import io.clawlive.sdk.EventStream;
import io.clawlive.sdk.StreamEvent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = {
      "Write what a session holds to a file or to standard output.",
      "jsonl is one event a line, as watch -o json prints it; asciicast plays in asciinema."
    })
final class ExportCommand implements Runnable {
  /** Forms of export. */
  enum Form {
    JSONL,
    ASCIICAST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Mixin private final OutputOptions output;
  @Mixin private final ServerOptions server;

  @Parameters(index = "0", paramLabel = "ID", description = "Session.")
  private String sessionId = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "Written whole or not at all; without it, standard output.")
  private @Nullable Path file;

  @Option(
      names = "--format",
      paramLabel = "FORM",
      required = true,
      description = "${COMPLETION-CANDIDATES}.")
  private Form form = Form.JSONL;

  ExportCommand(Shell shell) {
    output = new OutputOptions(shell);
    server = new ServerOptions(shell);
  }

  @Override
  public void run() {
    String id = SessionChoice.checked(sessionId);
    try (ClawLive client = SessionChoice.connectToSee(server, id)) {
      Path target = file;
      if (target == null || target.toString().equals("-")) {
        write(client, id, output.out());
        output.flush();
        return;
      }
      long events = writeFile(client, id, target);
      output.answer(
          Json.object("session_id", id, "file", target, "format", form, "events", events),
          "Wrote %d events to %s.".formatted(events, target));
    }
  }

  private long writeFile(ClawLive client, String id, Path target) {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      long events;
      try (PrintWriter out =
          Shell.writer(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16))) {
        events = write(client, id, out);
        if (out.checkError()) {
          throw new IOException("the disk may be full");
        }
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      return events;
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FAILED,
          "%s cannot be written (%s). Choose another place.".formatted(target, e),
          e);
    } finally {
      part.toFile().delete();
    }
  }

  private long write(ClawLive client, String id, PrintWriter out) {
    Session session = client.sessions().get(id);
    Asciicast recording = new Asciicast(out, ZoneId.systemDefault());
    if (form == Form.ASCIICAST) {
      recording.begin(session);
    }
    long events = 0;
    try (EventStream stream = client.sessions().replay(id)) {
      for (StreamEvent event : stream) {
        switch (form) {
          case JSONL -> out.println(EventJson.write(event));
          case ASCIICAST -> recording.frame(event);
        }
        if (++events % 1000 == 0 && out.checkError()) {
          throw new OutputClosed();
        }
      }
    }
    return events;
  }
}
