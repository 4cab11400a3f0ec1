package io.foldwise.spark.engine;

import static io.foldwise.learn.model.PolynomialBasis.Kind.CHEBYSHEV;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.EpsilonInsensitive;
import io.foldwise.learn.loss.Gamma;
import io.foldwise.learn.loss.SquaredHinge;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.oracle.RowOracle;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every loss but the squared one steps as on rows.
 *
 * <p>At a kink the last bit of a prediction would decide between two subgradients. On these data no
 * error comes so near to one, but where a baseline stands on it exactly: the best constant of the
 * absolute loss is a label, that of the hinge loss is ±1. There both sides have errors of exactly
 * zero, and the subgradient that the loss names.
 */
public abstract class LossContract implements EngineContract {
  private static final TrainingRows ROWS = TrainingRows.random(53, 2, 5, 41, LossContract::plane);
  private static final String SCHEDULES =
      "; schedule=constant,inverse-scaling(0.5),exponential(0.9),cosine; batch-size=8,full";
  private static final String PENALTIES = "; l1=0,0.02; l2=0,0.05";

  /** All losses but the squared one; of an engine that is slow, one of each shape. */
  private List<LossCase> others() {
    List<LossCase> all = LossCase.others(ROWS);
    List<Class<?>> alike = List.of(EpsilonInsensitive.class, Gamma.class, SquaredHinge.class);
    return mostOfAKind() >= all.size()
        ? all
        : all.stream().filter(each -> !alike.contains(each.loss().getClass())).toList();
  }

  @Test
  void everyOptimiserScheduleAndPenaltyStepsAsOnRows() {
    for (LossCase each : others()) {
      String plain = "optimizer=sgd,momentum,nesterov; learning-rate=0.05; epochs=12";
      check(each, each.setting(), 3, plain + SCHEDULES + PENALTIES);
      check(
          each,
          each.setting().fromZeros(),
          3,
          "optimizer=adagrad,adam; learning-rate=0.1; epochs=12" + SCHEDULES + PENALTIES,
          "optimizer=rmsprop; learning-rate=0.01; epochs=3" + SCHEDULES + PENALTIES);
    }
  }

  @Test
  void automaticRatesAndTheirSchedulesAreThoseOfTheTrainingSet() {
    for (LossCase each : others()) {
      check(
          each,
          each.setting(),
          16,
          "optimizer=sgd; l2=0,0.1,10; batch-size=5,20,full; epochs=8",
          "optimizer=momentum,nesterov; momentum=0.5,0.9; batch-size=20,full; epochs=8",
          "optimizer=sgd; standardize=false; batch-size=20,full; epochs=5");
      check(
          each, each.setting().fromZeros(), 16, "optimizer=adagrad,adam; batch-size=7; epochs=15");
    }
  }

  @Test
  void everyDegreeFormAndBasisTrainsInItsOwnCoordinates() {
    String grid = "learning-rate=0.02; batch-size=16,full; epochs=8; standardize=true,false";
    for (LossCase each : someOthers(ROWS)) {
      check(each, each.setting(), 1, grid + "; degree=1,2; fit-intercept=true,false");
      check(each, each.setting().in(CHEBYSHEV), 1, grid + "; degree=1..3" + PENALTIES);
    }
  }

  @Test
  void descentStartsFromTheWeightsItIsGiven() {
    InitialWeights given = new InitialWeights.Given(0.7, Map.of("x0", 0.3, "x1", -0.4));
    for (LossCase each : someOthers(ROWS)) {
      check(each, each.setting().from(given), 1, "epochs=3; batch-size=9; standardize=true,false");
      check(each, each.setting().fromZeros(), 3, "epochs=3; batch-size=9; fit-intercept=false");
    }
  }

  @Test
  void trialsThatHaveNothingInCommonShareACall() {
    for (LossCase each : someOthers(ROWS)) {
      check(
          each,
          each.setting(),
          3,
          "learning-rate=0.1; epochs=9; batch-size=5",
          "learning-rate=0.03; epochs=2,5; batch-size=full; degree=2; fit-intercept=false",
          "learning-rate=0.07; epochs=1; batch-size=11; degree=2; l1=0.3; standardize=false",
          "optimizer=nesterov; learning-rate=0.01; epochs=4,7; batch-size=5,53; l2=1");
    }
  }

  @Test
  void minibatchesOfOneRowAndWhollyHeldOutOnesAreTakenAsTheyCome() {
    TrainingRows two = TrainingRows.random(16, 2, 2, 42, LossContract::plane);
    TrainingRows each = TrainingRows.random(13, 2, 13, 43, LossContract::plane);
    String grid =
        "optimizer=sgd,momentum; learning-rate=0.05; epochs=4; batch-size=1,4,full; l2=0,0.1";
    for (TrainingRows rows : List.of(two, each, two.withFoldsAsMinibatches())) {
      for (LossCase loss : someOthers(rows)) {
        check(loss, loss.setting(), 16, grid);
      }
    }
  }

  @Test
  void aDivergedColumnLeavesThoseBesideItAlone() {
    for (LossCase each : someOthers(ROWS)) {
      SearchPlan plan =
          plan(
              each.setting(),
              each.rows(),
              each.grid("learning-rate=0.05,1e300; batch-size=10; epochs=6; l2=0,0.1"));
      RowOracle oracle =
          new RowOracle(each.rows(), plan, visiting(plan, EngineContract.trials(plan)));
      Agreement agreement = new Agreement(each.rows());
      for (TrialResult result : train(plan, Frames.engineRows(each.rows(), 3))) {
        assertEquals(result.rate().used() > 1, result.diverged(), result.trial().toString());
        if (!result.diverged()) {
          agreement.check(oracle.train(result.trial()), result);
        }
      }
    }
  }

  @Test
  void forwardChainingTrainsOnEarlierFoldsAndScoresTheNext() {
    for (LossCase each : someOthers(ROWS)) {
      SearchPlan plan =
          EngineContract.forward(
              plan(each.setting(), each.rows(), each.grid("batch-size=10; epochs=5; l2=0,0.1")));
      assertAgreesWithRows(each.rows(), plan);
    }
  }

  @Test
  void thePurgedEndOfAFoldIsScoredWithItAndNotTrainedOnForTheNext() {
    for (LossCase each : someOthers(ROWS)) {
      SearchPlan plan =
          EngineContract.purged(
              plan(each.setting(), each.rows(), each.grid("batch-size=10; epochs=3")));
      assertAgreesWithRows(each.rows(), plan);
    }
  }

  @Test
  void aHeldOutRowTouchesNothingThatWasTrainedWithoutIt() {
    int row = 29;
    for (LossCase each : someOthers(ROWS)) {
      TrainingRows rows = each.rows();
      double label = each.loss().isBinary() ? 1 - rows.y()[row] : 500;
      TrainingRows moved = rows.withLabel(row, label).withFeature(row, 1, 400);
      SearchPlan plan = plan(each.setting(), rows, each.grid("batch-size=10; epochs=5; l2=0,0.1"));
      List<TrialResult> before = train(plan, Frames.engineRows(rows, 2));
      List<TrialResult> after = train(plan, Frames.engineRows(moved, 2));
      for (int i = 0; i < before.size(); i++) {
        assertMoved(
            before.get(i), after.get(i), before.get(i).trial().heldOut() != rows.fold()[row]);
      }
    }
  }

  private static void assertMoved(TrialResult before, TrialResult after, boolean moves) {
    String trial = before.trial().toString();
    double[] old = Agreement.powers(before);
    double[] now = Agreement.powers(after);
    if (moves) {
      assertFalse(Arrays.equals(old, now), trial + " did not see the row");
    } else {
      // the shift is a mean of some rows, of this one too
      Agreement.assertCoefficients(old, now, 1e-11, trial);
      assertTrue(after.curve().epochs().length > 0);
    }
  }

  private void check(LossCase each, Setting setting, int partitions, String... grids) {
    String[] own = Arrays.stream(grids).map(each::grid).toArray(String[]::new);
    assertAgreesWithRows(each.rows(), plan(setting, each.rows(), own), partitions);
  }

  public static double plane(double[] x) {
    return 1 + 2 * x[0] - 0.7 * x[1];
  }
}
