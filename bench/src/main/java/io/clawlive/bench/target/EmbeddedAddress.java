package io.clawlive.bench.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the server's own PostgreSQL is, from the files in its data directory that only its user can
 * read. They are the server's own business; nothing but this harness should look at them.
 */
final class EmbeddedAddress {
  private static final String NAME = "clawlive";
  private static final int PORT_LINE = 3;

  private EmbeddedAddress() {}

  static Postgres read(Path data) throws IOException {
    Path postgres = data.resolve("postgres");
    List<String> postmaster =
        Files.readAllLines(postgres.resolve("cluster").resolve("postmaster.pid"));
    String password = Files.readString(postgres.resolve("password")).strip();
    String port = postmaster.get(PORT_LINE).strip();
    return new Postgres("jdbc:postgresql://127.0.0.1:" + port + "/" + NAME, NAME, password);
  }
}
