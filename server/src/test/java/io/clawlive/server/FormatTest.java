package io.clawlive.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.StringWrapper;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The formatter settles how code looks. {@code -Dclawlive.format=write} lets it do so. */
final class FormatTest {
  private static final boolean WRITE = "write".equals(System.getProperty("clawlive.format"));

  private final Path root = root();

  @Test
  void everyJavaFileIsFormatted() throws IOException {
    List<Path> files = javaFiles();
    assertTrue(files.size() > 100, () -> "only " + files.size() + " files below " + root);
    List<String> unformatted =
        files.parallelStream()
            .filter(FormatTest::differs)
            .map(file -> root.relativize(file).toString())
            .sorted()
            .toList();
    if (!WRITE) {
      assertEquals(List.of(), unformatted, "run the test with -Dclawlive.format=write");
    }
  }

  private static boolean differs(Path file) {
    try {
      String source = Files.readString(file);
      String formatted = format(source);
      if (formatted.equals(source)) {
        return false;
      }
      if (WRITE) {
        Files.writeString(file, formatted);
      }
      return true;
    } catch (IOException | FormatterException e) {
      throw new AssertionError(file.toString(), e);
    }
  }

  private static String format(String source) throws FormatterException {
    var formatter = new Formatter();
    return StringWrapper.wrap(formatter.formatSourceAndFixImports(source), formatter);
  }

  private List<Path> javaFiles() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      List<Path> sources =
          entries.map(module -> module.resolve("src")).filter(Files::isDirectory).toList();
      return sources.stream().flatMap(FormatTest::javaFilesIn).toList();
    }
  }

  private static Stream<Path> javaFilesIn(Path directory) {
    try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(Files::isRegularFile)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new AssertionError(directory.toString(), e);
    }
  }

  /** The folder that holds the modules, found upwards from where the test runs. */
  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("mvnw"))) {
      folder = folder.getParent();
    }
    return java.util.Objects.requireNonNull(folder, "no mvnw above the working directory");
  }
}
