package io.clawlive.server.sandbox.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clawlive.sandbox.v1.RouteDecider;
import io.clawlive.sandbox.v1.RouteOutcome;
import io.clawlive.server.sandbox.teams.LabelledMessages.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How well messages of real kinds are routed, on files that the numbers were not chosen by. */
final class RoutingQualityTest {
  private static final Scorer KEYWORDS = new KeywordScorer();
  private static final Scorer WORDS = new WordScorer();

  @Test
  void wordsRouteMessagesTheyHaveNotSeenBetterThanKeywords() {
    LabelledMessages unseen = LabelledMessages.read("held-out");
    assertTrue(unseen.messages().size() >= 60);
    Figures keywords = unseen.measure(KEYWORDS);
    Figures words = unseen.measure(WORDS);
    System.out.println(keywords.line("keywords"));
    System.out.println(words.line("words"));
    assertTrue(words.accuracy() >= keywords.accuracy() + 0.45, "decided right");
    assertTrue(words.firstRate() >= keywords.firstRate() + 0.15, "a right agent first");
    assertTrue(words.wrongRate() <= 0.04, "sent to a wrong agent");
  }

  @Test
  void wordsRouteTheMessagesTheyWereMadeWithBetterThanKeywords() {
    LabelledMessages seen = LabelledMessages.read("development");
    Figures keywords = seen.measure(KEYWORDS);
    Figures words = seen.measure(WORDS);
    System.out.println(keywords.line("keywords"));
    System.out.println(words.line("words"));
    assertTrue(words.accuracy() >= keywords.accuracy() + 0.5, words.misses()::toString);
    assertEquals(0, words.wrong(), words.misses()::toString);
  }

  @Test
  void keywordsAreCountedByTheirLength() {
    assertEquals(0.4, keywords("devops", "important"), 1e-9, "port, also within a word");
    assertEquals(1, keywords("devops", "a Certificate of the load balancer"), 1e-9);
    assertEquals(
        0.8, keywords("devops", "the deploy of a release candidate in the pipeline"), 0.1);
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

  private static RouteDecider decider() {
    return RouteDecider.ROUTE_DECIDER_WORDS;
  }

  private static List<Score> words(String team, String message) {
    return WORDS.score(LabelledMessages.team(team), message);
  }
}
