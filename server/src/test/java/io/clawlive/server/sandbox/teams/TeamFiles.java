package io.clawlive.server.sandbox.teams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of teams. */
record TeamFiles(Path folder) {
  private static final String FINANCE =
      """
      [team]
      name = "Finance AI Team"
      [router]
      mode = "%s"
      [agents]
      receipts = { agent = "finn", description = "Expense receipts" }
      payables = { agent = "pax", description = "Bills to pay" }
      # tax = { agent = "tess", description = "Taxes" }
      ghost = { agent = "nobody-here", description = "Haunted accounts" }
      [routing.receipts]
      keywords = ["receipt", "expense", "bought"]
      [routing.payables]
      keywords = ["invoice", "supplier"]
      [routing.tax]
      keywords = ["taxes"]
      [routing.ghost]
      keywords = ["haunted"]
      """;

  /** A team of finn and pax, with one agent commented out and one that nobody registered. */
  void finance(String mode) {
    write("finance", FINANCE.formatted(mode));
  }

  /** The same, where messages are said in a room. */
  void finance(String mode, String room) {
    write(
        "finance",
        FINANCE.formatted(mode).replace("[router]", "room = \"" + room + "\"\n[router]"));
  }

  void write(String team, String text) {
    write(team + ".toml", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces a file as editors do: by another one of the same name. */
  void write(String name, byte[] bytes) {
    try {
      Path draft = Files.write(folder.resolve("draft-" + name + ".tmp"), bytes);
      Files.move(draft, folder.resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void clear() {
    try (var entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
