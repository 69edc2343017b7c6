package io.clawlive.server.streams;

import static io.clawlive.server.testing.Events.log;
import static io.clawlive.server.testing.Events.sequences;
import static io.clawlive.server.testing.Events.thought;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.errors.v1.ErrorReason;
import io.clawlive.server.testing.Publishing;
import io.clawlive.server.testing.Refused;
import io.clawlive.server.testing.TestServer;
import io.clawlive.server.testing.Worker;
import io.clawlive.streams.v1.Event;
import io.clawlive.streams.v1.LogLevel;
import io.clawlive.streams.v1.LogLine;
import io.clawlive.streams.v1.SearchRequest;
import io.clawlive.streams.v1.SearchResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SearchTest {
  @AutoClose private static final TestServer server = TestServer.start();
  private static final Worker worker = server.worker("searched");

  // Sequence 1 is the start of the session.
  private static final String stream = worker.stream();

  static {
    worker.append(
        stream,
        thought(1, "The Parser reads the config"),
        log(2, "config parsed: 3 keys"),
        log(3, "ERROR: disk is full"),
        thought(4, "Größe prüfen, then ship"),
        log(5, "Kelvin \u212A and task"),
        Event.newBuilder()
            .setProducerSequence(6)
            .setLog(
                LogLine.newBuilder()
                    .setLevel(LogLevel.LOG_LEVEL_ERROR)
                    .setModule("config.loader")
                    .setLine("no such file"))
            .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "config|7 3 2",
        "CONFIG pars|3 2",
        "\"config parsed\"|3",
        "config -parsed|7 2",
        "größe|5",
        "GRÖSSE|''",
        "task|6",
        "tas\u212A|6",
        "disk|4",
        "loader|7",
        "nothing of the kind|''",
        "-config|6 5 4 1"
      })
  void everyWordMustStandInTheEvent(String query, String found) {
    String expected = found.equals("''") ? "" : found;
    assertEquals(
        expected,
        String.join(
            " ",
            sequences(search(request(query)).getEventsList()).stream()
                .map(String::valueOf)
                .toList()));
  }

  @Test
  void kindsAndLevelsNarrowTheSearch() {
    assertEquals(
        List.of(2L), sequences(search(request("config").addKinds("thought")).getEventsList()));
    assertEquals(
        List.of(7L),
        sequences(search(request("config").addLevels(LogLevel.LOG_LEVEL_ERROR)).getEventsList()));
  }

  @Test
  void aLongStreamIsSearchedToItsBeginning() {
    String longer = worker.stream();
    try (Publishing call = worker.publish(longer, "p")) {
      for (int n = 0; n < 20; n++) {
        var batch = new ArrayList<Event>();
        for (int i = 1; i <= 1_000; i++) {
          long number = n * 1_000L + i;
          batch.add(log(number, "line " + number + (number % 5_000 == 1 ? " needle" : "")));
        }
        call.publish(batch.toArray(Event[]::new));
      }
    }
    var found = new ArrayList<Event>();
    SearchResponse page;
    long before = 0;
    do {
      page = search(request("needle").setStreamId(longer).setPageSize(3).setBeforeSequence(before));
      found.addAll(page.getEventsList());
      assertTrue(before == 0 || page.getSearchedTo() < before, "it comes nearer the beginning");
      before = page.getSearchedTo();
    } while (page.getHasMore());
    assertEquals(List.of(15_002L, 10_002L, 5_002L, 2L), sequences(found));
  }

  @Test
  void aStreamWithoutAHitIsSearchedToItsBeginning() {
    SearchResponse answer = search(request("absent"));
    assertFalse(answer.getHasMore());
    assertEquals(0, answer.getEventsCount());
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\"\"", "\" \""})
  void aQueryWithoutAWordIsRefused(String query) {
    Refused.with(ErrorReason.ERROR_REASON_INVALID_FIELD, () -> search(request(query)));
  }

  private static SearchRequest.Builder request(String query) {
    return SearchRequest.newBuilder().setStreamId(stream).setQuery(query);
  }

  private static SearchResponse search(SearchRequest.Builder request) {
    return server.nobody().streams().search(request.build());
  }
}
