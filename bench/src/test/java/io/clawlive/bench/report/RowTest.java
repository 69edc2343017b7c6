package io.clawlive.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RowTest {
  private static final Row HALF = Row.of("w", "m", 50, "1/s").against("peer", 100);

  @Test
  void aRatioIsHeldAgainstItsBoundFromTheRightSide() {
    assertEquals(Verdict.OK, HALF.requires(new Requirement.RatioAtLeast(0.5)).verdict());
    assertEquals(Verdict.MISSED, HALF.requires(new Requirement.RatioAtLeast(0.51)).verdict());
    assertEquals(Verdict.OK, HALF.requires(new Requirement.RatioAtMost(0.5)).verdict());
    assertEquals(Verdict.MISSED, HALF.requires(new Requirement.RatioAtMost(0.49)).verdict());
  }

  @Test
  void aFigureIsHeldAgainstItsBoundFromTheRightSide() {
    assertEquals(Verdict.OK, HALF.requires(new Requirement.AtMost(50)).verdict());
    assertEquals(Verdict.MISSED, HALF.requires(new Requirement.AtMost(49)).verdict());
    assertEquals(Verdict.OK, HALF.requires(new Requirement.AtLeast(50)).verdict());
    assertEquals(Verdict.MISSED, HALF.requires(new Requirement.AtLeast(51)).verdict());
  }

  @Test
  void aMissingFigureMeetsNoRequirement() {
    Row missing = Row.of("w", "m", Double.NaN, "1/s").against("peer", 100);
    assertEquals(Verdict.MISSED, missing.requires(new Requirement.RatioAtLeast(0)).verdict());
    assertEquals(Verdict.MISSED, missing.requires(new Requirement.AtMost(1e9)).verdict());
  }

  @Test
  void whatWasNotRunIsNeitherMetNorMissed() {
    var report = new Report();
    report.add(Row.notRun("socket-io", "ingest", "node is not on the PATH"));
    assertEquals(Verdict.NOT_RUN, report.rows().getFirst().verdict());
    assertFalse(report.missed());
  }

  @Test
  void aMissedRequirementMakesTheReportMissed() {
    var report = new Report();
    report.add(HALF.requires(new Requirement.AtLeast(51)));
    assertTrue(report.missed());
    assertTrue(report.text().contains("MISSED"), report.text());
  }

  @Test
  void jsonHoldsEveryRowWithMissingFiguresAsNull() {
    var report = new Report();
    report.fact("cores", "2");
    report.add(HALF);
    report.add(Row.notRun("pipe", "a \"quoted\" name", "no launcher"));
    assertEquals(
        """
        {"environment":{"cores":"2"},"rows":[\
        {"workload":"w","measured":"m","ours":50.0,"unit":"1/s","peer":"peer","theirs":100.0,\
        "ratio":0.5,"required":"","verdict":"INFORMS","note":""},\
        {"workload":"pipe","measured":"a \\"quoted\\" name","ours":null,"unit":"","peer":"",\
        "theirs":null,"ratio":null,"required":"","verdict":"NOT_RUN",\
        "note":"not run: no launcher"}]}\
        """,
        report.json());
  }
}
