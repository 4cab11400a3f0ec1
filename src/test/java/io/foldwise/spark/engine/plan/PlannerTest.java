package io.foldwise.spark.engine.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.Asked;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which engine and movement a plan gets, why, and what is refused. */
final class PlannerTest {
  private static final long HEAP = Runtime.getRuntime().maxMemory();
  private static final Planner.Driver LOCAL = new Planner.Driver(HEAP, true, 1L << 30);
  private static final Planner.ClusterResources LAPTOP =
      new Planner.ClusterResources(8, 8, 8, 1, HEAP, LOCAL);
  private static final Planner.ClusterResources CLUSTER =
      new Planner.ClusterResources(
          2000, 400, 4, 4, HEAP, new Planner.Driver(HEAP, false, 1L << 30));

  /** Rows of 20 features that take three times the share of the heap that replicate may have. */
  private static final long MANY = 3 * Runtime.getRuntime().maxMemory() / (8 * 23);

  @Test
  void squaredLossOfFewFeaturesComesFromMoments() {
    EnginePlan choice = plan(new Squared(), 10_000, 10, "l2=0,0.1,1", LAPTOP);
    assertEquals("moments", choice.engine().label());
    assertTrue(choice.reason().startsWith("squared loss: one aggregate"), choice.reason());
    assertEquals(1, choice.cost().dataPasses());
  }

  @Test
  void squaredLossOfFewStepsAndManyFeaturesKeepsToRows() {
    EnginePlan choice =
        plan(new Squared(), 20_000, 1500, "epochs=1; learning-rate=0.01; batch-size=full", LAPTOP);
    assertEquals("fused", choice.engine().label());
    assertTrue(choice.reason().contains("times as much"), choice.reason());
  }

  @Test
  void anAutomaticRateTakesMomentsEitherWay() {
    String epoch = "epochs=1; optimizer=nesterov; batch-size=1000; learning-rate=";
    Loss squared = new Squared();
    assertEquals("fused", plan(squared, 1_000_000, 100, epoch + "0.01", LAPTOP).engine().label());
    EnginePlan choice = plan(squared, 1_000_000, 100, epoch + "auto", LAPTOP);
    assertEquals("moments", choice.engine().label());
    assertEquals("rows", choice.movement().what().label());
  }

  @Test
  void squaredLossWhoseMomentsDoNotFitKeepsToRows() {
    EnginePlan choice = plan(new Squared(), 1_000_000, 1000, "batch-size=1000", LAPTOP);
    assertEquals("fused", choice.engine().label());
    assertTrue(choice.reason().contains("would not fit"), choice.reason());
  }

  @Test
  void anyOtherLossTrainsSideBySide() {
    for (Loss loss :
        List.of(new Logistic(), new Hinge(), new Absolute(), new Huber(1), new Quantile(0.5))) {
      EnginePlan choice = plan(loss, 10_000, 20, "l2=0,0.1", LAPTOP);
      assertEquals("fused", choice.engine().label());
      assertEquals("replicate", choice.movement().what().label());
      assertTrue(
          choice.reason().startsWith(loss.label() + " loss: 10 trials side by side"),
          choice.reason());
    }
  }

  @Test
  void rowsBeyondAShareOfTheHeapStayWhereTheyAre() {
    String few = "batch-size=full; epochs=20";
    String many = "batch-size=%d; epochs=20; l2=log(1e-6,1,100)".formatted(MANY / 5000);
    assertEquals("reduce", plan(new Logistic(), MANY, 20, few, CLUSTER).movement().what().label());
    EnginePlan rotate = plan(new Logistic(), MANY, 20, many, CLUSTER);
    assertEquals("rotate", rotate.movement().what().label());
    assertTrue(rotate.movement().segments() > 1);
    assertTrue(rotate.reason().contains("segments of rows"), rotate.reason());
  }

  @Test
  void smallMinibatchesOfManyPartitionsAreBroughtTogether() {
    Planner.ClusterResources spread = new Planner.ClusterResources(200, 8, 8, 1, HEAP, LOCAL);
    assertEquals(0, plan(new Hinge(), 100_000, 5, "batch-size=full", spread).movement().segments());
    assertTrue(plan(new Hinge(), 100_000, 5, "batch-size=100", spread).movement().segments() >= 8);
    Planner.ClusterResources one = new Planner.ClusterResources(1, 8, 8, 1, HEAP, LOCAL);
    assertEquals(0, plan(new Hinge(), 100_000, 5, "batch-size=100", one).movement().segments());
  }

  @Test
  void whatIsAskedForIsDone() {
    SearchPlan squared = search(new Squared(), 1000, "l2=0,1");
    assertEquals("fused", choose(squared, 5, LAPTOP, "fused", "auto").engine().label());
    assertEquals("moments", choose(squared, 5, LAPTOP, "moments", "auto").engine().label());
    for (String movement : List.of("replicate", "reduce", "rotate")) {
      for (String engine : List.of("auto", "fused")) {
        EnginePlan choice = choose(squared, 5, LAPTOP, engine, movement);
        assertEquals("fused", choice.engine().label());
        assertEquals(movement, choice.movement().what().label());
        assertTrue(choice.reason().startsWith("asked for"), choice.reason());
      }
    }
  }

  @Test
  void rowsThatRotateAreCutIntoAtLeastTwoSegments() {
    SearchPlan tiny = search(new Logistic(), 100, "batch-size=10");
    assertTrue(choose(tiny, 2, LAPTOP, "auto", "rotate").movement().segments() >= 2);
  }

  @Test
  void whatCannotBeIsRefusedInALineThatNamesTheWayOut() {
    SearchPlan exact = search(new Squared(), 1000, "optimizer=exact,sgd");
    assertRefused(exact, "fused", "auto", "'optimizer' (exact)", "--engine");
    assertRefused(exact, "auto", "reduce", "'optimizer' (exact)", "--movement");
    SearchPlan logistic = search(new Logistic(), 1000, "l2=0");
    assertRefused(logistic, "moments", "auto", "'engine' (moments)", "logistic", "fused");
    SearchPlan squared = search(new Squared(), 1000, "l2=0");
    assertRefused(squared, "moments", "replicate", "'movement' (replicate)", "moments");
  }

  @Test
  void anExactOptimumKeepsAWholeGridOnMoments() {
    SearchPlan mixed =
        search(new Squared(), 20_000, "optimizer=exact,sgd; epochs=1; batch-size=full");
    assertEquals("moments", choose(mixed, 300, LAPTOP, "auto", "auto").engine().label());
  }

  @Test
  void passesAreThoseOverTheRowsAsTheyAreRead() {
    // packing; then moments for the automatic rate
    assertEquals(2, plan(new Logistic(), 1000, 5, "l2=0", LAPTOP).cost().dataPasses());
    assertEquals(1, plan(new Hinge(), 1000, 5, "l2=0", LAPTOP).cost().dataPasses());
    String fixed = "learning-rate=0.1";
    assertEquals(1, plan(new Logistic(), 1000, 5, fixed, LAPTOP).cost().dataPasses());
  }

  /** Each of 20,000 candidates has 40 of its 1,000 epochs in its curve, and the plan says so. */
  @Test
  void theCurvesOfManyTrialsAreThinned() {
    String grid = "epochs=1000; learning-rate=0.01; l2=log(1e-6,1,20000)";
    EnginePlan many = plan(new Squared(), 1000, 5, grid, LAPTOP);
    assertTrue(many.reason().contains("; curves of 40 points"), many.reason());
    EnginePlan few = plan(new Squared(), 1000, 5, "epochs=1000; l2=log(1e-6,1,800)", LAPTOP);
    assertFalse(few.reason().contains("curves"), few.reason());
  }

  @Test
  void whatTasksSendBackIsForeseen() {
    String grid = "epochs=10; learning-rate=0.01; l2=log(1e-6,1,20000)";
    Planner.ClusterResources tight = driver(HEAP, 100L << 20);
    String refusal = refusal(new Squared(), 1000, 5, grid, tight);
    assertTrue(refusal.startsWith("100,000 trials take 122 MiB to send back, and"), refusal);
    assertTrue(refusal.contains("--conf spark.driver.maxResultSize=2g"), refusal);
    plan(new Squared(), 1000, 5, grid, driver(HEAP, 200L << 20));
    plan(new Squared(), 1000, 5, grid, driver(HEAP, 0));
    String wide = refusal(new Squared(), 1000, 2000, "optimizer=exact", driver(HEAP, 99 << 20));
    assertTrue(wide.startsWith("the moments of 5 blocks of 2,000 terms take"), wide);
    assertTrue(wide.contains("spark.driver.maxResultSize"), wide);
  }

  /** A million features, whose sums alone are 16 MB a fold. */
  @Test
  void weightsMustFitTheHeapsThatHoldThem() {
    String one = "learning-rate=0.1; epochs=2";
    int wide = 1_000_000;
    String laptop = refusal(new Logistic(), 1000, wide, one, driver(1L << 30, 1L << 30));
    assertTrue(laptop.contains("too much for the driver's 1,024 MiB"), laptop);
    assertTrue(laptop.endsWith("or more --driver-memory"), laptop);
    plan(new Logistic(), 1000, wide, one, driver(3L << 30, 1L << 30));
    String executor = refusal(new Logistic(), 1000, wide, one, executors(1L << 29, 4L << 30));
    assertTrue(executor.contains("too much for the executor's 512 MiB"), executor);
    assertTrue(executor.endsWith("or more --executor-memory"), executor);
    String small = refusal(new Logistic(), 1000, wide, one, executors(4L << 30, 1L << 29));
    assertTrue(small.endsWith("or more --driver-memory"), small);
    plan(new Logistic(), 1000, wide, one, executors(4L << 30, 4L << 30));
  }

  /** Moments are held in tasks too: on executors whose heap is another than the driver's. */
  @Test
  void momentsMustFitTheHeapsThatHoldThem() {
    String exact = "optimizer=exact";
    String executor = refusal(new Squared(), 1e6, 2000, exact, executors(1L << 28, 4L << 30));
    assertTrue(executor.contains("too much for the executor's 256 MiB"), executor);
    assertTrue(executor.endsWith("or more --executor-memory"), executor);
    String small = refusal(new Squared(), 1e6, 2000, exact, executors(4L << 30, 1L << 28));
    assertTrue(small.contains("too much for the driver's 256 MiB"), small);
    plan(new Squared(), 1_000_000, 2000, exact, executors(4L << 30, 4L << 30));
  }

  private static Planner.ClusterResources driver(long heap, long mostResults) {
    return new Planner.ClusterResources(
        2, 2, 2, 1, heap, new Planner.Driver(heap, true, mostResults));
  }

  private static Planner.ClusterResources executors(long heap, long ofDriver) {
    return new Planner.ClusterResources(
        4, 4, 2, 2, heap, new Planner.Driver(ofDriver, false, 1L << 30));
  }

  private static String refusal(
      Loss loss, double rows, int features, String grid, Planner.ClusterResources resources) {
    return assertThrows(
            InvalidInputException.class, () -> plan(loss, (long) rows, features, grid, resources))
        .getMessage();
  }

  private static void assertRefused(
      SearchPlan plan, String engine, String movement, String... words) {
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> choose(plan, 5, LAPTOP, engine, movement));
    for (String word : words) {
      assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
    }
    assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
  }

  private static EnginePlan plan(
      Loss loss, long rows, int features, String grid, Planner.ClusterResources resources) {
    return choose(search(loss, rows, grid), features, resources, "auto", "auto");
  }

  private static EnginePlan choose(
      SearchPlan plan,
      int features,
      Planner.ClusterResources resources,
      String engine,
      String movement) {
    List<String> names = IntStream.range(0, features).mapToObj(j -> "x" + j).toList();
    return Planner.plan(plan, EngineRows.Layout.flat(names), resources, Asked.of(engine, movement));
  }

  private static SearchPlan search(Loss loss, long rows, String grid) {
    List<Candidate> candidates = Grid.parse(grid).candidates(loss, rows);
    return new SearchPlan(
        new SearchPlan.Objective(
            loss, PolynomialBasis.Kind.POWER, new InitialWeights.Baseline(), 42),
        new Assignment(rows, 5, Assignment.HASHED_POSITIONS),
        candidates,
        new SearchPlan.Judging(Metric.of(loss), SelectionRule.BEST, Optional.empty()));
  }
}
