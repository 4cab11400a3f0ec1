package io.foldwise.spark.engine;

import static io.foldwise.learn.model.PolynomialBasis.Kind.CHEBYSHEV;
import static io.foldwise.learn.model.PolynomialBasis.Kind.POWER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Split;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An engine's numbers are those of minibatch gradient descent on rows, whatever it moves where.
 *
 * <p>Adaptive optimisers start from zeros on full batches: at the baseline the intercept of
 * standardised features has no gradient but rounding, which they blow up to steps of their rate.
 * Momentum at the automatic rate gets minibatches of some size: on a few rows it is unstable.
 */
abstract class TrialEngineContract implements EngineContract {
  private static final Setting SQUARED = Setting.squared();
  private static final String PENALTIES = "; l1=0,0.3; l2=0,0.05";

  @Test
  void everyOptimiserScheduleAndPenaltyStepsAsOnRows() {
    TrainingRows rows = TrainingRows.random(53, 2, 5, 1, TrialEngineContract::plane);
    String schedules =
        "; schedule=constant,inverse-scaling(0.5),exponential(0.9),cosine; batch-size=8,full";
    assertAgreesWithRows(
        rows,
        plan(SQUARED, rows, "optimizer=sgd,momentum,nesterov; epochs=30" + schedules + PENALTIES));
    assertAgreesWithRows(
        rows,
        plan(
            SQUARED.in(POWER).fromZeros(),
            rows,
            "optimizer=adagrad,adam; learning-rate=0.1; epochs=30" + schedules + PENALTIES,
            "optimizer=rmsprop; learning-rate=0.01; epochs=5" + schedules + PENALTIES));
  }

  @Test
  void automaticAndGivenRatesAreThoseOfTheTrainingSet() {
    TrainingRows rows = TrainingRows.random(41, 2, 3, 2, TrialEngineContract::plane);
    assertAgreesWithRows(
        rows,
        plan(
            SQUARED.in(CHEBYSHEV),
            rows,
            "optimizer=sgd; l2=0,0.1,10; batch-size=5,20,full; epochs=40",
            "optimizer=momentum,nesterov; l2=0,0.1,10; batch-size=20,full; epochs=40",
            "optimizer=sgd,nesterov; standardize=false; batch-size=20,full; epochs=40",
            "optimizer=momentum; momentum=0,0.5,0.99; learning-rate=0.01,0.02; epochs=60",
            "optimizer=adagrad,adam; batch-size=5",
            "optimizer=rmsprop; batch-size=5; epochs=5"));
  }

  @Test
  void adaptiveOptimisersAgreeForAHundredEpochs() {
    TrainingRows rows = TrainingRows.random(47, 2, 4, 3, TrialEngineContract::plane);
    assertAgreesWithRows(
        rows,
        plan(
            SQUARED.in(POWER).fromZeros(),
            rows,
            "optimizer=adagrad,adam; learning-rate=0.03,0.3; l2=0,0.1; batch-size=6,full"));
  }

  @Test
  void everyBatchSizeOfOneGridCutsTheSameShuffledOrder() {
    TrainingRows rows = TrainingRows.random(50, 2, 4, 4, TrialEngineContract::plane);
    String sizes = "optimizer=sgd,nesterov; epochs=15; batch-size=1,2,3,7,13,20,25,49,50,51,1000";
    assertAgreesWithRows(rows, plan(SQUARED, rows, sizes));
    TrainingRows hashed = rows.hashed(9);
    assertAgreesWithRows(hashed, plan(SQUARED, hashed, sizes));
  }

  @Test
  void leavingEachRowOutOnceIsCrossValidationToo() {
    TrainingRows rows = TrainingRows.random(24, 2, 24, 5, TrialEngineContract::plane);
    assertAgreesWithRows(
        rows,
        plan(
            SQUARED.in(CHEBYSHEV).fromZeros(),
            rows,
            "optimizer=sgd,adam; learning-rate=0.05; epochs=20; batch-size=1,5,full; l2=0,0.1",
            "optimizer=exact; l1=0,0.2; l2=0,0.1"));
  }

  @Test
  void whollyHeldOutMinibatchesAreSkippedAndCounted() {
    TrainingRows rows =
        TrainingRows.random(40, 2, 4, 6, TrialEngineContract::plane).withFoldsAsMinibatches();
    assertAgreesWithRows(
        rows,
        plan(
            SQUARED,
            rows,
            "optimizer=sgd,momentum,nesterov,adagrad,adam; learning-rate=0.03; batch-size=10,5;"
                + " schedule=constant,inverse-scaling(0.5),cosine; epochs=20"
                + PENALTIES));
  }

  @Test
  void everyDegreeFormAndBasisTrainsInItsOwnCoordinates() {
    for (int features : some(List.of(1, 2, 3))) {
      TrainingRows rows =
          TrainingRows.random(61, features, 3, 6 + features, TrialEngineContract::surface);
      for (InitialWeights initial :
          some(List.of(new InitialWeights.Zeros(), new InitialWeights.Baseline()))) {
        String descent =
            (initial instanceof InitialWeights.Zeros ? "optimizer=sgd,adam" : "optimizer=sgd")
                + "; batch-size=16,full; epochs=25; standardize=true,false; degree=";
        assertAgreesWithRows(
            rows,
            plan(
                SQUARED.in(POWER).from(initial), rows, descent + "1..3; fit-intercept=true,false"));
        assertAgreesWithRows(
            rows, plan(SQUARED.in(CHEBYSHEV).from(initial), rows, descent + "1..3"));
        assertAgreesWithRows(
            rows,
            plan(SQUARED.in(CHEBYSHEV).from(initial), rows, descent + "1; fit-intercept=false"));
      }
    }
  }

  @Test
  void penaltiesActInTheCoordinatesOfTraining() {
    TrainingRows rows = TrainingRows.random(59, 2, 3, 11, TrialEngineContract::surface);
    for (PolynomialBasis.Kind basis : PolynomialBasis.Kind.values()) {
      assertAgreesWithRows(
          rows,
          plan(
              SQUARED.in(basis),
              rows,
              "degree=1..3; standardize=true,false; epochs=40; optimizer=sgd,nesterov"
                  + PENALTIES));
    }
  }

  @Test
  void descentStartsFromTheWeightsItIsGiven() {
    TrainingRows rows = TrainingRows.random(45, 2, 3, 13, TrialEngineContract::surface);
    Map<String, Double> powers = Map.of("x0", 0.5, "x1", -2.0, "x0*x1", 1.5, "x1^2", -0.25);
    for (InitialWeights initial :
        List.of(new InitialWeights.Zeros(), new InitialWeights.Given(3, powers))) {
      for (PolynomialBasis.Kind basis : PolynomialBasis.Kind.values()) {
        String grid = "degree=2,3; standardize=true,false; epochs=3; batch-size=12";
        assertAgreesWithRows(rows, plan(SQUARED.in(basis).from(initial), rows, grid));
      }
    }
    assertAgreesWithRows(
        rows,
        plan(
            SQUARED.from(new InitialWeights.Given(0, powers)),
            rows,
            "degree=2; fit-intercept=false; standardize=true,false; epochs=3"));
  }

  @Test
  void aColumnThatDoesNotVaryHasNoCoefficientWhenStandardised() {
    TrainingRows varying = TrainingRows.random(40, 2, 4, 14, TrialEngineContract::plane);
    TrainingRows rows = varying;
    for (int i = 0; i < rows.n(); i++) {
      rows = rows.withFeature(i, 1, 0.1);
    }
    SearchPlan plan =
        plan(
            SQUARED.in(POWER).fromZeros(),
            rows,
            "optimizer=sgd,adam,exact; epochs=20; batch-size=9,full; fit-intercept=true,false");
    List<TrialResult> results = train(plan, Frames.engineRows(rows, 2));
    assertAgreesWithRows(rows, plan, EngineContract.trials(plan), results);
    for (TrialResult result : results) {
      assertEquals(0.0, Agreement.powers(result)[2], 0.0, result.trial().toString());
    }
  }

  @Test
  void forwardChainingTrainsOnEarlierFoldsAndScoresTheNext() {
    TrainingRows rows = TrainingRows.random(60, 2, 5, 21, TrialEngineContract::plane);
    SearchPlan plan =
        EngineContract.forward(
            plan(
                SQUARED.in(CHEBYSHEV).fromZeros(),
                rows,
                "optimizer=sgd,adam,exact; degree=1,2; epochs=10; batch-size=4,20,full"));
    List<Trial> trials = EngineContract.trials(plan);
    assertEquals(5 * plan.candidates().size(), trials.size());
    List<TrialResult> results = train(plan, Frames.engineRows(rows, 2));
    assertAgreesWithRows(rows, plan, trials, results);
    for (TrialResult result : results) {
      long earlier = rows.trainedOn(result.trial().split()).length;
      assertEquals(earlier, result.scores().training().rows());
    }
  }

  @Test
  void thePurgedEndOfAFoldIsScoredWithItAndNotTrainedOnForTheNext() {
    TrainingRows rows = TrainingRows.random(60, 2, 6, 21, TrialEngineContract::plane);
    SearchPlan plan =
        EngineContract.purged(
            plan(
                SQUARED.in(CHEBYSHEV).fromZeros(),
                rows,
                "optimizer=sgd,exact; epochs=10; batch-size=4,full"));
    List<Trial> trials = EngineContract.trials(plan);
    assertEquals(3 * plan.candidates().size(), trials.size());
    List<TrialResult> results = train(plan, Frames.engineRows(rows, 2));
    assertAgreesWithRows(rows, plan, trials, results);
    for (TrialResult result : results) {
      int fold = result.trial().heldOut();
      TrialResult.Scores scores = result.scores();
      assertEquals(fold < 0 ? 60 : 20 * fold - 10, scores.training().rows());
      assertEquals(fold < 0 ? 0 : 20, scores.validation().rows());
    }
  }

  @Test
  void aTrialCutShortKeepsItsSchedulesHorizon() {
    TrainingRows rows = TrainingRows.random(40, 2, 4, 15, TrialEngineContract::plane);
    SearchPlan plan = plan(SQUARED, rows, "schedule=cosine; epochs=50; batch-size=10");
    long epochs = Math.min(mostEpochs(), 50) / 2;
    List<Trial> cut = List.of(new Trial(plan.candidates().get(0), Split.without(1), epochs));
    try (TrialEngine engine = open(plan, Frames.engineRows(rows, 2))) {
      assertAgreesWithRows(rows, plan, cut, engine.train(cut));
    }
  }

  @Test
  void longCurvesAreThinnedAndEndWithTheLastEpoch() {
    TrainingRows rows = TrainingRows.random(30, 2, 2, 16, TrialEngineContract::plane);
    SearchPlan plan = plan(SQUARED, rows, "epochs=999,1000,1001,3456; learning-rate=0.001");
    List<TrialResult> results = train(plan, Frames.engineRows(rows, 2));
    assertAgreesWithRows(rows, plan, EngineContract.trials(plan), results);
    for (TrialResult result : results) {
      long points = Math.min(result.trial().epochs(), LearningCurve.MOST_POINTS);
      assertEquals(points, result.curve().epochs().length, result.trial().toString());
    }
  }

  private static double plane(double[] x) {
    return 1 + 2 * x[0] - 0.7 * x[1];
  }

  static double surface(double[] x) {
    double last = x[x.length - 1];
    return 1 + x[0] - 0.3 * x[0] * x[0] + 0.1 * last * last * x[0];
  }
}
