package io.foldwise.spark.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.Asked;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Assignment;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a plan is computed on, and that it is said. */
final class DeviceChoiceTest {
  private static final Device NONE = new Device(Device.Use.CPU, "no NVIDIA driver");
  private static final Device CPU = new Device(Device.Use.CPU, "");
  private static final Device GPU = new Device(Device.Use.GPU, "");
  private static final Device EITHER = new Device(Device.Use.EITHER, "");
  private static final Planner.ClusterResources LAPTOP =
      new Planner.ClusterResources(
          8, 8, 8, 1, 4L << 30, new Planner.Driver(4L << 30, true, 1L << 30));

  @Test
  void withoutAGpuTheCpuIsTakenAndWhyIsSaid() {
    EnginePlan choice = choose(1000, 20, "auto", NONE);
    assertEquals("moments", choice.engine().label());
    assertEquals("cpu", choice.device().label());
    assertTrue(choice.reason().endsWith("; on the CPU, no NVIDIA driver"), choice.reason());
  }

  @Test
  void aGpuThatWasAskedForRunsTheSqlEngine() {
    EnginePlan choice = choose(1000, 20, "auto", GPU);
    assertEquals("sql", choice.engine().label());
    assertEquals("gpu", choice.device().label());
    assertEquals("sums", choice.movement().what().label());
  }

  /** Nobody has measured a GPU: where a person leaves the choice open, none is taken. */
  @Test
  void aGpuIsTakenOnlyWhereItIsAskedFor() {
    for (long rows : new long[] {1000, 100_000_000}) {
      EnginePlan choice = choose(rows, 100, "auto", EITHER);
      assertEquals("cpu", choice.device().label());
      assertTrue(
          choice.reason().endsWith("as no GPU has been measured yet: --device gpu takes it"),
          choice.reason());
    }
  }

  @Test
  void theSqlEngineRunsOnTheCpuToo() {
    EnginePlan choice = choose(1000, 20, "sql", CPU);
    assertEquals("sql", choice.engine().label());
    assertEquals("cpu", choice.device().label());
  }

  @Test
  void anEngineThatWasAskedForSaysWhereItRunsAndWhy() {
    EnginePlan choice = choose(1000, 20, "sql", NONE);
    assertEquals("cpu", choice.device().label());
    assertTrue(choice.reason().endsWith("; on the CPU, no NVIDIA driver"), choice.reason());
    EnginePlan gpu = choose(1000, 20, "sql", EITHER);
    assertEquals("gpu", gpu.device().label());
    assertTrue(gpu.reason().endsWith("; on the GPU"), gpu.reason());
    for (String engine : List.of("moments", "fused")) {
      EnginePlan cpu = choose(100_000_000, 100, engine, EITHER);
      assertEquals("cpu", cpu.device().label());
      assertTrue(cpu.reason().contains("; on the CPU, where"), cpu.reason());
    }
  }

  @Test
  void whatAGpuCannotDoIsRefused() {
    for (String engine : List.of("moments", "fused")) {
      assertThrows(InvalidInputException.class, () -> choose(1000, 20, engine, GPU));
    }
    assertThrows(InvalidInputException.class, () -> choose(wanted("sql", "rotate", CPU), 20));
    assertThrows(InvalidInputException.class, () -> choose(wanted("auto", "replicate", GPU), 20));
  }

  private static EngineRequest wanted(String engine, String movement, Device device) {
    return Asked.of(engine, movement, device);
  }

  private static EnginePlan choose(EngineRequest wanted, int features) {
    return choose(1000, features, wanted);
  }

  private static EnginePlan choose(long rows, int features, String engine, Device device) {
    return choose(rows, features, wanted(engine, "auto", device));
  }

  private static EnginePlan choose(long rows, int features, EngineRequest wanted) {
    List<String> names = IntStream.range(0, features).mapToObj(j -> "x" + j).toList();
    Loss loss = new Squared();
    SearchPlan plan =
        new SearchPlan(
            new SearchPlan.Objective(
                loss, PolynomialBasis.Kind.POWER, new InitialWeights.Baseline(), 42),
            new Assignment(rows, 5, Assignment.HASHED_POSITIONS),
            Grid.parse("l2=0,0.1; batch-size=full").candidates(loss, rows),
            new SearchPlan.Judging(Metric.of(loss), SelectionRule.BEST, Optional.empty()));
    return Planner.plan(plan, EngineRows.Layout.flat(names), LAPTOP, wanted);
  }
}
