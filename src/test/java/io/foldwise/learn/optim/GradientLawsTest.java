package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.ColumnSums;
import io.foldwise.math.DenseRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What changes nothing of the gradient and the losses of a minibatch, but for their rounding. */
final class GradientLawsTest {
  /** Of means of numbers below 1,000. */
  private static final double ROUNDING = 1e-11;

  private static final int FOLDS = 3;
  private static final double[] W = {0.5, -1, 2};
  private static final List<Loss> LOSSES =
      List.of(new Squared(), new Huber(0.5), new Quantile(0.3));

  private record Row(double a, double b, double label, double weight, int fold) {}

  /** Gradients of the column that holds out no fold, then of those that hold out 0, 1, 2. */
  private record Found(double[] gradient, double[] losses) {
    void assertSame(Found other) {
      assertArrayEquals(gradient, other.gradient, ROUNDING);
      assertArrayEquals(losses, other.losses, ROUNDING * (1 + losses[0]));
    }
  }

  @Property(seed = "1", tries = 50)
  void theOrderOfRowsAndTheirPartsChangeNothing(
      @ForAll long seed, @ForAll @IntRange(min = 6, max = 80) int n) {
    List<Row> rows = rows(seed, n);
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, new Random(seed));
    int cut = new Random(seed).nextInt(n + 1);
    for (Loss loss : LOSSES) {
      Found found = of(loss, List.of(rows));
      found.assertSame(of(loss, List.of(shuffled)));
      found.assertSame(of(loss, List.of(shuffled.subList(0, cut), shuffled.subList(cut, n))));
    }
  }

  @Property(seed = "2", tries = 50)
  void aRowOfWeightTwoIsTheRowTwice(@ForAll long seed, @ForAll @IntRange(min = 6, max = 80) int n) {
    List<Row> heavy = new ArrayList<>();
    List<Row> twice = new ArrayList<>();
    for (Row row : rows(seed, n)) {
      heavy.add(new Row(row.a, row.b, row.label, 2 * row.weight, row.fold));
      twice.add(row);
      twice.add(row);
    }
    assertSame(heavy, twice);
  }

  @Property(seed = "3", tries = 50)
  void aRowThatWeighsNothingChangesNothing(
      @ForAll long seed, @ForAll @IntRange(min = 6, max = 80) int n) {
    List<Row> rows = rows(seed, n);
    List<Row> more = new ArrayList<>(rows);
    more.add(n / 2, new Row(1e3, -1e3, 1e3, 0, 1));
    assertSame(rows, more);
  }

  @Property(seed = "4", tries = 50)
  void foldsUnderOtherNumbersHaveTheSameGradients(
      @ForAll long seed, @ForAll @IntRange(min = 6, max = 80) int n) {
    List<Row> rows = rows(seed, n);
    List<Row> renumbered =
        rows.stream().map(r -> new Row(r.a, r.b, r.label, r.weight, (r.fold + 1) % FOLDS)).toList();
    for (Loss loss : LOSSES) {
      Found found = of(loss, List.of(rows));
      Found other = of(loss, List.of(renumbered));
      int p = W.length;
      for (int fold = 0; fold < FOLDS; fold++) {
        int from = (1 + fold) * p;
        int to = (1 + (fold + 1) % FOLDS) * p;
        for (int j = 0; j < p; j++) {
          assertEquals(found.gradient[from + j], other.gradient[to + j], ROUNDING);
        }
      }
      for (int j = 0; j < p; j++) {
        assertEquals(found.gradient[j], other.gradient[j], ROUNDING);
      }
    }
  }

  /** Of the loss over all rows, some is of rows trained on and all else of rows held out. */
  @Property(seed = "5", tries = 50)
  void whatIsTrainedOnAndWhatIsHeldOutMakeTheWhole(
      @ForAll long seed, @ForAll @IntRange(min = 6, max = 80) int n) {
    List<Row> rows = rows(seed, n);
    int columns = FOLDS + 1;
    for (Loss loss : LOSSES) {
      double[] losses = of(loss, List.of(rows)).losses;
      for (int column = 0; column < columns; column++) {
        assertEquals(losses[0], losses[column] + losses[columns + column], 1e-12 * losses[0]);
      }
    }
  }

  private static void assertSame(List<Row> some, List<Row> others) {
    for (Loss loss : LOSSES) {
      of(loss, List.of(some)).assertSame(of(loss, List.of(others)));
    }
  }

  private static Found of(Loss loss, List<List<Row>> parts) {
    int columns = FOLDS + 1;
    Coordinates plain =
        Coordinates.of(
            new ModelForm(1, true, false),
            new ColumnSums(2, 2, new double[3], new double[] {1, 1, 1}),
            new Shift(new double[3]),
            PolynomialBasis.power(List.of("a", "b"), 1));
    TrialColumns trials =
        new TrialColumns(
            Collections.nCopies(columns, plain),
            List.of(Split.NONE, Split.without(0), Split.without(1), Split.without(2)),
            Collections.nCopies(columns, loss),
            FOLDS);
    RowsObjective objective =
        new RowsObjective(trials, parts.stream().map(GradientLawsTest::cut).toList(), 1);
    double[] w = new double[columns * W.length];
    for (int column = 0; column < columns; column++) {
      System.arraycopy(W, 0, w, column * W.length, W.length);
    }
    double[] gradient = new double[w.length];
    ActiveColumns active = new ActiveColumns(columns);
    objective.gradientInto(0, w, active, gradient);
    LossSums sums = objective.losses(w, active);
    double[] losses = new double[2 * columns];
    for (int column = 0; column < columns; column++) {
      losses[column] = sums.training(column);
      losses[columns + column] = sums.validation(column);
    }
    return new Found(gradient, losses);
  }

  private static MinibatchRows cut(List<Row> rows) {
    return new MinibatchRows(
        new LabelledRows(
            new DenseRows(
                3, rows.stream().flatMapToDouble(r -> DoubleStream.of(1, r.a, r.b)).toArray()),
            rows.stream().mapToDouble(Row::label).toArray(),
            rows.stream().mapToDouble(Row::weight).toArray(),
            rows.stream().mapToInt(Row::fold).toArray()),
        new int[] {0, rows.size()});
  }

  /** Every fold has rows, so that each column is trained on some. */
  private static List<Row> rows(long seed, int n) {
    Random random = new Random(seed);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double a = random.nextGaussian();
      double b = 2 + random.nextGaussian();
      rows.add(new Row(a, b, a - b + random.nextGaussian(), 0.1 + random.nextDouble(), i % FOLDS));
    }
    return rows;
  }
}
