package io.clawlive.server.webhooks;

import io.clawlive.server.platform.Ids;
import io.clawlive.server.platform.web.json.FirstLook;
import io.clawlive.server.platform.web.json.Json;
import io.clawlive.server.platform.web.json.JsonText;
import io.clawlive.server.platform.web.json.MessageReader;
import io.clawlive.server.platform.web.json.Wrong;
import io.clawlive.streams.v1.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What a delivery's body says.
 *
 * @param id names the delivery; empty when the body names none
 * @param events numbered from 1
 */
record Delivery(String id, List<Event> events) {
  private static final String SESSION = "session_id";
  private static final String EVENTS = "events";
  private static final String ID = "id";
  private static final Pattern ID_FORM = Pattern.compile("[A-Za-z0-9._:-]{1,64}");
  private static final int MOST_EVENTS = 1_000;

  /** The session that a body is for, read before anybody knows who sent it. */
  static UUID session(byte[] body) {
    return Ids.parse(FirstLook.text(body, SESSION))
        .orElseThrow(() -> Wrong.at(SESSION, "expected the id of a session, a UUID"));
  }

  /** Reads a body to the letter. */
  static Delivery of(byte[] body) {
    if (!(JsonText.parse(body) instanceof Json.Members(Map<String, Json> members))) {
      throw Wrong.at("", "The body is no JSON object");
    }
    String id = "";
    List<Event> events = List.of();
    for (Map.Entry<String, Json> member : members.entrySet()) {
      switch (member.getKey()) {
        // Was read at the first look; twice it cannot stand there.
        case SESSION -> {}
        case ID -> id = id(member.getValue());
        case EVENTS -> events = events(member.getValue());
        default ->
            throw Wrong.at(
                Wrong.quoted(member.getKey()),
                "there is no such field; a delivery has session_id, events and id");
      }
    }
    if (events.isEmpty() || events.size() > MOST_EVENTS) {
      throw Wrong.at(EVENTS, "expected 1 to %,d events".formatted(MOST_EVENTS));
    }
    return new Delivery(id, events);
  }

  private static String id(Json json) {
    if (json instanceof Json.Text(String text) && ID_FORM.matcher(text).matches()) {
      return text;
    }
    throw Wrong.at(ID, "expected a text of 1 to 64 of A-Z a-z 0-9 . _ : -");
  }

  private static List<Event> events(Json json) {
    if (!(json instanceof Json.Items(List<Json> items))) {
      throw Wrong.kind(EVENTS, "a list", json);
    }
    var events = new ArrayList<Event>();
    for (Json item : items) {
      String path = EVENTS + "[" + events.size() + "]";
      var event = Event.newBuilder();
      MessageReader.read(item, event, path);
      events.add(event.setProducerSequence(events.size() + 1L).build());
      requireSendersKind(event, path);
    }
    return events;
  }

  private static void requireSendersKind(Event.Builder event, String path) {
    switch (event.getPayloadCase()) {
      case THOUGHT, LOG, PROOF, CHAT, ARTIFACT, PAYLOAD_NOT_SET -> {}
      case STATUS, ALERT, REACTION ->
          throw Wrong.at(
              path + ".type",
              "expected thought, log, proof, chat or artifact; others are the server's");
    }
  }
}
