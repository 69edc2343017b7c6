package io.clawlive.cli.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clawlive.cli.shell.Failure;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Where files are, as people type it and as sandboxes tell it. */
class PlaceTest {
  private static Place place(String text) {
    return new Place.Form().convert(text);
  }

  @Test
  void aColonBeforeAnySlashMeansASandbox() {
    assertEquals(new Place.Inside("box", "/a/b"), place("box:/a/b"));
    assertEquals(new Place.Inside("box", "/a:b/"), place("box:/a:b//"));
    assertEquals(new Place.Inside("box", "/workspace"), place("box:"));
    assertEquals(new Place.Here("./a:b"), place("./a:b"));
    assertEquals(new Place.Here("/a:b"), place("/a:b"));
    assertEquals(new Place.Here("file"), place("file"));
    assertEquals(new Place.Here(":x"), place(":x"));
    assertEquals(new Place.Stream(), place("-"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"box:a", "box:../a", "box:/a/../b", "box:/..", "box:/./a", "box:/a/.", "box:/a/.."})
  void aPathInASandboxTakesNoSteps(String text) {
    assertThrows(TypeConversionException.class, () -> place(text));
  }

  @Test
  void namesWithDotsAreNames() {
    assertEquals(new Place.Inside("box", "/..a/.b/c..d/..."), place("box:/..a/.b/c..d/..."));
  }

  @ParameterizedTest
  @CsvSource({"/a/b,b", "/a/b/,b", "/a,a", "/,''"})
  void theLastNameOfAPath(String path, String name) {
    assertEquals(name, Place.name(path));
  }

  @Test
  void whatASandboxTellsOfItsFolderIsBelowIt() {
    assertEquals("c", Download.safe(Download.inside("/a/b", "/a/b/c")));
    assertEquals("c", Download.safe(Download.inside("/", "/c")));
    for (String strange : new String[] {"/a/c", "/a/bc", "/a/b", "c", ""}) {
      assertThrows(Failure.class, () -> Download.inside("/a/b", strange));
    }
    for (String strange : new String[] {"", ".", "..", "c/d", "../c", "/etc/passwd", "c\0d"}) {
      assertThrows(Failure.class, () -> Download.safe(strange));
    }
  }

  @ParameterizedTest
  @CsvSource({"420,rw-r--r--", "493,rwxr-xr-x", "0,---------", "511,rwxrwxrwx", "4095,rwxrwxrwx"})
  void modesAreNumbersAndWords(int mode, String words) {
    assertEquals(words, Modes.words(mode));
    assertEquals(PosixFilePermissions.fromString(words), Modes.permissions(mode));
  }

  @ParameterizedTest
  @CsvSource({"TERM,15", "sigkill,9", "HUP,1", "SYS,31", "64,64", "SIGWINCH,28"})
  void signalsAreNamesAndNumbers(String text, int number) {
    assertEquals(number, new SandboxKillCommand.Signal().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65", "-9", "NOSUCH", "", "100"})
  void whatIsNoSignalIsRefused(String text) {
    assertThrows(
        TypeConversionException.class, () -> new SandboxKillCommand.Signal().convert(text));
  }
}
