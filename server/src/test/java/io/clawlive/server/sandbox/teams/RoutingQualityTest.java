package io.clawlive.server.sandbox.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.sandbox.v1.RouteDecider;
import io.clawlive.sandbox.v1.RouteOutcome;
import io.clawlive.server.sandbox.teams.LabelledMessages.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How well messages of real kinds are routed, on files that the numbers were not chosen by. */
final class RoutingQualityTest {
  private static final Scorer KEYWORDS = new KeywordScorer();
  private static final Scorer WORDS = new WordScorer();

  @ParameterizedTest
  @CsvSource({
    "held-out, 60, 0.45, 0.15, 0.07",
    "fresh-teams, 50, 0.45, 0.10, 0.05",
    "development, 60, 0.50, 0.10, 0.10"
  })
  void wordsRouteBetterThanKeywords(
      String name, int least, double right, double first, double misled) {
    LabelledMessages labelled = LabelledMessages.read(name);
    assertTrue(labelled.messages().size() >= least);
    Figures keywords = labelled.measure(KEYWORDS);
    Figures words = labelled.measure(WORDS);
    System.out.println(name + ": " + keywords.line("keywords"));
    System.out.println(name + ": " + words.line("words"));
    assertTrue(words.accuracy() >= keywords.accuracy() + right, "decided right");
    assertTrue(words.firstRate() >= keywords.firstRate() + first, "a right agent first");
    assertTrue(words.misledRate() <= keywords.misledRate() - misled, "a wrong agent first");
    assertTrue(words.sent() >= 1.8 * keywords.sent(), "sent without asking back");
  }

  @Test
  void ofTheUnseenMessagesThatAreSentNoMoreGoWrongThanByKeywords() {
    LabelledMessages heldOut = LabelledMessages.read("held-out");
    LabelledMessages fresh = LabelledMessages.read("fresh-teams");
    Figures keywords = heldOut.measure(KEYWORDS).and(fresh.measure(KEYWORDS));
    Figures words = heldOut.measure(WORDS).and(fresh.measure(WORDS));
    System.out.println("unseen: " + keywords.line("keywords"));
    System.out.println("unseen: " + words.line("words"));
    assertTrue(words.wrongOfSent() <= keywords.wrongOfSent());
    assertTrue(words.wrongOfSent() <= 0.04);
  }

  @Test
  void keywordsAreCountedByTheirLength() {
    assertEquals(0.4, keywords("devops", "important"), 1e-9, "port, also within a word");
    assertEquals(1, keywords("devops", "a Certificate of the load balancer"), 1e-9);
    assertEquals(0.8, keywords("devops", "the deploy of a release candidate in the pipeline"), 0.1);
    assertEquals(0, keywords("devops", "nothing of this kind"), 1e-9);
  }

  private static double keywords(String team, String message) {
    List<Score> scores = KEYWORDS.score(LabelledMessages.team(team), message);
    return scores.isEmpty() ? 0 : scores.getFirst().confidence();
  }

  @Test
  void aWordIsFoundInItsFormsAndNeverInsideAnother() {
    assertEquals("deploys", words("devops", "we deployed it twice").getFirst().place().key());
    assertEquals("payables", words("finance", "INVOICES?").getFirst().place().key());
    assertEquals(List.of(), words("devops", "an important report"));
    assertEquals(List.of(), words("household", "a catalogue of locations"));
    assertEquals("payroll", words("finance", "pay slip").getFirst().place().key());
    assertEquals("discounts", words("support", "giftcard").getFirst().place().key());
  }

  @Test
  void whatAMessageIsNotAboutCountsAgainst() {
    List<Score> scores = words("support", "not about a refund, where is my parcel");
    assertEquals("orders", scores.getFirst().place().key());
    assertEquals(1, scores.size());
    assertEquals("orders", words("support", "order not delivered").getFirst().place().key());
  }

  @Test
  void aMessageOfTwoIsAskedBackAndOneOfNobodyIsUnknown() {
    var two = Decision.byWords(words("support", "voucher and password"), List.of(), decider());
    assertEquals(RouteOutcome.ROUTE_OUTCOME_ASK, two.getOutcome());
    assertEquals(2, two.getCandidatesCount());
    var none = Decision.byWords(words("support", "good morning"), List.of(), decider());
    assertEquals(RouteOutcome.ROUTE_OUTCOME_UNKNOWN, none.getOutcome());
  }

  @Test
  void aWordThatOnlySharesItsStemIsAskedAbout() {
    var route = Decision.byWords(words("finance", "that was expensive"), List.of(), decider());
    assertEquals(RouteOutcome.ROUTE_OUTCOME_ASK, route.getOutcome());
    assertEquals(0.8, words("finance", "that was expensed").getFirst().confidence(), 0.01);
    assertEquals(0.8, words("devops", "the deployment").getFirst().confidence(), 0.01);
  }

  private static RouteDecider decider() {
    return RouteDecider.ROUTE_DECIDER_WORDS;
  }

  private static List<Score> words(String team, String message) {
    return WORDS.score(LabelledMessages.team(team), message);
  }
}
