package io.foldwise.spark.engine.fused;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.EpsilonInsensitive;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.optim.Split;
import io.foldwise.oracle.RowConstant;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.Frames;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.RowReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The best constant of every loss and training set, against the labels one by one. */
@Tag("serializer")
final class BestConstantTest {
  private static final int FOLDS = 4;
  private static final TrainingRows ROWS = TrainingRows.random(61, 1, FOLDS, 61, x -> 3 + x[0]);

  @Test
  void quantilesAreLabelsToTheLastBit() {
    for (int partitions : new int[] {1, 3, 12}) {
      check(quantiles(), ROWS, partitions, 0);
    }
  }

  @Test
  void quantilesOfWeightedRowsAreThoseOfTheirWeight() {
    double[] weights = new Random(62).doubles(ROWS.n(), 0, 2).toArray();
    weights[5] = 0;
    weights[9] = 1000;
    check(quantiles(), ROWS.withWeights(weights), 3, 0);
  }

  @Test
  void ofSeveralBestConstantsTheLeastIsTaken() {
    double[] labels = {5, 1, 1, 2, 8, 2, 9, 9};
    TrainingRows rows = rows(labels);
    check(quantiles(), rows, 3, 0);
    check(List.of(new Huber(0.01)), rows, 3, 1e-12);
  }

  @Test
  void huberIsTheRootOfItsSlope() {
    double[] weights = new Random(63).doubles(ROWS.n(), 0, 2).toArray();
    List<Loss> hubers = DoubleStream.of(0.05, 0.5, 3, 1e6).<Loss>mapToObj(Huber::new).toList();
    check(hubers, ROWS, 5, 1e-12);
    check(hubers, ROWS.withWeights(weights), 2, 1e-12);
  }

  /** The corners of the widest tube have ten digits after the point. */
  @Test
  void ofATubeItIsTheMiddleOfAllThatAreAsGood() {
    List<Loss> tubes =
        DoubleStream.of(0, 0.05, 0.5, 3, 1e6).<Loss>mapToObj(EpsilonInsensitive::new).toList();
    check(tubes, ROWS, 5, 1e-10);
    check(tubes.subList(1, 4), rows(new double[] {5, 1, 1, 2, 8, 2, 9, 9}), 3, 1e-12);
    double[] weights = new Random(63).doubles(ROWS.n(), 0, 2).toArray();
    check(tubes, ROWS.withWeights(weights), 2, 1e-10);
  }

  @Test
  void theUnitOfTheLabelsDoesNotMatter() {
    for (double unit : new double[] {1e-30, 1e-9, 1e12}) {
      double[] labels = IntStream.range(0, ROWS.n()).mapToDouble(i -> unit * ROWS.y()[i]).toArray();
      TrainingRows scaled = rows(labels);
      check(quantiles(), scaled, 2, 0);
      check(List.of(new Huber(0.5 * unit)), scaled, 2, 1e-12 * unit);
    }
  }

  @Test
  void labelsThatDoNotVaryAreTheirOwnConstant() {
    TrainingRows same = rows(new double[] {0.1, 0.1, 0.1, 0.1, 0.1});
    check(quantiles(), same, 2, 0);
    check(List.of(new Huber(1)), same, 2, 1e-16);
  }

  private static TrainingRows rows(double[] labels) {
    int n = labels.length;
    return TrainingRows.dealt(new double[n][1], labels, FOLDS, new Random(64));
  }

  private static List<Loss> quantiles() {
    return List.of(new Absolute(), new Quantile(0.1), new Quantile(0.25), new Quantile(0.9));
  }

  /** Of each loss, of all rows, without each fold and of the folds before it, in one search. */
  private static void check(
      List<Loss> losses, TrainingRows rows, int partitions, double tolerance) {
    try (PackedRows packed = packed(losses.get(0), rows, partitions)) {
      BestConstant constants = new BestConstant(packed, FOLDS);
      List<BestConstant.Key> keys = new ArrayList<>();
      for (Loss loss : losses) {
        keys.add(new BestConstant.Key(Split.NONE, loss));
        for (int fold = 0; fold < FOLDS; fold++) {
          keys.add(new BestConstant.Key(Split.without(fold), loss));
        }
        for (int fold = 1; fold < FOLDS; fold++) {
          keys.add(new BestConstant.Key(new Split(fold, FOLDS), loss));
        }
      }
      constants.find(keys);
      for (BestConstant.Key key : keys) {
        double expected = RowConstant.of(key.loss(), rows, rows.trainedOn(key.split()));
        assertEquals(expected, constants.of(key)[0], tolerance, key.toString());
      }
    }
  }

  private static PackedRows packed(Loss loss, TrainingRows rows, int partitions) {
    EngineRows frame = Frames.engineRows(rows, partitions);
    return PackedRows.inPlace(
        frame.training(),
        new Packing(
            new RowReader(frame.layout()),
            PolynomialBasis.power(rows.names(), 1),
            new Shift(new double[2]),
            new MinibatchBorders(rows.assignment(), List.of(1)),
            loss));
  }
}
