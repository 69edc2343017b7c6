package io.clawlive.server.sandbox.teams;

import io.clawlive.sandbox.v1.RouterMode;
import io.clawlive.server.platform.Ids;
import io.clawlive.server.sandbox.teams.TeamFile.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads one file of a team, and says of each thing that is wrong on which line it stands. */
final class TeamReader {
  static final int MOST_PROBLEMS = 20;
  private static final int MOST_AGENTS = 50;
  private static final int MOST_KEYWORDS = 200;
  private static final int KEYWORD_LENGTH = 100;
  private static final int NAME_LENGTH = 200;
  private static final int DESCRIPTION_LENGTH = 500;
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern AGENT = Pattern.compile("[a-z0-9][a-z0-9_-]{1,63}");
  private static final Map<String, RouterMode> MODES =
      Map.of(
          "keyword", RouterMode.ROUTER_MODE_KEYWORD,
          "llm", RouterMode.ROUTER_MODE_LLM,
          "hybrid", RouterMode.ROUTER_MODE_HYBRID);

  private final String file;
  private final TomlParseResult toml;
  private final List<FileProblem> problems = new ArrayList<>();

  private TeamReader(String file, String text) {
    this.file = file;
    this.toml = Toml.parse(text);
  }

  /**
   * What a file came to.
   *
   * @param team empty when something in the file is an error
   */
  record Reading(Optional<TeamFile> team, List<FileProblem> problems) {}

  /** Reads a file. */
  static Reading read(String file, String id, String text) {
    return new TeamReader(file, text).read(id);
  }

  private Reading read(String id) {
    if (toml.hasErrors()) {
      toml.errors().forEach(e -> error(e.position(), "This is no TOML: " + e.getMessage() + "."));
      return reading(Optional.empty());
    }
    known(List.of(), Set.of("team", "router", "agents", "routing"));
    known(List.of("team"), Set.of("name", "room"));
    known(List.of("router"), Set.of("mode"));
    String name = text(List.of("team", "name"), NAME_LENGTH).orElse("");
    if (name.isBlank()) {
      error(toml.inputPositionOf(List.of("team")), "The team has no name; expected [team] name.");
    }
    RouterMode mode = mode();
    String room = room(List.of("team", "room")).orElse("");
    List<Place> places = places(room);
    if (toml.getTableOrEmpty("agents").isEmpty()) {
      error(toml.inputPositionOf(List.of("agents")), "The team has no agents; expected [agents].");
    } else if (places.size() > MOST_AGENTS) {
      error(
          toml.inputPositionOf(List.of("agents")),
          "The team has %,d agents; expected at most %,d.".formatted(places.size(), MOST_AGENTS));
    }
    return reading(Optional.of(new TeamFile(id, name, mode, places)));
  }

  private Reading reading(Optional<TeamFile> team) {
    boolean bad = problems.stream().anyMatch(FileProblem::error);
    // Errors first: what keeps a file from being read must not drown in what is only left out.
    List<FileProblem> worst =
        problems.stream()
            .sorted(Comparator.comparing(FileProblem::error).reversed())
            .limit(MOST_PROBLEMS)
            .toList();
    return new Reading(bad ? Optional.empty() : team, worst);
  }

  private RouterMode mode() {
    List<String> path = List.of("router", "mode");
    String word = text(path, NAME_LENGTH).orElse("hybrid");
    RouterMode mode = MODES.get(word);
    if (mode == null) {
      error(
          toml.inputPositionOf(path),
          "There is no mode '%s'; expected keyword, llm or hybrid.".formatted(word));
      return RouterMode.ROUTER_MODE_HYBRID;
    }
    return mode;
  }

  private List<Place> places(String teamsRoom) {
    List<Place> places = new ArrayList<>();
    for (String key : table(List.of("agents")).keySet()) {
      places.add(place(key, teamsRoom));
    }
    for (String key : table(List.of("routing")).keySet()) {
      if (!table(List.of("agents")).contains(List.of(key))) {
        String absent = "The team has keywords for '%s' and no agent of this key.".formatted(key);
        warning(toml.inputPositionOf(List.of("routing", key)), absent);
        places.add(new Place(key, "", "", keywords(key), "", absent));
      }
    }
    return places;
  }

  private Place place(String key, String teamsRoom) {
    List<String> path = List.of("agents", key);
    TomlPosition at = toml.inputPositionOf(path);
    if (!KEY.matcher(key).matches()) {
      error(at, "'%s' is no key of an agent; expected 1 to 64 of A-Z a-z 0-9 _ -.".formatted(key));
    }
    if (!toml.isTable(path)) {
      error(at, "An agent reads key = { agent = \"handle\", description = \"what it is for\" }.");
      return new Place(key, "", "", List.of(), "", "");
    }
    known(path, Set.of("agent", "description", "room"));
    String agent = text(in(path, "agent"), 64).orElse("");
    String absent = "";
    if (agent.isEmpty()) {
      absent = "The file names no agent for '%s'.".formatted(key);
      warning(at, absent);
    } else if (!AGENT.matcher(agent).matches()) {
      error(at, "'%s' is no handle and no id of an agent.".formatted(agent));
    }
    String description = text(in(path, "description"), DESCRIPTION_LENGTH).orElse("");
    List<String> keywords = keywords(key);
    if (keywords.isEmpty() && description.isBlank()) {
      warning(at, "Nothing leads to '%s': no keywords and no description.".formatted(key));
    }
    String room = room(in(path, "room")).orElse(teamsRoom);
    return new Place(key, agent, description, keywords, room, absent);
  }

  private List<String> keywords(String key) {
    List<String> path = List.of("routing", key);
    if (!table(path).isEmpty()) {
      known(path, Set.of("keywords"));
    }
    List<String> at = in(path, "keywords");
    if (!toml.contains(at)) {
      return List.of();
    }
    if (!toml.isArray(at)) {
      error(toml.inputPositionOf(at), "keywords is no list; expected [\"one\", \"another\"].");
      return List.of();
    }
    TomlArray list = toml.getArrayOrEmpty(at);
    if (list.size() > MOST_KEYWORDS) {
      error(
          toml.inputPositionOf(at),
          "'%s' has %,d keywords; expected at most %,d."
              .formatted(key, list.size(), MOST_KEYWORDS));
    }
    List<String> keywords = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i) instanceof String word && isKeyword(word)) {
        keywords.add(word.strip());
      } else {
        error(
            list.inputPositionOf(i),
            "A keyword is a text of 1 to %d characters.".formatted(KEYWORD_LENGTH));
      }
    }
    return List.copyOf(keywords);
  }

  private static boolean isKeyword(String word) {
    return !word.isBlank() && word.length() <= KEYWORD_LENGTH;
  }

  private Optional<String> room(List<String> path) {
    Optional<String> room = text(path, 64);
    if (room.isPresent() && Ids.parse(room.get()).isEmpty()) {
      error(
          toml.inputPositionOf(path),
          "'%s' is no id of a room; expected a UUID.".formatted(room.get()));
    }
    return room;
  }

  private Optional<String> text(List<String> path, int longest) {
    if (!toml.contains(path)) {
      return Optional.empty();
    }
    if (!(toml.get(path) instanceof String text)) {
      error(toml.inputPositionOf(path), "%s is no text.".formatted(String.join(".", path)));
      return Optional.empty();
    }
    if (text.length() > longest) {
      error(
          toml.inputPositionOf(path),
          "%s has %,d characters; expected at most %,d."
              .formatted(String.join(".", path), text.length(), longest));
    }
    return Optional.of(text.strip());
  }

  private TomlTable table(List<String> path) {
    if (toml.contains(path) && !toml.isTable(path)) {
      error(toml.inputPositionOf(path), "%s is no table.".formatted(String.join(".", path)));
      return Toml.parse("");
    }
    return toml.getTableOrEmpty(path);
  }

  /** Says of every other name that it means nothing: most are slips. */
  private void known(List<String> path, Set<String> names) {
    TomlTable table = path.isEmpty() ? toml : table(path);
    for (String name : table.keySet()) {
      if (!names.contains(name)) {
        warning(
            table.inputPositionOf(List.of(name)),
            "'%s' means nothing here and is ignored; expected one of %s."
                .formatted(name, names.stream().sorted().toList()));
      }
    }
  }

  private static List<String> in(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  private void error(TomlPosition at, String message) {
    problem(at, message, true);
  }

  private void warning(TomlPosition at, String message) {
    problem(at, message, false);
  }

  private void problem(TomlPosition at, String message, boolean error) {
    FileProblem problem = new FileProblem(file, at == null ? 0 : at.line(), message, error);
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }
}
