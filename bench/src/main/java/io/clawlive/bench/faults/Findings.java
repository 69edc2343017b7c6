package io.clawlive.bench.faults;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a log says about its writers.
 *
 * @param events events of the writers
 * @param lost acknowledged and not there
 * @param twice there more than once
 * @param disordered there after a later one of the same writer
 */
record Findings(long events, long lost, long twice, long disordered) {

  /**
   * Compares.
   *
   * @param acknowledged the highest acknowledged number of each writer
   */
  static Findings of(Log log, Map<String, Long> acknowledged) {
    Map<String, List<Long>> written = log.byWriter();
    long events = 0;
    long lost = 0;
    long twice = 0;
    long disordered = 0;
    for (Map.Entry<String, Long> writer : acknowledged.entrySet()) {
      Set<Long> seen = new HashSet<>();
      long highest = 0;
      for (long number : written.getOrDefault(writer.getKey(), List.of())) {
        events++;
        if (!seen.add(number)) {
          twice++;
        } else if (number < highest) {
          disordered++;
        }
        highest = Math.max(highest, number);
      }
      lost += writer.getValue() - seen.stream().filter(n -> n <= writer.getValue()).count();
    }
    return new Findings(events, lost, twice, disordered);
  }

  Findings plus(Findings other) {
    return new Findings(
        events + other.events,
        lost + other.lost,
        twice + other.twice,
        disordered + other.disordered);
  }
}
