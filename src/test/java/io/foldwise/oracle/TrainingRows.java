package io.foldwise.oracle;

import io.foldwise.learn.optim.Split;
import io.foldwise.search.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Training rows as an engine gets them.
 *
 * @param x features, n × d
 * @param y labels
 * @param fold of each row, in [0, folds)
 * @param position of each row, in [0, positions)
 * @param weights of the rows; empty where each weighs 1
 */
public record TrainingRows(
    double[][] x,
    double[] y,
    int[] fold,
    long[] position,
    int folds,
    long positions,
    double[] weights) {

  /** Rows without weights. */
  public TrainingRows(
      double[][] x, double[] y, int[] fold, long[] position, int folds, long positions) {
    this(x, y, fold, position, folds, positions, new double[0]);
  }

  /** Rows with normal features of different scales and offsets, dealt at random. */
  public static TrainingRows random(
      int n, int d, int folds, long seed, ToDoubleFunction<double[]> truth) {
    Random random = new Random(seed);
    double[][] x = new double[n][d];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        x[i][j] = random.nextGaussian() * (1 + 0.5 * j) + j - 0.5;
      }
      y[i] = truth.applyAsDouble(x[i]) + 0.5 * random.nextGaussian();
    }
    return dealt(x, y, folds, random);
  }

  /** Rows of given values dealt at random: fold sizes differ by at most one. */
  public static TrainingRows dealt(double[][] x, double[] y, int folds, Random random) {
    int n = y.length;
    int[] forFolds = permutation(n, random);
    int[] forPlaces = permutation(n, random);
    int[] fold = IntStream.of(forFolds).map(rank -> rank % folds).toArray();
    return new TrainingRows(x, y, fold, IntStream.of(forPlaces).asLongStream().toArray(), folds, n);
  }

  /** Rows in scikit-learn's unshuffled KFold: the first n mod k folds have one row more. */
  public static TrainingRows contiguous(double[][] x, double[] y, int folds) {
    int n = y.length;
    int[] fold = new int[n];
    for (int f = 0, row = 0; f < folds; f++) {
      int end = row + n / folds + (f < n % folds ? 1 : 0);
      while (row < end) {
        fold[row++] = f;
      }
    }
    long[] position = IntStream.range(0, n).asLongStream().toArray();
    return new TrainingRows(x, y, fold, position, folds, n);
  }

  /** The same rows with hashes as positions. */
  public TrainingRows hashed(long seed) {
    Random random = new Random(seed);
    long[] hashes = random.longs(n(), 0, Assignment.HASHED_POSITIONS).toArray();
    return new TrainingRows(x, y, fold, hashes, folds, Assignment.HASHED_POSITIONS, weights);
  }

  /** Minibatches of n / folds rows that are the folds themselves. */
  public TrainingRows withFoldsAsMinibatches() {
    int[] folding = new int[n()];
    for (int i = 0; i < n(); i++) {
      folding[i] = (int) (position[i] * folds / positions);
    }
    return new TrainingRows(x, y, folding, position, folds, positions, weights);
  }

  public TrainingRows withLabel(int row, double label) {
    double[] labels = y.clone();
    labels[row] = label;
    return new TrainingRows(x, labels, fold, position, folds, positions, weights);
  }

  public TrainingRows withFeature(int row, int feature, double value) {
    double[][] features = x.clone();
    features[row] = x[row].clone();
    features[row][feature] = value;
    return new TrainingRows(features, y, fold, position, folds, positions, weights);
  }

  public TrainingRows withWeights(double... each) {
    return new TrainingRows(x, y, fold, position, folds, positions, each);
  }

  /** Class 1 where the label is above a threshold, else class 0. */
  public TrainingRows asClasses(double threshold) {
    double[] classes = DoubleStream.of(y).map(label -> label > threshold ? 1 : 0).toArray();
    return new TrainingRows(x, classes, fold, position, folds, positions, weights);
  }

  /** Counts in place of labels up to 20, many of them 0: exp(label/5) − 0.8, rounded. */
  public TrainingRows asCounts() {
    double[] counts =
        DoubleStream.of(y).map(label -> Math.abs(Math.rint(amount(label) - 0.8))).toArray();
    return new TrainingRows(x, counts, fold, position, folds, positions, weights);
  }

  /** Positive numbers in place of labels up to 20: exp(label/5). */
  public TrainingRows asAmounts() {
    double[] amounts = DoubleStream.of(y).map(TrainingRows::amount).toArray();
    return new TrainingRows(x, amounts, fold, position, folds, positions, weights);
  }

  private static double amount(double label) {
    return Math.exp(Math.min(20, label) / 5);
  }

  /** Some of the rows, each as often as it is named, in their folds and positions. */
  public TrainingRows select(int... of) {
    return new TrainingRows(
        IntStream.of(of).mapToObj(i -> x[i]).toArray(double[][]::new),
        IntStream.of(of).mapToDouble(i -> y[i]).toArray(),
        IntStream.of(of).map(i -> fold[i]).toArray(),
        IntStream.of(of).mapToLong(i -> position[i]).toArray(),
        folds,
        positions,
        weighted() ? IntStream.of(of).mapToDouble(i -> weights[i]).toArray() : weights);
  }

  public int n() {
    return y.length;
  }

  public boolean weighted() {
    return weights.length > 0;
  }

  public double weight(int i) {
    return weighted() ? weights[i] : 1;
  }

  /** The weight of some rows together. */
  public double weight(int[] of) {
    return IntStream.of(of).mapToDouble(this::weight).sum();
  }

  public int features() {
    return x[0].length;
  }

  public List<String> names() {
    return IntStream.range(0, features()).mapToObj(j -> "x" + j).toList();
  }

  public Assignment assignment() {
    return new Assignment(n(), folds, positions);
  }

  /** The rows trained on with a fold held out, or all where it is negative. */
  public int[] trainedOn(Split split) {
    return IntStream.range(0, n())
        .filter(i -> fold[i] < split.out().from() || fold[i] >= split.out().end())
        .toArray();
  }

  /** The rows that are scored. */
  public int[] scored(Split split) {
    return IntStream.range(0, n())
        .filter(i -> fold[i] >= split.scored().from() && fold[i] < split.scored().end())
        .toArray();
  }

  public int[] heldOut(int held) {
    return IntStream.range(0, n()).filter(i -> fold[i] == held).toArray();
  }

  private static int[] permutation(int n, Random random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    java.util.Collections.shuffle(order, random);
    return order.stream().mapToInt(Integer::intValue).toArray();
  }
}
