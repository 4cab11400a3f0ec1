package io.foldwise.spark.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.Asked;
import io.foldwise.learn.loss.Logistic;
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

/**
 * Decisions of the planner on both sides of where two ways cost the same: a cost that is three
 * times off turns one of them. The seconds beside the cases are worked out by hand from what was
 * measured of a core: 3.6e9 products a second in building moments, 8e9 in descending on them, 15e9
 * in descending on rows, 1e9 (of 4/3·q³) in an eigenvalue, 2e9 (of q³/3) in a Cholesky factor; 0.02
 * s a small job.
 */
final class PlannerCostsTest {
  private static final Loss SQUARED = new Squared();
  private static final Loss LOGISTIC = new Logistic();
  private static final long GIBIBYTE = 1L << 30;

  /** Eight cores, each a heap of its own. */
  private static final Planner.ClusterResources EIGHT = cluster(8, 8, 1, 64);

  private static final Planner.ClusterResources CLUSTER = cluster(2000, 400, 4, 64);
  private static final String FULL = "batch-size=full; learning-rate=0.1; schedule=constant; ";
  private static final String AUTO = "learning-rate=auto; schedule=constant; ";

  @Test
  void buildingMomentsIsWeighedAgainstDescendingOnRows() {
    // 2·n·q²/3.6e9/8 = 0.57 s; 6·n·(d + 1)·epochs/15e9 = 0.32 s and 0.96 s
    assertEquals("fused", engine(SQUARED, 200_000, 200, FULL + "epochs=20", EIGHT));
    assertEquals("moments", engine(SQUARED, 200_000, 200, FULL + "epochs=60", EIGHT));
  }

  @Test
  void descendingOnMomentsIsWeighedAgainstDescendingOnRows() {
    // 5 folds·(1 + 2) forms·4000 epochs·2·q²/8e9/8 = 1.88 s; on rows 1.44 s and 3.84 s
    assertEquals("fused", engine(SQUARED, 900, 1000, FULL + "epochs=4000", EIGHT));
    assertEquals("moments", engine(SQUARED, 2400, 1000, FULL + "epochs=4000", EIGHT));
  }

  @Test
  void eigenvaluesOfAutomaticRatesAreWeighedAgainstDescendingOnRows() {
    // 5·4/3·q³/1e9/8 = 0.43 s, factors 0.05 s, building 0.22 s, descending 0.12 s and 0.24 s;
    // on rows 0.64 s and 1.28 s
    String full = AUTO + "batch-size=full; epochs=";
    assertEquals("fused", engine(SQUARED, 5000, 800, full + 400, EIGHT));
    assertEquals("moments", engine(SQUARED, 5000, 800, full + 800, EIGHT));
  }

  @Test
  void factorsOfManyMinibatchesAreWeighedAgainstDescendingOnRows() {
    // 5·320·q³/3/2e9/8 = 0.27 s, eigenvalues 0.05 s, building 0.15 s, descending 0.31 s and 0.51 s;
    // on rows 0.62 s and 1.03 s
    String batches = AUTO + "batch-size=160; epochs=";
    assertEquals("fused", engine(SQUARED, 51_200, 200, batches + 150, EIGHT));
    assertEquals("moments", engine(SQUARED, 51_200, 200, batches + 250, EIGHT));
  }

  @Test
  void jobsAreWeighedAgainstTheCoresThatTrialsLeaveIdle() {
    // 40 jobs are 0.8 s; five trials on as many cores take 0.49 s and 1.28 s
    String epochs = FULL + "epochs=20";
    assertEquals("replicate", movement(LOGISTIC, 2_900_000, 20, epochs, CLUSTER).what().label());
    assertEquals("reduce", movement(LOGISTIC, 7_600_000, 20, epochs, CLUSTER).what().label());
  }

  @Test
  void jobsOfStepsAreWeighedAgainstThoseOfSegments() {
    // 3.7 GB are 55 segments of 64 MiB: 56 jobs an epoch and 0.3 s; 46 and 113 steps and scores
    Planner.ClusterResources tight = cluster(2000, 400, 4, 8);
    String grid = "learning-rate=0.1; schedule=constant; epochs=1; l2=log(1e-6,1,20); batch-size=";
    assertEquals(
        "reduce", movement(LOGISTIC, 20_000_000, 20, grid + 450_000, tight).what().label());
    EnginePlan.Moving rotate = movement(LOGISTIC, 20_000_000, 20, grid + 180_000, tight);
    assertEquals("rotate", rotate.what().label());
    assertEquals(55, rotate.segments());
  }

  @Test
  void sumsOfEveryPartitionAreWeighedAgainstTheRowsThemselves() {
    // 8 partitions · 5 folds · 78 moments a minibatch against 10 numbers a row: 312 rows
    String sizes = "learning-rate=0.1; epochs=1000; batch-size=";
    assertEquals("rows", movement(SQUARED, 100_000, 10, sizes + 200, EIGHT).what().label());
    assertEquals("sums", movement(SQUARED, 100_000, 10, sizes + 500, EIGHT).what().label());
  }

  @Test
  void minibatchesOfFewRowsInEachPartitionAreBroughtTogether() {
    String sizes = "learning-rate=0.1; epochs=10; batch-size=";
    assertEquals(8, movement(LOGISTIC, 100_000, 5, sizes + 8 * 24, EIGHT).segments());
    assertEquals(0, movement(LOGISTIC, 100_000, 5, sizes + 8 * 42, EIGHT).segments());
  }

  @Test
  void momentsForRatesAreTakenUpToThreeHundredTermsAndThirtyMillionNumbers() {
    String full = AUTO + "epochs=10; batch-size=";
    assertEquals(2, plan(LOGISTIC, 10_000, 250, full + "full", EIGHT).cost().dataPasses());
    assertEquals(1, plan(LOGISTIC, 10_000, 350, full + "full", EIGHT).cost().dataPasses());
    assertEquals(2, plan(LOGISTIC, 100_000, 100, full + 125, EIGHT).cost().dataPasses());
    assertEquals(1, plan(LOGISTIC, 100_000, 100, full + 62, EIGHT).cost().dataPasses());
  }

  @Test
  void whatIsHeldAndHowManyTasksWorkIsCounted() {
    // 4 minibatches · 5 folds · 12·13/2 moments of 8 bytes; 10 trials
    EnginePlan.Cost moments =
        plan(SQUARED, 4000, 10, "learning-rate=0.1; batch-size=1000; l2=0,1", EIGHT).cost();
    assertEquals(new EnginePlan.Cost(1, 4 * 5 * 78 * 8, 10), moments);
    // features, label, weight and position of each row; 5 trials
    EnginePlan.Cost rows = plan(LOGISTIC, 4000, 10, FULL, EIGHT).cost();
    assertEquals(new EnginePlan.Cost(1, 4000 * 13 * 8, 5), rows);
  }

  private static String engine(
      Loss loss, long rows, int features, String grid, Planner.ClusterResources resources) {
    return plan(loss, rows, features, grid, resources).engine().label();
  }

  private static EnginePlan.Moving movement(
      Loss loss, long rows, int features, String grid, Planner.ClusterResources resources) {
    return plan(loss, rows, features, grid, resources).movement();
  }

  private static EnginePlan plan(
      Loss loss, long rows, int features, String grid, Planner.ClusterResources resources) {
    SearchPlan search =
        new SearchPlan(
            new SearchPlan.Objective(
                loss, PolynomialBasis.Kind.POWER, new InitialWeights.Baseline(), 42),
            new Assignment(rows, 5, Assignment.HASHED_POSITIONS),
            Grid.parse(grid).candidates(loss, rows),
            new SearchPlan.Judging(Metric.of(loss), SelectionRule.BEST, Optional.empty()));
    List<String> names = IntStream.range(0, features).mapToObj(j -> "x" + j).toList();
    return Planner.plan(search, EngineRows.Layout.flat(names), resources, Asked.of("auto", "auto"));
  }

  /** Executors that are shared by some tasks, each with all rows, and a driver with as much. */
  private static Planner.ClusterResources cluster(
      int partitions, int cores, int tasks, long gibibytes) {
    long heap = gibibytes * GIBIBYTE;
    return new Planner.ClusterResources(
        partitions, cores, tasks, tasks, heap, new Planner.Driver(heap, false, GIBIBYTE));
  }
}
