package io.clawlive.browser;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** Sandboxes of the person, made at the REST door. */
final class SandboxScene {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Rest rest;

  /** Leaves the tests out, loudly, where nothing can run a sandbox. */
  SandboxScene(Stage stage, Class<?> tests) {
    rest = stage.rest(Stage.PERSON);
    String status = rest.get("/api/runtime/status");
    if (!status.contains("\"active\":\"process\"")) {
      String why = "no sandbox runs on this machine: " + status;
      System.err.println("NOT RUN: " + tests.getSimpleName() + ": " + why);
      Assumptions.abort("NOT RUN: " + why);
    }
  }

  /** A sandbox that runs a line of shell; its id. */
  String running(String name, String line) {
    String id = create(name, List.of("sh", "-c", line), "");
    await(id, "running");
    return id;
  }

  /**
   * A sandbox; its id.
   *
   * @param more members of its spec, each followed by a comma
   */
  String create(String name, List<String> command, String more) {
    String words = command.stream().map(Rest::quoted).collect(Collectors.joining(","));
    String body =
        "{\"name\":%s,\"spec\":{%s\"command\":[%s]}}".formatted(Rest.quoted(name), more, words);
    return Rest.field(rest.post("/api/agents", body), "sandbox_id");
  }

  /** Returns when a sandbox is in a state. */
  void await(String id, String state) {
    Until.holds(
        LIMIT,
        () -> rest.get("/api/agents/" + id),
        () -> Rest.field(rest.get("/api/agents/" + id), "state").equals(state));
  }

  String get(String id) {
    return rest.get("/api/agents/" + id);
  }

  void put(String id, String body) {
    rest.put("/api/agents/" + id, body);
  }

  void stop(String id) {
    rest.post("/api/agents/" + id + "/stop", "{}");
    await(id, "stopped");
  }

  void start(String id) {
    rest.post("/api/agents/" + id + "/start", "{}");
    await(id, "running");
  }

  static String path(String id) {
    return "/sandboxes/" + id;
  }

  /** Opens a sandbox's page as the person and waits until it is live. */
  static Tab open(Tab tab, String id) {
    tab.signIn(Stage.PERSON, path(id));
    tab.until("the sandbox is live", Tab.SANDBOX + "?.state === 'live'");
    return tab;
  }

  /** Opens a terminal on the page and waits for it. */
  static void openTerminal(Tab tab) {
    if (tab.id("tab-terminal").isVisible()) {
      tab.id("tab-terminal").click();
    }
    tab.id("open-terminal").click();
    tab.until("the terminal is there", Tab.TERMINAL + "?.state === 'live'");
    tab.until("its shell asks", Tab.TERMINAL + ".text.trim().length > 0");
  }

  /** Types a line into the terminal. */
  static void type(Tab tab, String line) {
    tab.page().locator(".xterm-helper-textarea").focus();
    tab.page().keyboard().type(line);
    tab.page().keyboard().press("Enter");
  }

  /** Waits until the terminal shows a text. */
  static void untilTerminalSays(Tab tab, String text) {
    tab.until(
        "the terminal says " + text,
        "(%s?.text ?? '').includes(%s)".formatted(Tab.TERMINAL, Rest.quoted(text)));
  }
}
