package io.clawlive.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.cli.Cli.Result;
import io.clawlive.cli.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files into and out of a sandbox that is a process of this machine, against a real server. */
@Timeout(180)
class SandboxCopyEndToEndTest {
  @TempDir private static Path home;
  @TempDir private Path folder;

  private static ServerProcess server;
  private static Cli cli;

  @BeforeAll
  static void serve() throws IOException {
    server = ServerProcess.start(home, Map.of("CLAWLIVE_SANDBOX_RUNTIME", "process"));
    cli = new Cli(home);
    Result runtime = cli.run("sandbox", "runtime", "-o", "json").ok();
    if (!runtime.out().contains("\"active\":\"process\"")) {
      System.err.println("NOT RUN: SandboxCopyEndToEndTest: " + runtime.out());
      Assumptions.abort("NOT RUN: no runtime of processes here: " + runtime.out());
    }
    cli.run("sandbox", "create", "--name", "box").ok();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Result copy(String from, String to) {
    return cli.run("sandbox", "cp", from, to);
  }

  private static String sh(String script) {
    return cli.run("sandbox", "exec", "box", "sh", "-c", script).ok().out();
  }

  private Path file(String name, byte[] content, String mode) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aFolderComesBackAsItWentWithModes() throws IOException {
    byte[] large = new byte[3 << 20];
    new Random(11).nextBytes(large);
    Path tree = Files.createDirectories(folder.resolve("tree/deep/deeper"));
    file("tree/large", large, "rw-r-----");
    file("tree/deep/run.sh", "#!/bin/sh\necho ran\n".getBytes(), "rwxr-xr-x");
    file("tree/deep/secret", "s".getBytes(), "rw-------");
    file("tree/deep/deeper/empty", new byte[0], "r--r--r--");
    file("tree/with space and ü", "x".getBytes(), "rw-rw-r--");
    Files.createSymbolicLink(folder.resolve("tree/link"), Path.of("/etc/passwd"));
    Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwx------"));

    Result up = copy(folder.resolve("tree").toString(), "box:/workspace").ok();
    assertTrue(up.out().startsWith("Copied 5 files"), up.out());
    assertTrue(up.err().contains("link is a link and is left out"), up.err());
    assertEquals("ran\n700\n", sh("tree/deep/run.sh; stat -c %a tree/deep/deeper"));

    Path back = folder.resolve("back");
    copy("box:/workspace/tree/", back.toString()).ok();
    assertArrayEquals(large, Files.readAllBytes(back.resolve("large")));
    assertEquals("rw-r-----", mode(back.resolve("large")));
    assertEquals("rwxr-xr-x", mode(back.resolve("deep/run.sh")));
    assertEquals("rw-------", mode(back.resolve("deep/secret")));
    assertEquals("r--r--r--", mode(back.resolve("deep/deeper/empty")));
    assertEquals("rwx------", mode(back.resolve("deep/deeper")));
    assertEquals("x", Files.readString(back.resolve("with space and ü")));
    assertFalse(Files.exists(back.resolve("link")));

    copy("box:/workspace/tree/deep", back.toString()).ok();
    assertEquals("s", Files.readString(back.resolve("deep/secret")));
  }

  @Test
  void oneFileGoesUnderAnotherNameAndReplacesWhatIsThere() throws IOException {
    Path one = file("one", "one".getBytes(), "rw-r--r--");
    copy(one.toString(), "box:/workspace/sub/two").ok();
    assertEquals("one", sh("cat sub/two"));
    Files.writeString(one, "other");
    copy(one.toString(), "box:/workspace/sub/two").ok();
    assertEquals("other", sh("cat sub/two; ls -A sub | grep part || true"));
    copy("box:/workspace/sub/two", folder.toString()).ok();
    assertEquals("other", Files.readString(folder.resolve("two")));
    sh("echo newer > sub/two");
    copy("box:/workspace/sub/two", folder.resolve("two").toString()).ok();
    assertEquals("newer\n", Files.readString(folder.resolve("two")));
  }

  @Test
  void streamsAreOneFile() {
    byte[] data = new byte[2 << 20];
    new Random(12).nextBytes(data);
    cli.runWith(data, "sandbox", "cp", "-", "box:/workspace/streamed").ok();
    Cli.Bytes back = cli.runBytes(new byte[0], "sandbox", "cp", "box:/workspace/streamed", "-");
    assertEquals(0, back.code(), back.err());
    assertArrayEquals(data, back.out());
  }

  @Test
  void nothingIsWrittenThroughLinks() throws IOException {
    sh("mkdir -p evil/sub; echo bad > evil/file; echo bad > evil/sub/file; ln -s / evil/root");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path victim = Files.writeString(outside.resolve("file"), "good");
    Path target = Files.createDirectories(folder.resolve("in/evil"));
    Files.createSymbolicLink(target.resolve("sub"), outside);
    Files.createSymbolicLink(target.resolve("file"), victim);
    Result refused = copy("box:/workspace/evil", folder.resolve("in").toString());
    assertEquals(1, refused.code(), refused.err());
    assertTrue(refused.err().contains("in the way"), refused.err());
    assertEquals("good", Files.readString(victim));
    assertFalse(Files.isSymbolicLink(target.resolve("file")), "the link was replaced by the file");
    Files.delete(target.resolve("sub"));
    Result copied = copy("box:/workspace/evil", folder.resolve("in").toString()).ok();
    assertTrue(copied.err().contains("/workspace/evil/root is a link"), copied.err());
    assertEquals("good", Files.readString(victim));
  }

  @Test
  void foldersAreListed() {
    sh("mkdir -p shown/in; echo 12345 > shown/a; chmod 640 shown/a; ln -s a shown/l");
    Result listed = cli.run("sandbox", "ls", "box:/workspace/shown").ok();
    assertTrue(listed.out().contains("-rw-r-----"), listed.out());
    assertTrue(listed.out().contains("l -> a"), listed.out());
    assertEquals(4, listed.lines().size(), listed.out());
    sh("echo x > shown/in/b");
    assertTrue(
        cli.run("sandbox", "ls", "--depth", "2", "box:/workspace/shown")
            .ok()
            .out()
            .contains("in/b"));
    assertTrue(cli.run("sandbox", "ls", "box").ok().out().contains("shown"));
    assertTrue(
        cli.run("sandbox", "ls", "-o", "json", "box:/workspace/shown/a")
            .ok()
            .out()
            .contains("\"path\":\"/workspace/shown/a\""));
    assertEquals(3, cli.run("sandbox", "ls", "box:/workspace/none").code());
  }

  @Test
  void whatCannotBeCopiedIsSaid() throws IOException {
    String here = file("here", "x".getBytes(), "rw-r--r--").toString();
    assertEquals(2, copy(here, here).code());
    assertEquals(2, copy("box:/a", "box:/b").code());
    assertEquals(2, copy(here, "box:relative").code());
    assertEquals(2, copy(here, "box:/workspace/../etc/x").code());
    assertEquals(3, copy(here + "none", "box:/workspace").code());
    assertEquals(3, copy("box:/workspace/none", here).code());
    assertEquals(3, copy(here, "nobox:/workspace").code());
    assertEquals(2, cli.runWith("x", "sandbox", "cp", "-", "box:/workspace").code());
    Result denied = copy(here, "box:/etc/mine");
    assertEquals(1, denied.code(), denied.err());
    assertTrue(denied.err().contains("[FILE_REFUSED]"), denied.err());
    Result way = copy("box:/workspace", here);
    assertEquals(1, way.code(), way.err());
  }
}
