package io.clawlive.browser;

import java.util.Locale;

/** A room with its host, another person and an agent, each with calls of their own. */
final class RoomScene {
  static final String HOST = Stage.PERSON;
  static final String OTHER = "bob";
  static final String AGENT = Stage.AGENT;

  final Rest host;
  final Rest other;
  final Rest agent;
  final String id;

  private RoomScene(Stage stage, String settings) {
    host = stage.rest(HOST);
    other = stage.rest(OTHER);
    agent = stage.rest(AGENT);
    id = Rest.field(host.post("/api/rooms", settings), "room_id");
  }

  /** A public room at work; the others are not in yet. */
  static RoomScene open(Stage stage, String name) {
    return of(stage, "{\"name\":%s,\"active\":true}".formatted(Rest.quoted(name)));
  }

  /** A room as JSON describes it. */
  static RoomScene of(Stage stage, String room) {
    return new RoomScene(stage, room);
  }

  String path() {
    return "/rooms/" + id;
  }

  /** A path of the room at the REST door. */
  String at(String path) {
    return "/api/rooms/" + id + path;
  }

  void join(Rest... who) {
    for (Rest each : who) {
      each.post(at("/join"), "{}");
    }
  }

  /** Says something and gives its sequence. */
  long say(Rest who, String text) {
    return sequence(who.post(at("/messages"), "{\"message\":%s}".formatted(Rest.quoted(text))));
  }

  long answer(Rest who, long thread, String text) {
    String body = "{\"message\":%s,\"thread\":%d}".formatted(Rest.quoted(text), thread);
    return sequence(who.post(at("/messages"), body));
  }

  /** Writes a task and gives its number. */
  long task(Rest who, String title) {
    String made = who.post(at("/tasks"), "{\"title\":%s}".formatted(Rest.quoted(title)));
    return Long.parseLong(Rest.field(made, "task_id"));
  }

  /** Describes a task. */
  void describe(long task, String description) {
    host.put(at("/tasks/" + task), "{\"description\":%s}".formatted(Rest.quoted(description)));
  }

  void claim(Rest who, long task) {
    who.post(at("/tasks/%d/claim".formatted(task)), "{}");
  }

  void move(Rest who, long task, String move) {
    who.post(
        at("/tasks/%d/state".formatted(task)),
        "{\"move\":\"%s\"}".formatted(move.toLowerCase(Locale.ROOT)));
  }

  /** Says that a device of somebody is there. */
  void present(Rest who, String device) {
    who.post(at("/presence"), "{\"device_id\":\"%s\"}".formatted(device));
  }

  private static long sequence(String answer) {
    return Long.parseLong(Rest.field(answer, "sequence"));
  }
}
