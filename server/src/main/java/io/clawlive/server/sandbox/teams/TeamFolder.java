package io.clawlive.server.sandbox.teams;

import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of teams as it was when somebody last looked: at most a second ago. A file that turned
 * bad is told of and its last good version stays; a file that is gone takes its team with it.
 */
@Singleton
final class TeamFolder {
  private static final Logger LOG = LoggerFactory.getLogger(TeamFolder.class);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int MOST_TEAMS = 100;
  private static final int MOST_PROBLEMS = 200;
  private static final int MOST_NAMES = 10_000;
  private static final int MOST_BYTES = 256 << 10;
  private static final String SUFFIX = ".toml";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}\\.toml");

  private final @Nullable Path folder;
  private final Clock clock;

  private Map<String, Known> files = Map.of();
  private List<FileProblem> folders = List.of();
  private Instant looked = Instant.MIN;

  TeamFolder(
      TeamsConfiguration configuration, @Value("${clawlive.home:}") String home, Clock clock) {
    String chosen = configuration.folder();
    this.folder =
        chosen != null && !chosen.isBlank()
            ? Path.of(chosen).toAbsolutePath()
            : home.isBlank() ? null : Path.of(home, "teams").toAbsolutePath();
    this.clock = clock;
  }

  /** A team that can be routed to. */
  record Loaded(TeamFile file, TeamWords words, List<FileProblem> problems) {}

  /** Tells one state of a file from another. */
  private record Stamp(FileTime changed, long size, @Nullable Object key) {}

  private record Known(
      Stamp stamp,
      Optional<TeamFile> team,
      Optional<TeamWords> words,
      List<FileProblem> problems) {}

  /** All teams by id. */
  synchronized List<Loaded> teams() {
    look(false);
    return files.values().stream().flatMap(known -> loaded(known).stream()).toList();
  }

  /** One team. */
  synchronized Optional<Loaded> team(String id) {
    look(false);
    return Optional.ofNullable(files.get(id + SUFFIX)).flatMap(TeamFolder::loaded);
  }

  /** What is wrong with the folder and its files. */
  synchronized List<FileProblem> problems() {
    look(false);
    return Stream.concat(
            folders.stream(), files.values().stream().flatMap(known -> known.problems().stream()))
        .limit(MOST_PROBLEMS)
        .toList();
  }

  /** Reads every file anew. */
  synchronized void reload() {
    look(true);
  }

  private static Optional<Loaded> loaded(Known known) {
    return known
        .team()
        .map(team -> new Loaded(team, known.words().orElseThrow(), known.problems()));
  }

  private void look(boolean anew) {
    Instant now = clock.instant();
    if (!anew && !looked.equals(Instant.MIN) && now.isBefore(looked.plus(LOOK_EVERY))) {
      return;
    }
    looked = now;
    List<FileProblem> said = new ArrayList<>();
    Map<String, Known> found = new TreeMap<>();
    for (String name : names(said)) {
      Known before = files.get(name);
      Known after = read(name, before, anew);
      found.put(name, after);
      if (before == null || !before.problems().equals(after.problems())) {
        after
            .problems()
            .forEach(p -> LOG.warn("team file {} line {}: {}", p.file(), p.line(), p.message()));
      }
    }
    files = found;
    folders = said;
  }

  private List<String> names(List<FileProblem> said) {
    Path place = folder;
    if (place == null || !Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(place)) {
      List<String> all =
          entries
              .limit(MOST_NAMES)
              .map(entry -> entry.getFileName().toString())
              .filter(name -> name.endsWith(SUFFIX))
              .sorted()
              .toList();
      List<String> teams = all.stream().filter(name -> NAME.matcher(name).matches()).toList();
      all.stream()
          .filter(name -> !teams.contains(name))
          .limit(TeamReader.MOST_PROBLEMS)
          .forEach(name ->
              said.add(
                  problem(
                      name,
                      0,
                      "The name is no id; expected 1 to 64 of A-Z a-z 0-9 _ - and .toml.")));
      if (teams.size() > MOST_TEAMS) {
        said.add(
            problem(
                teams.get(MOST_TEAMS),
                0,
                "There are %,d teams; this one and those after it are not read, expected at most %,d."
                    .formatted(teams.size(), MOST_TEAMS)));
      }
      return teams.stream().limit(MOST_TEAMS).toList();
    } catch (IOException | UncheckedIOException e) {
      said.add(problem("", 0, "The folder of teams cannot be read."));
      return List.copyOf(files.keySet());
    }
  }

  private Known read(String name, @Nullable Known before, boolean anew) {
    Stamp stamp = new Stamp(FileTime.fromMillis(0), -1, null);
    try {
      Path inside = inside(name);
      BasicFileAttributes now = Files.readAttributes(inside, BasicFileAttributes.class);
      stamp = new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
      if (before != null && !anew && before.stamp().equals(stamp)) {
        return before;
      }
      if (!now.isRegularFile()) {
        throw new Unusable(0, "This is no file.");
      }
      String id = name.substring(0, name.length() - SUFFIX.length());
      TeamReader.Reading reading = TeamReader.read(name, id, text(inside));
      return known(stamp, reading, before);
    } catch (Unusable e) {
      return bad(stamp, problem(name, e.line, e.message), before);
    } catch (IOException e) {
      return bad(stamp, problem(name, 0, "The file cannot be read."), before);
    }
  }

  private static Known known(Stamp stamp, TeamReader.Reading reading, @Nullable Known before) {
    if (reading.team().isEmpty() && before != null) {
      return new Known(stamp, before.team(), before.words(), reading.problems());
    }
    return new Known(stamp, reading.team(), reading.team().map(TeamWords::of), reading.problems());
  }

  private static Known bad(Stamp stamp, FileProblem problem, @Nullable Known before) {
    return before == null
        ? new Known(stamp, Optional.empty(), Optional.empty(), List.of(problem))
        : new Known(stamp, before.team(), before.words(), List.of(problem));
  }

  /** Where a file really is, which must be in the folder: a link may lead anywhere. */
  private Path inside(String name) throws IOException, Unusable {
    Path place = Objects.requireNonNull(folder).toRealPath();
    Path real = place.resolve(name).toRealPath();
    if (!real.startsWith(place)) {
      throw new Unusable(0, "This is a link that leads out of the folder.");
    }
    return real;
  }

  private static String text(Path file) throws IOException, Unusable {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new Unusable(0, "The file is larger than %,d bytes.".formatted(MOST_BYTES));
    }
    ByteBuffer left = ByteBuffer.wrap(bytes);
    CharBuffer text = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(left, text, true).isError()) {
      int line = 1;
      for (int i = 0; i < left.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new Unusable(line, "The file is not UTF-8.");
    }
    return text.flip().toString();
  }

  private static FileProblem problem(String name, int line, String message) {
    return new FileProblem(name, line, message, true);
  }

  /** Why a file is not read, in a sentence for whoever put it there. */
  private static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final String message;

    Unusable(int line, String message) {
      super(message);
      this.line = line;
      this.message = message;
    }
  }
}
