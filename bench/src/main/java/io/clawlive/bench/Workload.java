package io.clawlive.bench;

import io.clawlive.bench.load.Effort;
import io.clawlive.bench.report.Report;
import io.clawlive.bench.target.Target;

/** Something that can be measured. */
interface Workload {
  /**
   * Measures and reports.
   *
   * @param effort how long and how often
   * @throws Exception when a program under test does not do what it should; the rows so far stand
   */
  void run(Target target, Effort effort, Report report) throws Exception;
}
