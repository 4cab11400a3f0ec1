package io.foldwise.spark.engine;

import static io.foldwise.learn.model.PolynomialBasis.Kind.CHEBYSHEV;
import static io.foldwise.spark.engine.EngineContract.trials;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.learn.score.Sum;
import io.foldwise.oracle.RowOracle;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an engine does whatever the data's layout, and when the data or a trial go wrong. */
abstract class EngineRobustnessContract implements EngineContract {
  private static final Setting SQUARED = Setting.squared();
  private static final TrainingRows ROWS =
      TrainingRows.random(57, 2, 5, 21, EngineRobustnessContract::plane);

  @Test
  void partitionsAndTheOrderOfRowsChangeNothing() {
    for (PolynomialBasis.Kind basis : PolynomialBasis.Kind.values()) {
      SearchPlan plan =
          plan(
              SQUARED.in(basis).fromZeros(),
              ROWS,
              "optimizer=sgd,adam; degree=1..3; epochs=60; batch-size=10,full; l1=0,0.1",
              "optimizer=momentum,nesterov; degree=1..3; epochs=60; l1=0,0.1",
              "optimizer=exact; degree=1..3; l1=0,0.1; l2=0,0.1");
      List<TrialResult> expected = train(plan, Frames.engineRows(ROWS, 1));
      for (int most : some(List.of(3, 16, 80))) {
        int partitions = Math.min(most, mostPartitions());
        assertSame(expected, train(plan, Frames.engineRows(ROWS, partitions)));
        assertSame(expected, train(plan, Frames.shuffled(ROWS, partitions, partitions)));
      }
    }
  }

  @Test
  void drawnWeightsComeFromTheSeedAlone() {
    for (InitialWeights drawn :
        List.of(new InitialWeights.Normal(), new InitialWeights.Uniform())) {
      SearchPlan plan = plan(SQUARED.from(drawn), ROWS, "epochs=2; batch-size=10");
      assertSame(train(plan, Frames.engineRows(ROWS, 1)), train(plan, Frames.shuffled(ROWS, 7, 3)));
    }
  }

  @Test
  void resultsComeInTheOrderOfTheTrialsAndAgainWhenAskedAgain() {
    SearchPlan plan =
        plan(SQUARED.fromZeros(), ROWS, "optimizer=sgd,adam,exact; degree=1,2; epochs=20");
    List<Trial> trials = trials(plan);
    List<Trial> shuffled = new ArrayList<>(trials);
    Collections.shuffle(shuffled, new java.util.Random(1));
    try (TrialEngine engine = open(plan, Frames.engineRows(ROWS, 2))) {
      assertAgreesWithRows(ROWS, plan, trials, engine.train(trials));
      assertAgreesWithRows(ROWS, plan, shuffled, engine.train(shuffled));
      assertAgreesWithRows(ROWS, plan, shuffled, engine.train(shuffled));
      assertTrue(engine.train(List.of()).isEmpty());
    }
  }

  @Test
  void aDivergedTrialIsMarkedAndTheOthersGoOn() {
    String calm = "learning-rate=0.01; optimizer=sgd,momentum,nesterov; epochs=200; l1=0,0.1";
    SearchPlan plan =
        plan(
            SQUARED,
            ROWS,
            calm.replace("0.01", "200,1e300,500"),
            calm,
            "learning-rate=500; epochs=3000");
    RowOracle oracle = new RowOracle(ROWS, plan, visiting(plan, trials(plan)));
    Agreement agreement = new Agreement(ROWS);
    for (TrialResult result : train(plan, Frames.engineRows(ROWS, 2))) {
      if (result.rate().used() > 1) {
        assertTrue(result.diverged(), result.trial().toString());
        assertTrue(result.rate().auto() > 0 && result.rate().auto() < 1);
      } else {
        agreement.check(oracle.train(result.trial()), result);
      }
    }
  }

  @Test
  void aHeldOutLabelTouchesNothingThatWasTrainedWithoutIt() {
    SearchPlan plan =
        plan(
            SQUARED.in(CHEBYSHEV).fromZeros(),
            ROWS,
            "optimizer=sgd,adam; degree=1..2; batch-size=10,full; epochs=30",
            "optimizer=nesterov; degree=1..2; batch-size=30; epochs=30",
            "optimizer=exact; degree=1..2; l1=0,0.1");
    int row = 17;
    TrainingRows moved = ROWS.withLabel(row, ROWS.y()[row] + 50);
    assertOnlyOthersMoved(
        train(plan, Frames.engineRows(ROWS, 2)),
        train(plan, Frames.engineRows(moved, 2)),
        ROWS.fold()[row]);
  }

  /** Scaling by all rows, the held-out ones too, would show in every trial here. */
  @Test
  void aHeldOutFeatureTouchesNothingThatWasTrainedWithoutIt() {
    int row = 23;
    TrainingRows moved = ROWS.withFeature(row, 1, 400);
    String line = "optimizer=sgd,adam,exact; batch-size=10,full; epochs=30; l2=0.1";
    for (PolynomialBasis.Kind basis : PolynomialBasis.Kind.values()) {
      SearchPlan plan = plan(SQUARED.in(basis).fromZeros(), ROWS, line);
      assertOnlyOthersMoved(
          train(plan, Frames.engineRows(ROWS, 2)),
          train(plan, Frames.engineRows(moved, 2)),
          ROWS.fold()[row]);
    }
  }

  @Test
  void everySumOfEveryModelComesInOnePassOverTheRows() {
    SearchPlan plan =
        plan(SQUARED.in(CHEBYSHEV), ROWS, "optimizer=sgd,exact; degree=1..3; epochs=10");
    try (TrialEngine engine = open(plan, Frames.engineRows(ROWS, 3))) {
      List<TrialResult> trained = engine.train(trials(plan));
      int passes = engine.report().dataPasses();
      List<TrialResult.Scores> scores = engine.score(trained, Metric.MAE).trials();
      assertTrue(engine.report().dataPasses() <= passes + 1, engine.report().toString());
      assertEquals(trained.size(), scores.size());
      for (int i = 0; i < scores.size(); i++) {
        int held = trained.get(i).trial().heldOut();
        LinearModel model = trained.get(i).model();
        assertSums(
            sums(model, ROWS, ROWS.trainedOn(trained.get(i).trial().split())),
            scores.get(i).training());
        assertSums(sums(model, ROWS, ROWS.heldOut(held)), scores.get(i).validation());
      }
    }
  }

  @Test
  void testRowsAreScoredByTheModelAlone() {
    SearchPlan plan = plan(SQUARED.in(CHEBYSHEV), ROWS, "degree=2; epochs=10");
    TrainingRows test = TrainingRows.random(19, 2, 2, 22, EngineRobustnessContract::plane);
    try (TrialEngine engine = open(plan, Frames.withTest(ROWS, test))) {
      TrialResult fit =
          engine.train(List.of(Trial.of(plan.candidates().get(0), Split.NONE))).get(0);
      assertSums(sums(fit.model(), test, test.trainedOn(Split.NONE)), engine.scoreTest(fit));
    }
    try (TrialEngine engine = open(plan, Frames.engineRows(ROWS, 2))) {
      TrialResult fit =
          engine.train(List.of(Trial.of(plan.candidates().get(0), Split.NONE))).get(0);
      assertEquals(0, engine.scoreTest(fit).rows());
    }
  }

  @Test
  void aMissingOrInfiniteCellIsRefused() {
    for (PolynomialBasis.Kind basis : PolynomialBasis.Kind.values()) {
      SearchPlan plan = plan(SQUARED.in(basis), ROWS, "degree=1,2; epochs=3");
      for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
        for (TrainingRows broken : List.of(ROWS.withLabel(3, bad), ROWS.withFeature(4, 1, bad))) {
          assertThrows(
              InvalidInputException.class, () -> train(plan, Frames.engineRows(broken, 2)));
        }
      }
    }
  }

  private static void assertOnlyOthersMoved(
      List<TrialResult> before, List<TrialResult> after, int fold) {
    for (int i = 0; i < before.size(); i++) {
      String trial = before.get(i).trial().toString();
      double[] old = Agreement.powers(before.get(i));
      double[] now = Agreement.powers(after.get(i));
      MetricSums training = before.get(i).scores().training();
      if (before.get(i).trial().heldOut() == fold) {
        // the sums of the other rows are the same bits; their shift may be another
        Agreement.assertCoefficients(old, now, 1e-12, trial);
        assertEquals(
            Metric.MSE.of(training),
            Metric.MSE.of(after.get(i).scores().training()),
            1e-9 * Metric.MSE.of(training),
            trial);
      } else {
        assertFalse(java.util.Arrays.equals(old, now), trial + " did not see the row");
      }
    }
  }

  private static void assertSame(List<TrialResult> expected, List<TrialResult> actual) {
    Agreement agreement = new Agreement(ROWS);
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      agreement.check(expected.get(i), actual.get(i));
    }
  }

  /** n, Σe², Σ|e|, max |e|, ȳ and Σ(y − ȳ)² of some rows. */
  private static double[] sums(LinearModel model, TrainingRows rows, int[] over) {
    double[] sums = {over.length, 0, 0, 0, 0, 0};
    for (int i : over) {
      double error = model.predict(rows.x()[i]) - rows.y()[i];
      sums[1] += error * error;
      sums[2] += Math.abs(error);
      sums[3] = Math.max(sums[3], Math.abs(error));
      sums[4] += rows.y()[i] / over.length;
    }
    for (int i : over) {
      sums[5] += (rows.y()[i] - sums[4]) * (rows.y()[i] - sums[4]);
    }
    return sums;
  }

  private static void assertSums(double[] expected, MetricSums actual) {
    assertArrayEquals(
        expected,
        new double[] {
          actual.rows(),
          actual.sum(Sum.of(new Squared())),
          actual.sum(Sum.of(new Absolute())),
          actual.sum(Sum.largestError()),
          actual.labels().mean(),
          actual.labels().deviation()
        },
        1e-9 * Math.max(1, expected[5]));
  }

  private static double plane(double[] x) {
    return 1 + 2 * x[0] - 0.7 * x[1];
  }
}
