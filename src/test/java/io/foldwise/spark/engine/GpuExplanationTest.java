package io.foldwise.spark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code submit/gpu-plan} makes of RAPIDS' words. */
final class GpuExplanationTest {
  private static final String ALL =
      """
      *Exec <HashAggregateExec> will run on GPU
        *Expression <Sum> sum(t0#281) will run on GPU
        *Partitioning <SinglePartition$> will run on GPU
      """;
  private static final String SOME =
      ALL
          + """
              ! <ScalaUDF> UDF(number#124) cannot run on GPU because it is not supported
              !Expression <ScalaUDF> UDF(number#124) cannot run on GPU because no GPU version was found
              @Expression <Multiply> (a * b) could run on GPU
          """;

  @Test
  void whatIsLeftOnTheCpuIsNamed() {
    GpuPlanTable table = new GpuPlanTable();
    table.add("a search", List.of(GpuExplanation.parsed(ALL), GpuExplanation.parsed(SOME)));
    assertFalse(table.isAllOnGpu());
    assertTrue(table.verdict().contains("a search: ScalaUDF"), table.verdict());
    assertTrue(table.verdict().contains("a search: Multiply"), table.verdict());
  }

  @Test
  void everythingOnTheGpuIsSaid() {
    GpuPlanTable table = new GpuPlanTable();
    table.add("a search", List.of(GpuExplanation.parsed(ALL)));
    assertTrue(table.isAllOnGpu());
    assertTrue(table.text().contains("| a search | 1 | 1 | 2 | nothing |"), table.text());
  }

  @Test
  void silenceIsNoConsent() {
    assertFalse(new GpuPlanTable().isAllOnGpu());
    assertThrows(IllegalStateException.class, () -> GpuExplanation.parsed(""));
    assertEquals(3, GpuExplanation.parsed(ALL).parts().size());
  }
}
