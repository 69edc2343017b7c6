package io.clawlive.bench.rooms;

import io.clawlive.bench.load.Median;

/** The repetitions of one measurement on one side. Of what was lost nothing is evened out. */
final class Figures {
  final Median p50 = new Median();
  final Median p99 = new Median();
  final Median max = new Median();
  final Median perSecond = new Median();
  final Median acknowledgedP50 = new Median();
  final Median acknowledgedP99 = new Median();
  final Median cpu = new Median();
  double lost;
}
