package io.clawlive.bench.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MessageSetTest {
  private static MessageSet of(long... sequences) {
    var set = new MessageSet();
    LongStream.of(sequences).forEach(set::add);
    return set;
  }

  @Test
  void theOrderDoesNotMatter() {
    assertTrue(of(3, 1, 7, 2).sameAs(of(1, 2, 3, 7)));
    assertTrue(of().sameAs(of()));
  }

  @Test
  void aHoleAStrangerAndOneTwiceAreSeen() {
    assertFalse(of(1, 2, 3, 7).sameAs(of(1, 2, 7)));
    // As many, with the same sum and the same end.
    assertFalse(of(1, 4, 5, 10).sameAs(of(2, 3, 5, 10)));
    assertFalse(of(1, 2, 2, 7).sameAs(of(1, 2, 3, 7)));
  }

  @Test
  void whatIsAddedToACopyIsTheCopysOwn() {
    MessageSet set = of(1, 2);
    MessageSet copy = set.copy();
    copy.add(3);
    assertEquals(2, set.count());
    assertEquals(2, set.highest());
    assertTrue(copy.sameAs(of(1, 2, 3)));
  }
}
