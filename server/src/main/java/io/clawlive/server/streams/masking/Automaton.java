package io.clawlive.server.streams.masking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds all keywords in one pass, with one table look-up a byte: the keywords as a deterministic
 * automaton.
 *
 * <p>A state is the row of the table it stands in, given as the row's offset. States in which a
 * keyword has just ended come last in the table, so one comparison tells them.
 */
final class Automaton {
  static final int START = 0;

  private final byte[] classOf;
  private final int classes;
  private final int[] table;
  private final int firstFinding;
  private final int[][] found;

  private Automaton(byte[] classOf, int classes, int[] table, int firstFinding, int[][] found) {
    this.classOf = classOf;
    this.classes = classes;
    this.table = table;
    this.firstFinding = firstFinding;
    this.found = found;
  }

  static Automaton of(List<Keyword> keywords) {
    return new Builder(keywords).build();
  }

  boolean findsAny(byte[] bytes) {
    int state = START;
    for (byte b : bytes) {
      state = table[state + classOf[b & 0xff]];
      if (state >= firstFinding) {
        return true;
      }
    }
    return false;
  }

  int next(int state, byte b) {
    return table[state + classOf[b & 0xff]];
  }

  boolean isFinding(int state) {
    return state >= firstFinding;
  }

  /** Numbers of the keywords that have just ended in a finding state. */
  int[] found(int state) {
    return found[(state - firstFinding) / classes];
  }

  /** Subset construction: a state is the set of places in the keywords that are reached. */
  private static final class Builder {
    private final List<Keyword> keywords;
    private final int[] firstPlace;
    private final BitSet starts = new BitSet();
    private final byte[] classOf = new byte[256];
    private final List<BitSet> stepsOfClass = new ArrayList<>();

    Builder(List<Keyword> keywords) {
      this.keywords = keywords;
      firstPlace = new int[keywords.size() + 1];
      for (int k = 0; k < keywords.size(); k++) {
        // One place before every step and one behind the last.
        firstPlace[k + 1] = firstPlace[k] + keywords.get(k).length() + 1;
        starts.set(firstPlace[k]);
      }
      groupBytes();
    }

    /** Bytes that every step treats alike share a column of the table. */
    private void groupBytes() {
      List<BitSet> stepsOfByte = new ArrayList<>();
      for (int b = 0; b < 256; b++) {
        stepsOfByte.add(new BitSet());
      }
      for (int k = 0; k < keywords.size(); k++) {
        List<Keyword.Step> steps = keywords.get(k).steps();
        for (int s = 0; s < steps.size(); s++) {
          int place = firstPlace[k] + s;
          steps.get(s).bytes().toBits().stream().forEach(b -> stepsOfByte.get(b).set(place));
        }
      }
      Map<BitSet, Byte> classes = new HashMap<>();
      for (int b = 0; b < 256; b++) {
        Byte known = classes.get(stepsOfByte.get(b));
        if (known == null) {
          known = (byte) stepsOfClass.size();
          classes.put(stepsOfByte.get(b), known);
          stepsOfClass.add(stepsOfByte.get(b));
        }
        classOf[b] = known;
      }
      if (stepsOfClass.size() > Byte.MAX_VALUE) {
        throw new IllegalStateException(
            "keywords split the bytes into " + stepsOfClass.size() + " classes, at most 127 fit");
      }
    }

    Automaton build() {
      List<int[]> rows = new ArrayList<>();
      List<BitSet> states = new ArrayList<>();
      Map<BitSet, Integer> numbers = new HashMap<>();
      states.add(new BitSet());
      numbers.put(states.getFirst(), 0);
      for (int state = 0; state < states.size(); state++) {
        BitSet places = states.get(state);
        int[] row = state == 0 ? new int[stepsOfClass.size()] : rows.getFirst().clone();
        for (int c = 0; c < row.length; c++) {
          // Where nothing begun goes on, the row is that of the empty state.
          if (state == 0 || places.intersects(stepsOfClass.get(c))) {
            BitSet target = step(places, stepsOfClass.get(c));
            Integer number = numbers.putIfAbsent(target, states.size());
            row[c] = number == null ? states.size() : number;
            if (number == null) {
              states.add(target);
            }
          }
        }
        rows.add(row);
      }
      return arrange(rows, states);
    }

    private BitSet step(BitSet places, BitSet takers) {
      BitSet taken = (BitSet) places.clone();
      taken.or(starts);
      taken.and(takers);
      BitSet reached = new BitSet();
      for (int place = taken.nextSetBit(0); place >= 0; place = taken.nextSetBit(place + 1)) {
        reach(place + 1, reached);
      }
      return reached;
    }

    private void reach(int place, BitSet reached) {
      reached.set(place);
      int k = keywordAt(place);
      int step = place - firstPlace[k];
      if (step < keywords.get(k).length() && keywords.get(k).steps().get(step).optional()) {
        reached.set(place + 1);
      }
    }

    private int keywordAt(int place) {
      int k = Arrays.binarySearch(firstPlace, place);
      return k >= 0 ? k : -k - 2;
    }

    private Automaton arrange(List<int[]> rows, List<BitSet> states) {
      int classes = stepsOfClass.size();
      List<int[]> found = new ArrayList<>();
      int[] offset = new int[rows.size()];
      int quiet = 0;
      for (int s = 0; s < rows.size(); s++) {
        if (ended(states.get(s)).length == 0) {
          offset[s] = quiet++ * classes;
        }
      }
      for (int s = 0; s < rows.size(); s++) {
        int[] ended = ended(states.get(s));
        if (ended.length > 0) {
          offset[s] = (quiet + found.size()) * classes;
          found.add(ended);
        }
      }
      int[] table = new int[rows.size() * classes];
      for (int s = 0; s < rows.size(); s++) {
        for (int c = 0; c < classes; c++) {
          table[offset[s] + c] = offset[rows.get(s)[c]];
        }
      }
      return new Automaton(classOf, classes, table, quiet * classes, found.toArray(int[][]::new));
    }

    private int[] ended(BitSet places) {
      return places.stream()
          .filter(place -> place + 1 == firstPlace[keywordAt(place) + 1])
          .map(this::keywordAt)
          .toArray();
    }
  }
}
