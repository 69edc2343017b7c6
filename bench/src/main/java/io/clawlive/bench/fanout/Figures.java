package io.clawlive.bench.fanout;

import io.clawlive.bench.load.Median;

/** The repetitions of one measurement on one stage. */
final class Figures {
  final Median perSecond = new Median();
  final Median p50 = new Median();
  final Median p99 = new Median();
  final Median cpu = new Median();

  void add(Measured measured) {
    perSecond.add(measured.deliveries().perSecond());
    p50.add(measured.deliveries().p50Millis());
    p99.add(measured.deliveries().p99Millis());
    cpu.add(measured.cpuMicros());
  }
}
