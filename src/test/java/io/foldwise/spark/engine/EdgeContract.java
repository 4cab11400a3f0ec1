package io.foldwise.spark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.optim.Split;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Data and plans at the edge of what an engine is given. */
abstract class EdgeContract implements EngineContract {
  private static final TrainingRows ROWS = TrainingRows.random(37, 2, 3, 71, LossContract::plane);

  /** The losses that the engine takes. */
  List<LossCase> cases(TrainingRows rows) {
    List<LossCase> cases = new ArrayList<>(List.of(LossCase.squared(rows)));
    cases.addAll(LossCase.others(rows));
    return cases;
  }

  @Test
  void labelsFarFromZeroDoNotCountAsDiverged() {
    TrainingRows far = labelled(i -> 1e4 + 0.5 * ROWS.y()[i]);
    for (LossCase each : cases(far)) {
      String grid = "epochs=2; batch-size=full; learning-rate=0.01; fit-intercept=true,false";
      SearchPlan plan = plan(each.setting(), each.rows(), each.grid(grid));
      assertAgreesWithRows(each.rows(), plan);
    }
  }

  @Test
  void labelsThatDoNotVaryAreLearntAtOnce() {
    for (double label : new double[] {0.1, 0, 1e5 / 7}) {
      TrainingRows same = labelled(i -> label);
      for (LossCase each : cases(same)) {
        SearchPlan plan =
            plan(each.setting(), each.rows(), each.grid("epochs=3; batch-size=10,full; l2=0,0.1"));
        for (TrialResult result : train(plan, Frames.engineRows(each.rows(), 2))) {
          assertFalse(result.diverged(), each.loss() + ", " + label + ", " + result.trial());
        }
      }
    }
  }

  @Test
  void featuresFarFromZeroTrainAsTheyAre() {
    Random random = new Random(72);
    double[][] x = new double[40][2];
    double[] y = new double[40];
    for (int i = 0; i < y.length; i++) {
      x[i][0] = 1e3 + random.nextGaussian();
      x[i][1] = -50 + 10 * random.nextGaussian();
      y[i] = 1.2 + x[i][0] - 1e3 + random.nextGaussian();
    }
    TrainingRows far = TrainingRows.dealt(x, y, 4, random);
    for (LossCase each : cases(far)) {
      SearchPlan plan =
          plan(each.setting(), far, each.grid("epochs=5; batch-size=10,full; learning-rate=0.02"));
      // a coefficient comes back to a thousandth of its constant: so do its digits
      List<TrialResult> one = train(plan, Frames.engineRows(each.rows(), 1));
      List<TrialResult> many = train(plan, Frames.shuffled(each.rows(), 7, 3));
      for (int i = 0; i < one.size(); i++) {
        new Agreement(each.rows()).check(one.get(i), many.get(i));
      }
      assertAgreesWithRows(each.rows(), plan);
    }
  }

  @Test
  void oneTrialOfFewRowsInManyPartitionsTrains() {
    TrainingRows few = TrainingRows.random(3, 1, 1, 73, x -> x[0]);
    for (LossCase each : cases(few)) {
      String grid = each.grid("epochs=2; batch-size=2; learning-rate=0.1");
      SearchPlan plan = plan(each.setting(), each.rows(), grid);
      List<Trial> one = List.of(Trial.of(plan.candidates().get(0), Split.NONE));
      try (TrialEngine engine = open(plan, Frames.engineRows(each.rows(), 16))) {
        assertAgreesWithRows(each.rows(), plan, one, engine.train(one));
      }
    }
  }

  @Test
  void drawnWeightsAreTheSameForEveryMovementAndPartitioning() {
    for (LossCase each : cases(ROWS)) {
      SearchPlan plan =
          plan(
              each.setting().from(new InitialWeights.Normal()),
              each.rows(),
              each.grid("epochs=2; batch-size=10; learning-rate=0.05"));
      List<TrialResult> one = train(plan, Frames.engineRows(each.rows(), 1));
      List<TrialResult> many = train(plan, Frames.shuffled(each.rows(), 7, 3));
      for (int i = 0; i < one.size(); i++) {
        new Agreement(each.rows()).check(one.get(i), many.get(i));
      }
    }
  }

  @Test
  void foldSizesAreCountedBeforeAndAfterTraining() {
    long[] sizes = IntStream.range(0, 3).mapToLong(fold -> ROWS.heldOut(fold).length).toArray();
    for (LossCase each : cases(ROWS)) {
      SearchPlan plan = plan(each.setting(), each.rows(), "epochs=1; batch-size=10,full");
      try (TrialEngine engine = open(plan, Frames.engineRows(each.rows(), 2))) {
        assertEquals(Arrays.toString(sizes), Arrays.toString(engine.prepare().foldSizes()));
        engine.train(EngineContract.trials(plan));
        assertEquals(Arrays.toString(sizes), Arrays.toString(engine.prepare().foldSizes()));
      }
    }
  }

  @Test
  void cellsWeightsAndLabelsThatTheLossCannotTakeAreRefused() {
    double[] weights = new double[ROWS.n()];
    Arrays.fill(weights, 1);
    for (LossCase each : cases(ROWS)) {
      List<TrainingRows> broken = new ArrayList<>();
      for (double weight : new double[] {-1, Double.NaN}) {
        double[] bad = weights.clone();
        bad[4] = weight;
        broken.add(each.rows().withWeights(bad));
      }
      broken.add(each.rows().withLabel(3, Double.NaN));
      broken.add(each.rows().withFeature(3, 0, Double.POSITIVE_INFINITY));
      if (each.loss().isBinary()) {
        broken.add(each.rows().withLabel(3, 2));
        broken.add(each.rows().withLabel(3, -1));
      }
      SearchPlan plan = plan(each.setting(), each.rows(), "epochs=1");
      for (TrainingRows rows : broken) {
        assertThrows(InvalidInputException.class, () -> train(plan, Frames.engineRows(rows, 2)));
        assertThrows(InvalidInputException.class, () -> train(plan, Frames.vectors(rows, 2)));
      }
    }
  }

  @Test
  void productsOfVectorsAreRefused() {
    SearchPlan plan = plan(Setting.squared(), ROWS, "degree=2; epochs=1");
    assertThrows(InvalidInputException.class, () -> train(plan, Frames.vectors(ROWS, 2)));
  }

  @Test
  void aTrialCutShortStopsWhereTheLongOneWas() {
    for (LossCase each : cases(ROWS)) {
      SearchPlan plan =
          plan(
              each.setting(),
              each.rows(),
              "schedule=cosine; learning-rate=0.05; epochs=6; batch-size=10");
      Trial whole = Trial.of(plan.candidates().get(0), Split.without(1));
      Trial cut = new Trial(whole.candidate(), whole.split(), Math.max(1, whole.epochs() / 2));
      try (TrialEngine engine = open(plan, Frames.engineRows(each.rows(), 2))) {
        TrialResult longer = engine.train(List.of(whole)).get(0);
        TrialResult shorter = engine.train(List.of(cut)).get(0);
        int last = (int) cut.epochs() - 1;
        assertEquals(longer.curve().training()[last], shorter.curve().training()[last]);
        assertTrue(shorter.curve().epochs().length == last + 1);
      }
    }
  }

  private static TrainingRows labelled(java.util.function.IntToDoubleFunction label) {
    TrainingRows rows = ROWS;
    for (int i = 0; i < ROWS.n(); i++) {
      rows = rows.withLabel(i, label.applyAsDouble(i));
    }
    return rows;
  }
}
