package io.foldwise.spark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What rows weigh and how their features are stored. */
abstract class RowContract implements EngineContract {
  private static final String GRID =
      "optimizer=sgd,nesterov; learning-rate=auto,0.03; epochs=8; l1=0,0.02; l2=0,0.1; batch-size=";

  /** Hashes as positions: a row's minibatch does not change with the number of rows. */
  private static final TrainingRows ROWS =
      TrainingRows.random(48, 2, 4, 51, LossContract::plane).hashed(52);

  /** The losses that the engine takes. */
  List<LossCase> cases(TrainingRows rows) {
    List<LossCase> cases = new ArrayList<>(List.of(LossCase.squared(rows)));
    cases.addAll(someOthers(rows));
    return cases;
  }

  @Test
  void rowsCountByTheirWeightsOnAnyPartitions() {
    double[] weights = new Random(53).doubles(ROWS.n(), 0, 3).toArray();
    for (int i = 0; i < weights.length; i += 6) {
      weights[i] = 0;
    }
    for (int partitions : new int[] {1, 3, 16}) {
      for (LossCase each : cases(ROWS.withWeights(weights))) {
        SearchPlan plan = plan(each.setting(), each.rows(), each.grid(GRID + "8,full"));
        assertAgreesWithRows(each.rows(), plan, partitions);
      }
    }
  }

  @Test
  void aRowOfWeightTwoIsTheRowTwice() {
    int[] twice = IntStream.concat(IntStream.range(0, 48), IntStream.range(0, 24)).toArray();
    double[] weights = IntStream.range(0, 48).mapToDouble(i -> i < 24 ? 2 : 1).toArray();
    for (LossCase each : cases(ROWS)) {
      LossCase heavy = each.with(ROWS.withWeights(weights));
      LossCase many = each.with(ROWS.select(twice));
      // four minibatches of 48 and of 72 rows
      assertSameModels(train(heavy, GRID + "12,full"), train(many, GRID + "18,full"));
    }
  }

  @Test
  void aRowOfWeightZeroIsNoRow() {
    int[] kept = IntStream.range(0, 48).filter(i -> i % 4 != 1).toArray();
    double[] weights = IntStream.range(0, 48).mapToDouble(i -> i % 4 == 1 ? 0 : 1).toArray();
    for (LossCase each : cases(ROWS)) {
      LossCase light =
          each.with(ROWS.withWeights(weights).withLabel(1, 1e3).withFeature(5, 0, 1e3));
      LossCase fewer = each.with(ROWS.select(kept));
      // four minibatches of 48 and of 36 rows
      assertSameModels(train(light, GRID + "12,full"), train(fewer, GRID + "9,full"));
    }
  }

  @Test
  void minibatchesThatWeighNothingAreSkipped() {
    TrainingRows rows = TrainingRows.random(24, 2, 3, 54, LossContract::plane);
    double[] weights =
        IntStream.range(0, 24).mapToDouble(i -> rows.position()[i] < 8 ? 0 : 1.5).toArray();
    for (LossCase each : cases(rows.withWeights(weights))) {
      SearchPlan plan =
          plan(
              each.setting(),
              each.rows(),
              each.grid("optimizer=sgd,momentum; batch-size=4,8,full; epochs=5"));
      assertAgreesWithRows(each.rows(), plan);
    }
  }

  @Test
  void vectorsAndArraysGiveWhatFlatColumnsGive() {
    Random random = new Random(55);
    double[][] x = new double[40][6];
    double[] y = new double[40];
    for (int i = 0; i < y.length; i++) {
      for (int j = 0; j < x[i].length; j++) {
        x[i][j] = random.nextInt(3) == 0 ? random.nextGaussian() + 0.3 : 0;
      }
      y[i] = 1 + x[i][0] - x[i][3] + random.nextGaussian();
    }
    TrainingRows rows = TrainingRows.dealt(x, y, 4, random);
    double[] weights = random.doubles(40, 0.5, 2).toArray();
    for (TrainingRows alike : List.of(rows, rows.withWeights(weights))) {
      for (LossCase each : cases(alike)) {
        SearchPlan plan =
            plan(each.setting(), each.rows(), each.grid(GRID + "7,full; fit-intercept=true,false"));
        for (int partitions : some(List.of(1, 5))) {
          assertAgreesWithRows(
              each.rows(),
              plan,
              EngineContract.trials(plan),
              train(plan, Frames.arrays(each.rows(), partitions)));
          EngineRows vectors = Frames.vectors(each.rows(), partitions);
          if (takesVectors()) {
            assertAgreesWithRows(
                each.rows(), plan, EngineContract.trials(plan), train(plan, vectors));
          } else {
            assertThrows(InvalidInputException.class, () -> train(plan, vectors));
          }
        }
      }
    }
  }

  private List<TrialResult> train(LossCase each, String grid) {
    SearchPlan plan = plan(each.setting(), each.rows(), each.grid(grid));
    return train(plan, Frames.engineRows(each.rows(), 3));
  }

  /** But for the number of rows and the batch size that they are stated with. */
  private static void assertSameModels(List<TrialResult> expected, List<TrialResult> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      String trial = expected.get(i).trial().toString();
      Agreement.assertCoefficients(
          Agreement.powers(expected.get(i)),
          Agreement.powers(actual.get(i)),
          Agreement.COEFFICIENTS,
          trial);
      assertSameMeans(
          expected.get(i).scores().training(), actual.get(i).scores().training(), expected.get(i));
      assertSameMeans(
          expected.get(i).scores().validation(),
          actual.get(i).scores().validation(),
          expected.get(i));
    }
  }

  private static void assertSameMeans(MetricSums expected, MetricSums actual, TrialResult result) {
    Metric metric = Metric.of(result.trial().candidate().loss());
    String trial = result.trial().toString();
    assertEquals(expected.weight(), actual.weight(), 1e-12 * expected.weight(), trial);
    double mean = metric.of(expected);
    if (expected.rows() > 0) {
      assertEquals(mean, metric.of(actual), Agreement.SCORES * Math.abs(mean), trial);
    }
  }
}
