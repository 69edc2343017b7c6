package io.clawlive.server.sandbox.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.sandbox.v1.FileChange;
import io.clawlive.sandbox.v1.FileChangeKind;
import io.clawlive.sandbox.v1.FileEntry;
import io.clawlive.sandbox.v1.FileType;
import io.clawlive.sandbox.v1.MakeFolderRequest;
import io.clawlive.sandbox.v1.MoveFileRequest;
import io.clawlive.sandbox.v1.ReadFileRequest;
import io.clawlive.sandbox.v1.RemoveFileRequest;
import io.clawlive.sandbox.v1.WatchFilesRequest;
import io.clawlive.sandbox.v1.WatchFilesResponse;
import io.clawlive.server.platform.Sha256;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.Together;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for files whatever runs the sandbox, shown by each runtime. */
interface FileCases {
  Scene scene();

  private FileEntry makeFolder(String path, int mode) {
    return scene()
        .files()
        .makeFolder(
            MakeFolderRequest.newBuilder()
                .setSandboxId(scene().sandbox)
                .setPath(path)
                .setMode(mode)
                .build())
        .getEntry();
  }

  private FileEntry move(String path, String to, boolean replace) {
    return scene()
        .files()
        .moveFile(
            MoveFileRequest.newBuilder()
                .setSandboxId(scene().sandbox)
                .setPath(path)
                .setNewPath(to)
                .setReplace(replace)
                .build())
        .getEntry();
  }

  private void remove(String path, boolean recursive) {
    var unused =
        scene()
            .files()
            .removeFile(
                RemoveFileRequest.newBuilder()
                    .setSandboxId(scene().sandbox)
                    .setPath(path)
                    .setRecursive(recursive)
                    .build());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] noise(int bytes) {
    byte[] data = new byte[bytes];
    new Random(7).nextBytes(data);
    return data;
  }

  @Test
  default void aFileIsWrittenToldOfAndRead() {
    FileEntry written = scene().write("/workspace/new/folder/a.txt", "hello");
    assertEquals("/workspace/new/folder/a.txt", written.getPath());
    assertEquals(FileType.FILE_TYPE_FILE, written.getType());
    assertEquals(5, written.getSize());
    assertEquals(0644, written.getMode());
    assertEquals(10_001, written.getUid());
    assertEquals(10_001, written.getGid());
    assertTrue(written.getModifiedAt().getSeconds() > 1_700_000_000L);
    assertEquals(written, scene().stat("//workspace/./new/folder/a.txt"));
    assertEquals(written, scene().read("/workspace/new/folder/a.txt", 0, 0).entry());
    assertEquals("ell", new String(scene().read("/workspace/new/folder/a.txt", 1, 3).bytes()));
    assertEquals("lo", new String(scene().read("/workspace/new/folder/a.txt", 3, 0).bytes()));
    assertEquals("", new String(scene().read("/workspace/new/folder/a.txt", 5, 0).bytes()));
    Refused.with(
        ErrorReason.ERROR_REASON_INVALID_FIELD,
        () -> scene().read("/workspace/new/folder/a.txt", 6, 0));
    assertFalse(scene().paths("/workspace/new/folder", 1).stream().anyMatch(p -> p.endsWith(".part")));
    assertArrayEquals(new byte[0], scene().read(scene().write("/tmp/empty", "").getPath()));
    assertTrue(new String(scene().read("/proc/self/status")).contains("Name:"));
  }

  @Test
  default void namesMayHoldAnything() {
    List<String> names =
        List.of(
            " ", "-rf", "a\nb", "a\n", "'\"`$(id)", "*", "\\0101", "=", "~", "ä€😀", "81a4 1 2 3 4 x");
    for (String name : names) {
      assertEquals(
          "/workspace/names/" + name, scene().write("/workspace/names/" + name, name).getPath());
      assertArrayEquals(utf8(name), scene().read("/workspace/names/" + name));
    }
    assertEquals(
        names.stream()
            .sorted((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)))
            .map(name -> "/workspace/names/" + name)
            .toList(),
        scene().paths("/workspace/names", 1));
    for (String name : names) {
      assertEquals(
          "/workspace/names/" + name + ".moved",
          move("/workspace/names/" + name, "/workspace/names/" + name + ".moved", false).getPath());
      remove("/workspace/names/" + name + ".moved", false);
    }
    assertEquals(List.of(), scene().paths("/workspace/names", 1));
    scene().shell("cd /workspace/names && : >\"$(printf 'x\\377y')\" && ln -s \"$(printf 'z\\n\\377')\" l");
    assertEquals(
        List.of("/workspace/names/l", "/workspace/names/x\uFFFDy"),
        scene().paths("/workspace/names", 1));
    assertEquals(
        "z\n\uFFFD", scene().list("/workspace/names", 1).getEntries(0).getLinkTarget());
    assertEquals("z\n\uFFFD", scene().stat("/workspace/names/l").getLinkTarget());
  }

  @Test
  default void twentyMegabytesComeBackByteByByte() {
    byte[] data = noise((20 << 20) + 12_345);
    long begun = System.nanoTime();
    assertEquals(data.length, scene().write(scene().open("/workspace/large"), data).getSize());
    long written = System.nanoTime();
    assertArrayEquals(data, scene().read("/workspace/large"));
    long read = System.nanoTime();
    System.out.printf(
        "%s: write %.0f MB/s, read %.0f MB/s%n",
        getClass().getSimpleName(),
        data.length * 1e3 / (written - begun),
        data.length * 1e3 / (read - written));
    int from = 70_001;
    int to = from + 3_000_017;
    assertArrayEquals(
        Arrays.copyOfRange(data, from, to),
        scene().read("/workspace/large", from, to - from).bytes());
  }

  @Test
  default void whatDroppedGoesOnFromWhereItWas() {
    byte[] data = noise(6 << 20);
    var dropped = scene().writing(scene().open("/workspace/cut"));
    assertTrue(Scene.send(dropped, data, 0, 2 << 20));
    Together.soon(
        "some of it arrived",
        Duration.ofSeconds(20),
        () ->
            scene().paths("/workspace", 1).contains("/workspace/cut.part")
                && scene().stat("/workspace/cut.part").getSize() > 100_000);
    dropped.cancel("the network is gone", null);
    int[] kept = {0};
    Together.soon("the call let go", Duration.ofSeconds(20), () -> {
      int before = kept[0];
      kept[0] = (int) scene().stat("/workspace/cut.part").getSize();
      return before == kept[0];
    });
    Refused.with(ErrorReason.ERROR_REASON_FILE_NOT_FOUND, () -> scene().stat("/workspace/cut"));
    Refused beyond =
        Refused.with(
            ErrorReason.ERROR_REASON_INVALID_FIELD,
            () -> Scene.answer(scene().writing(scene().open("/workspace/cut").setOffset(99 << 20))));
    assertEquals(Integer.toString(kept[0]), beyond.metadata("size"));
    // Less than what is kept may be named too.
    int offset = kept[0] - 77;
    var again = scene().writing(scene().open("/workspace/cut").setOffset(offset));
    assertTrue(Scene.send(again, data, offset, data.length));
    assertEquals(data.length, Scene.end(again, Sha256.of(data)).getEntry().getSize());
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_NOT_FOUND, () -> scene().stat("/workspace/cut.part"));

    var reading =
        scene()
            .lasting()
            .readFile(
                ReadFileRequest.newBuilder()
                    .setSandboxId(scene().sandbox)
                    .setPath("/workspace/cut")
                    .build());
    int first;
    try {
      assertTrue(reading.read().hasEntry());
      first = reading.read().getData().size();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    reading.cancel("the network is gone again", null);
    assertArrayEquals(
        Arrays.copyOfRange(data, first, data.length),
        scene().read("/workspace/cut", first, 0).bytes());
  }

  @Test
  default void onlyWhatIsWholeAndRightTakesThePath() {
    scene().write("/workspace/right", "as it was");
    var wrong = scene().writing(scene().open("/workspace/right").setReplace(true));
    assertTrue(Scene.send(wrong, utf8("another"), 0, 7));
    Refused.with(
        ErrorReason.ERROR_REASON_CHECKSUM_MISMATCH, () -> Scene.end(wrong, Sha256.of("more")));
    var unended = scene().writing(scene().open("/workspace/right").setReplace(true));
    assertTrue(Scene.send(unended, utf8("another"), 0, 7));
    unended.halfClose();
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> Scene.answer(unended));
    assertArrayEquals(utf8("as it was"), scene().read("/workspace/right"));
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_EXISTS,
        () -> scene().write("/workspace/right", "no leave to replace it"));
    scene().shell("chmod 0751 /workspace/right");
    FileEntry replaced =
        scene().write(scene().open("/workspace/right").setReplace(true), utf8("new"));
    assertEquals(0751, replaced.getMode());
    assertEquals(
        0600,
        scene()
            .write(scene().open("/workspace/right").setReplace(true).setMode(0600), utf8("own"))
            .getMode());
    makeFolder("/workspace/folder", 0);
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_EXISTS,
        () -> scene().write(scene().open("/workspace/folder").setReplace(true), utf8("x")));
  }

  @Test
  default void ofTwoWritersOfAPathTheSecondIsRefused() {
    var first = scene().writing(scene().open("/workspace/one"));
    assertTrue(Scene.send(first, utf8("first"), 0, 5));
    Together.soon(
        "it has begun",
        Duration.ofSeconds(20),
        () -> scene().paths("/workspace", 1).contains("/workspace/one.part"));
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_REFUSED, () -> scene().write("/workspace/./one", "second"));
    assertEquals(5, Scene.end(first, new byte[0]).getEntry().getSize());
    assertArrayEquals(utf8("first"), scene().read("/workspace/one"));
  }

  @Test
  default void aFullPlaceAndAClosedOneAreToldApart() {
    byte[] data = noise(20 << 20);
    var full = scene().writing(scene().open("/tmp/full"));
    boolean unused = Scene.send(full, data, 0, data.length);
    Refused.with(
        ErrorReason.ERROR_REASON_STORAGE_OF_SANDBOX_FULL,
        () -> Scene.end(full, Sha256.of(data)));
    remove("/tmp/full.part", false);
    for (String closed : List.of("/usr/own", "/etc/passwd", "/new/folder/file")) {
      Refused.with(
          ErrorReason.ERROR_REASON_FILE_REFUSED,
          () -> scene().write(scene().open(closed).setReplace(true), utf8("x")));
    }
    Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, () -> makeFolder("/usr/own", 0));
    Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, () -> remove("/bin/sh", false));
    Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, () -> remove("/workspace", true));
    scene().write("/workspace/plain", "no folder");
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_REFUSED, () -> scene().stat("/workspace/plain/below"));
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_REFUSED, () -> scene().list("/workspace/plain", 1));
    scene().shell("mkdir -m 0 /workspace/shut");
    Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, () -> scene().list("/workspace/shut", 1));
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_REFUSED, () -> scene().stat("/workspace/shut/below"));
    remove("/workspace/shut", false);
  }

  @Test
  default void whatIsNoFileIsNotRead() {
    scene().shell("mkfifo /workspace/pipe");
    assertEquals(FileType.FILE_TYPE_OTHER, scene().stat("/workspace/pipe").getType());
    for (String path : List.of("/workspace/pipe", "/workspace", "/dev/zero")) {
      Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, () -> scene().read(path));
    }
    Refused.with(ErrorReason.ERROR_REASON_FILE_NOT_FOUND, () -> scene().read("/workspace/none"));
    Refused.with(ErrorReason.ERROR_REASON_FILE_NOT_FOUND, () -> scene().list("/none", 1));
    Refused.with(ErrorReason.ERROR_REASON_FILE_NOT_FOUND, () -> scene().stat("/none/either"));
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_REFUSED,
        () -> scene().write(scene().open("/workspace/pipe/below"), utf8("x")));
  }

  @Test
  default void linksAreToldAsLinksAndNeverFollowedDown() {
    scene()
        .shell(
            "mkdir -p /workspace/kept/in /workspace/links && cd /workspace/links"
                + " && echo safe >/workspace/kept/in/file"
                + " && ln -s /etc out && ln -s ../kept kept && ln -s nowhere dangling");
    var links = scene().list("/workspace/links", 9);
    assertEquals(3, links.getEntriesCount());
    assertEquals(
        List.of("nowhere", "../kept", "/etc"),
        links.getEntriesList().stream().map(FileEntry::getLinkTarget).toList());
    links
        .getEntriesList()
        .forEach(each -> assertEquals(FileType.FILE_TYPE_LINK, each.getType()));
    assertEquals("/etc", scene().stat("/workspace/links/out/").getLinkTarget());
    // The folder that is asked for may be one, and so may a file that is read.
    assertEquals(List.of("/workspace/links/kept/in"), scene().paths("/workspace/links/kept", 1));
    assertArrayEquals(utf8("safe\n"), scene().read("/workspace/links/kept/in/file"));
    remove("/workspace/links", true);
    assertArrayEquals(utf8("safe\n"), scene().read("/workspace/kept/in/file"));
    remove("/workspace/links", true);
    remove("/workspace/not/there", false);
    Refused.with(ErrorReason.ERROR_REASON_FILE_REFUSED, () -> remove("/workspace/kept", false));
  }

  @Test
  default void aListIsAsDeepAndAsLongAsIsSaid() {
    scene().shell("mkdir -p /workspace/deep/a/b/c && : >/workspace/deep/a.b");
    assertEquals(
        List.of("/workspace/deep/a", "/workspace/deep/a.b"), scene().paths("/workspace/deep", 0));
    assertEquals(
        List.of(
            "/workspace/deep/a",
            "/workspace/deep/a.b",
            "/workspace/deep/a/b",
            "/workspace/deep/a/b/c"),
        scene().paths("/workspace/deep", 32));
    assertEquals(3, scene().paths("/workspace/deep", 2).size());
    scene()
        .shell(
            "mkdir /workspace/many && cd /workspace/many && i=0"
                + " && while [ $i -lt 10000 ]; do : >$i; i=$((i+1)); done");
    var whole = scene().list("/workspace/many", 1);
    assertEquals(10_000, whole.getEntriesCount());
    assertFalse(whole.getTruncated());
    scene().shell(": >/workspace/many/more");
    var cut = scene().list("/workspace/many", 1);
    assertEquals(10_000, cut.getEntriesCount());
    assertTrue(cut.getTruncated());
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_REFUSED, () -> watch("/workspace/many").next());
    remove("/workspace/many", true);
  }

  @Test
  default void foldersAreMadeAndThingsMoved() {
    assertEquals(0755, makeFolder("/workspace/made/below", 0).getMode());
    assertEquals(01777, makeFolder("/workspace/made/open", 01777).getMode());
    assertEquals(01777, makeFolder("/workspace/made/open", 0700).getMode());
    scene().write("/workspace/made/file", "moved");
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_EXISTS, () -> makeFolder("/workspace/made/file", 0));
    assertEquals(5, move("/workspace/made/file", "/workspace/made/other", false).getSize());
    scene().write("/workspace/made/file", "there");
    Refused there =
        Refused.with(
            ErrorReason.ERROR_REASON_FILE_EXISTS,
            () -> move("/workspace/made/other", "/workspace/made/file", false));
    assertEquals("/workspace/made/file", there.metadata("path"));
    move("/workspace/made/other", "/workspace/made/file", true);
    assertArrayEquals(utf8("moved"), scene().read("/workspace/made/file"));
    // Between places of different file systems too.
    move("/workspace/made/file", "/tmp/file", false);
    move("/tmp/file", "/workspace/made/file", false);
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_EXISTS,
        () -> move("/workspace/made/file", "/workspace/made/open", true));
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_EXISTS,
        () -> move("/workspace/made/open", "/workspace/made/file", true));
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_REFUSED,
        () -> move("/workspace/made", "/workspace/made/open/in", false));
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_REFUSED, () -> move("/workspace", "/tmp/w", false));
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_NOT_FOUND,
        () -> move("/workspace/made/none", "/workspace/made/some", false));
    Refused.with(
        ErrorReason.ERROR_REASON_FILE_NOT_FOUND,
        () -> move("/workspace/made/file", "/workspace/none/file", false));
    scene().shell("ln -s open /workspace/made/link");
    move("/workspace/made/file", "/workspace/made/link", true);
    assertEquals(FileType.FILE_TYPE_FILE, scene().stat("/workspace/made/link").getType());
    assertEquals(List.of(), scene().paths("/workspace/made/open", 1));
    assertEquals(
        FileType.FILE_TYPE_FOLDER,
        move("/workspace/made", "/workspace/moved", false).getType());
  }

  private Iterator<WatchFilesResponse> watch(String path) {
    return scene()
        .files()
        .watchFiles(
            WatchFilesRequest.newBuilder()
                .setSandboxId(scene().sandbox)
                .setPath(path)
                .setDepth(3)
                .build());
  }

  private static String next(Iterator<WatchFilesResponse> changes) {
    var told = new StringBuilder();
    for (FileChange change : changes.next().getChangesList()) {
      // Whether the time of a folder is another one depends on when the second was over.
      if (change.getKind() == FileChangeKind.FILE_CHANGE_KIND_CHANGED
          && change.getEntry().getType() == FileType.FILE_TYPE_FOLDER) {
        continue;
      }
      told.append(change.getKind().name().replace("FILE_CHANGE_KIND_", ""))
          .append(' ')
          .append(change.getEntry().getPath())
          .append('\n');
    }
    return told.toString();
  }

  @Test
  default void whoWatchesHearsWhatComesChangesAndGoes() {
    scene().shell("mkdir -p /workspace/seen/in && echo a >/workspace/seen/in/a");
    var changes = watch("/workspace/seen");
    assertEquals("", next(changes));
    scene().shell("cd /workspace/seen && mv in/a b && mkdir c");
    assertEquals(
        """
        CREATED /workspace/seen/b
        CREATED /workspace/seen/c
        REMOVED /workspace/seen/in/a
        """,
        next(changes));
    scene().shell("echo more >>/workspace/seen/b");
    assertEquals("CHANGED /workspace/seen/b\n", next(changes));
    scene().shell("rm -r /workspace/seen");
    Refused.with(ErrorReason.ERROR_REASON_FILE_NOT_FOUND, changes::next);
  }
}
