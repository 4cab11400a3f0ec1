package io.foldwise.spark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.InitialWeights;
import io.foldwise.learn.Loss;
import io.foldwise.learn.PolynomialBasis;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.Grid;
import io.foldwise.search.InvalidInputException;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which engine and movement a plan gets, why, and what is refused. */
final class PlannerTest {
  private static final long HEAP = Runtime.getRuntime().maxMemory();
  private static final Planner.Workplace LAPTOP = new Planner.Workplace(8, 8, 8, 1, HEAP);
  private static final Planner.Workplace CLUSTER = new Planner.Workplace(2000, 400, 4, 4, HEAP);

  /** Rows of 20 features that take three times the share of the heap that replicate may have. */
  private static final long MANY = 3 * Runtime.getRuntime().maxMemory() / (8 * 23);

  @Test
  void squaredLossOfFewFeaturesComesFromMoments() {
    EnginePlan choice = plan(new Loss.Squared(), 10_000, 10, "l2=0,0.1,1", LAPTOP);
    assertEquals("moments", choice.engine());
    assertTrue(choice.reason().startsWith("squared loss: one aggregate"), choice.reason());
    assertEquals(1, choice.cost().dataPasses());
  }

  @Test
  void squaredLossOfFewStepsAndManyFeaturesKeepsToRows() {
    EnginePlan choice =
        plan(
            new Loss.Squared(),
            20_000,
            1500,
            "epochs=1; learning-rate=0.01; batch-size=full",
            LAPTOP);
    assertEquals("fused", choice.engine());
    assertTrue(choice.reason().contains("times as much"), choice.reason());
  }

  @Test
  void anAutomaticRateTakesMomentsEitherWay() {
    String epoch = "epochs=1; optimizer=nesterov; batch-size=1000; learning-rate=";
    Loss squared = new Loss.Squared();
    assertEquals("fused", plan(squared, 1_000_000, 100, epoch + "0.01", LAPTOP).engine());
    EnginePlan choice = plan(squared, 1_000_000, 100, epoch + "auto", LAPTOP);
    assertEquals("moments", choice.engine());
    assertEquals("rows", choice.movement().name());
  }

  @Test
  void squaredLossWhoseMomentsDoNotFitKeepsToRows() {
    EnginePlan choice = plan(new Loss.Squared(), 1_000_000, 1000, "batch-size=1000", LAPTOP);
    assertEquals("fused", choice.engine());
    assertTrue(choice.reason().contains("would not fit"), choice.reason());
  }

  @Test
  void anyOtherLossTrainsSideBySide() {
    for (Loss loss :
        List.of(
            new Loss.Logistic(),
            new Loss.Hinge(),
            new Loss.Absolute(),
            new Loss.Huber(1),
            new Loss.Quantile(0.5))) {
      EnginePlan choice = plan(loss, 10_000, 20, "l2=0,0.1", LAPTOP);
      assertEquals("fused", choice.engine());
      assertEquals("replicate", choice.movement().name());
      assertTrue(
          choice.reason().startsWith(loss.label() + " loss: 10 trials side by side"),
          choice.reason());
    }
  }

  @Test
  void rowsBeyondAShareOfTheHeapStayWhereTheyAre() {
    String few = "batch-size=full; epochs=20";
    String many = "batch-size=%d; epochs=20; l2=log(1e-6,1,100)".formatted(MANY / 5000);
    assertEquals("reduce", plan(new Loss.Logistic(), MANY, 20, few, CLUSTER).movement().name());
    EnginePlan rotate = plan(new Loss.Logistic(), MANY, 20, many, CLUSTER);
    assertEquals("rotate", rotate.movement().name());
    assertTrue(rotate.movement().segments() > 1);
    assertTrue(rotate.reason().contains("segments of rows"), rotate.reason());
  }

  @Test
  void smallMinibatchesOfManyPartitionsAreBroughtTogether() {
    Planner.Workplace spread = new Planner.Workplace(200, 8, 8, 1, HEAP);
    assertEquals(
        0, plan(new Loss.Hinge(), 100_000, 5, "batch-size=full", spread).movement().segments());
    assertTrue(
        plan(new Loss.Hinge(), 100_000, 5, "batch-size=100", spread).movement().segments() >= 8);
    Planner.Workplace one = new Planner.Workplace(1, 8, 8, 1, HEAP);
    assertEquals(
        0, plan(new Loss.Hinge(), 100_000, 5, "batch-size=100", one).movement().segments());
  }

  @Test
  void whatIsAskedForIsDone() {
    SearchPlan squared = search(new Loss.Squared(), 1000, "l2=0,1");
    assertEquals("fused", choose(squared, 5, LAPTOP, "fused", "auto").engine());
    assertEquals("moments", choose(squared, 5, LAPTOP, "moments", "auto").engine());
    for (String movement : List.of("replicate", "reduce", "rotate")) {
      for (String engine : List.of("auto", "fused")) {
        EnginePlan choice = choose(squared, 5, LAPTOP, engine, movement);
        assertEquals("fused", choice.engine());
        assertEquals(movement, choice.movement().name());
        assertTrue(choice.reason().startsWith("asked for"), choice.reason());
      }
    }
  }

  @Test
  void rowsThatRotateAreCutIntoAtLeastTwoSegments() {
    SearchPlan tiny = search(new Loss.Logistic(), 100, "batch-size=10");
    assertTrue(choose(tiny, 2, LAPTOP, "auto", "rotate").movement().segments() >= 2);
  }

  @Test
  void whatCannotBeIsRefusedInALineThatNamesTheWayOut() {
    SearchPlan exact = search(new Loss.Squared(), 1000, "optimizer=exact,sgd");
    assertRefused(exact, "fused", "auto", "'optimizer' (exact)", "--engine");
    assertRefused(exact, "auto", "reduce", "'optimizer' (exact)", "--movement");
    SearchPlan logistic = search(new Loss.Logistic(), 1000, "l2=0");
    assertRefused(logistic, "moments", "auto", "'engine' (moments)", "logistic", "fused");
    SearchPlan squared = search(new Loss.Squared(), 1000, "l2=0");
    assertRefused(squared, "moments", "replicate", "'movement' (replicate)", "moments");
  }

  @Test
  void anExactOptimumKeepsAWholeGridOnMoments() {
    SearchPlan mixed =
        search(new Loss.Squared(), 20_000, "optimizer=exact,sgd; epochs=1; batch-size=full");
    assertEquals("moments", choose(mixed, 300, LAPTOP, "auto", "auto").engine());
  }

  @Test
  void passesAreThoseOverTheRowsAsTheyAreRead() {
    // packing; then moments for the automatic rate
    assertEquals(2, plan(new Loss.Logistic(), 1000, 5, "l2=0", LAPTOP).cost().dataPasses());
    assertEquals(1, plan(new Loss.Hinge(), 1000, 5, "l2=0", LAPTOP).cost().dataPasses());
    String fixed = "learning-rate=0.1";
    assertEquals(1, plan(new Loss.Logistic(), 1000, 5, fixed, LAPTOP).cost().dataPasses());
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
      Loss loss, long rows, int features, String grid, Planner.Workplace workplace) {
    return choose(search(loss, rows, grid), features, workplace, "auto", "auto");
  }

  private static EnginePlan choose(
      SearchPlan plan, int features, Planner.Workplace workplace, String engine, String movement) {
    List<String> names = IntStream.range(0, features).mapToObj(j -> "x" + j).toList();
    return Planner.plan(
        plan, EngineRows.Layout.flat(names), workplace, new SparkEngines.Wanted(engine, movement));
  }

  private static SearchPlan search(Loss loss, long rows, String grid) {
    List<Candidate> candidates = Grid.parse(grid).candidates(loss, rows);
    return new SearchPlan(
        new SearchPlan.Objective(
            loss, PolynomialBasis.Kind.POWER, new InitialWeights.Baseline(), 42),
        new Assignment(rows, 5, Assignment.HASHED_PLACES),
        candidates,
        new SearchPlan.Judging(loss.metric(), SelectionRule.BEST, Optional.empty()));
  }
}
