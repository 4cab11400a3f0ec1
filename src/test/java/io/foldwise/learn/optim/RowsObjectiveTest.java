package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.EpsilonInsensitive;
import io.foldwise.learn.loss.Gamma;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Poisson;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.loss.SquaredHinge;
import io.foldwise.learn.loss.Tweedie;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.ColumnSums;
import io.foldwise.math.ColumnSumsAccumulator;
import io.foldwise.math.DenseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The fused kernel's gradients, against central differences of mean losses over the rows. */
final class RowsObjectiveTest {
  private static final int N = 42;
  private static final int FOLDS = 3;
  private static final int[] STARTS = {0, 20, 20, 42};
  private static final double[][] X = new double[N][2];
  private static final double[] Y = new double[N];
  private static final double[] WEIGHTS = new double[N];
  private static final int[] FOLD = new int[N];
  private static final List<ModelForm> FORMS =
      List.of(
          new ModelForm(1, true, true),
          new ModelForm(1, false, true),
          new ModelForm(1, true, false),
          new ModelForm(1, false, false));

  static {
    Random random = new Random(23);
    for (int i = 0; i < N; i++) {
      X[i][0] = random.nextGaussian();
      X[i][1] = 2 + 3 * random.nextGaussian();
      Y[i] = 4 + X[i][0] - X[i][1] + random.nextGaussian();
      WEIGHTS[i] = i % 7 == 0 ? 0 : random.nextDouble() + 0.1;
      FOLD[i] = random.nextInt(FOLDS);
    }
  }

  private static final List<Split> OTHERS =
      List.of(Split.NONE, Split.without(0), Split.without(1), Split.without(2));
  private static final List<Split> EARLIER =
      List.of(Split.NONE, new Split(1, FOLDS), new Split(2, FOLDS));

  /** Each of the last two leaves out what only the other is scored on. */
  private static final List<Split> PURGED =
      List.of(
          Split.NONE,
          new Split(1, new Split.Pieces(1, FOLDS), new Split.Pieces(1, 2)),
          new Split(2, new Split.Pieces(1, FOLDS), new Split.Pieces(2, 3)));

  private static final List<List<Loss>> LOSSES =
      List.of(
          List.of(new Squared()),
          List.of(new Absolute()),
          List.of(new Huber(0.5), new Huber(2)),
          List.of(new Quantile(0.2), new Quantile(0.6)),
          List.of(new Logistic()),
          List.of(new Hinge()),
          List.of(new EpsilonInsensitive(0.3), new EpsilonInsensitive(1)),
          List.of(new Poisson()),
          List.of(new Gamma()),
          List.of(new Tweedie(1.3), new Tweedie(1.7)),
          List.of(new SquaredHinge()));

  /** Rows, their labels and weights, and columns over them. */
  private record Case(double[] y, double[] weights, Shift shift, TrialColumns columns) {
    static Case of(List<Loss> kinds, double[] weights, List<Split> dealt) {
      double[] y = labels(kinds.get(0));
      Shift shift = new Shift(new double[] {0.3, 1.7, kinds.get(0).isOfErrors() ? 2.5 : 0});
      List<Coordinates> coordinates = new ArrayList<>();
      List<Loss> losses = new ArrayList<>();
      List<Split> ofColumns = new ArrayList<>();
      for (Split split : dealt) {
        for (int i = 0; i < FORMS.size(); i++) {
          coordinates.add(coordinates(FORMS.get(i), y, weights, shift));
          losses.add(kinds.get(i % kinds.size()));
          ofColumns.add(split);
        }
      }
      return new Case(y, weights, shift, new TrialColumns(coordinates, ofColumns, losses, FOLDS));
    }

    private static double[] labels(Loss loss) {
      return switch (loss.labels()) {
        case NUMBERS -> Y;
        case NON_NEGATIVE -> Arrays.stream(Y).map(v -> Math.max(0, Math.rint(v))).toArray();
        case POSITIVE -> Arrays.stream(Y).map(v -> Math.exp(v / 4)).toArray();
        case BINARY -> Arrays.stream(Y).map(v -> v > 1 ? 1 : 0).toArray();
        case CLASSES -> throw new AssertionError(loss + " is of several functions");
      };
    }

    private static Coordinates coordinates(
        ModelForm form, double[] y, double[] weights, Shift shift) {
      ColumnSumsAccumulator sums = new ColumnSumsAccumulator(2);
      for (int i = 0; i < N; i++) {
        double weight = weights.length == 0 ? 1 : weights[i];
        sums.add(0, X[i][0] - shift.feature(0), weight);
        sums.add(1, X[i][1] - shift.feature(1), weight);
        sums.endRow(y[i] - shift.label(), weight);
      }
      ColumnSums training = sums.sums();
      return Coordinates.of(form, training, shift, PolynomialBasis.power(List.of("x", "z"), 1));
    }

    /** Two parts, each with some rows of each minibatch. */
    RowsObjective objective() {
      List<MinibatchRows> parts = new ArrayList<>();
      for (int part = 0; part < 2; part++) {
        int[] rows = rows(part);
        int[] starts =
            Arrays.stream(STARTS)
                .map(start -> (int) Arrays.stream(rows).filter(i -> i < start).count())
                .toArray();
        parts.add(new MinibatchRows(labelled(rows), starts));
      }
      return new RowsObjective(columns, parts, STARTS.length - 1);
    }

    private static int[] rows(int part) {
      return IntStream.range(0, N).filter(i -> i % 2 == part).toArray();
    }

    private LabelledRows labelled(int[] rows) {
      double[] x = new double[3 * rows.length];
      for (int at = 0; at < rows.length; at++) {
        x[3 * at] = 1;
        x[3 * at + 1] = X[rows[at]][0] - shift.feature(0);
        x[3 * at + 2] = X[rows[at]][1] - shift.feature(1);
      }
      return new LabelledRows(
          new DenseRows(3, x),
          Arrays.stream(rows).mapToDouble(i -> y[i] - shift.label()).toArray(),
          weights.length == 0
              ? weights
              : Arrays.stream(rows).mapToDouble(i -> weights[i]).toArray(),
          Arrays.stream(rows).map(i -> FOLD[i]).toArray());
    }

    private double weight(int i) {
      return weights.length == 0 ? 1 : weights[i];
    }

    /** The summed loss of some rows, [1] their weight. */
    double[] sums(int column, double[] w, int from, int to, boolean held) {
      AffineFunction function =
          columns.coordinates().get(column).function(w, columns.starts()[column]);
      double[] sums = new double[2];
      for (int i = from; i < to; i++) {
        Split split = columns.splits().get(column);
        Split.Pieces of = held ? split.scored() : split.out();
        boolean within = FOLD[i] >= of.from() && FOLD[i] < of.end();
        if (within == held) {
          double z =
              function.intercept()
                  + function.coefficient(0) * X[i][0]
                  + function.coefficient(1) * X[i][1];
          sums[0] += weight(i) * columns.losses().get(column).value(z, y[i]);
          sums[1] += weight(i);
        }
      }
      return sums;
    }
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (List<Loss> kinds : LOSSES) {
      cases.add(Case.of(kinds, new double[0], OTHERS));
      cases.add(Case.of(kinds, WEIGHTS, OTHERS));
      cases.add(Case.of(kinds, WEIGHTS, EARLIER));
      cases.add(Case.of(kinds, WEIGHTS, PURGED));
    }
    return cases;
  }

  @Test
  void theGradientIsTheDifferenceOfMeanLossesOfTheRowsTrainedOn() {
    for (Case each : cases()) {
      int[] starts = each.columns.starts();
      int m = each.columns.splits().size();
      double[] w = new Random(24).doubles(starts[m], -1, 1).toArray();
      double[] gradient = new double[w.length];
      for (int b : new int[] {0, 2}) {
        each.objective().gradientInto(b, w, new ActiveColumns(m), gradient);
        for (int column = 0; column < m; column++) {
          for (int at = starts[column]; at < starts[column + 1]; at++) {
            String message = each.columns.losses().get(column) + ", column " + column;
            double expected = difference(each, column, w, at, b);
            // with a log link predictions reach exp(10)
            double size = each.columns.losses().get(column).isLogLink() ? Math.abs(expected) : 0;
            assertEquals(expected, gradient[at], 1e-6 * Math.max(1, size), message);
          }
        }
      }
    }
  }

  /** No error of these rows lies within a step of a kink. */
  private static double difference(Case each, int column, double[] w, int at, int b) {
    double step = 1e-6;
    double[] up = w.clone();
    double[] down = w.clone();
    up[at] += step;
    down[at] -= step;
    double[] higher = each.sums(column, up, STARTS[b], STARTS[b + 1], false);
    double[] lower = each.sums(column, down, STARTS[b], STARTS[b + 1], false);
    return (higher[0] - lower[0]) / (2 * step) / higher[1];
  }

  @Test
  void lossesAreSummedApartForRowsTrainedOnAndHeldOut() {
    for (Case each : cases()) {
      int m = each.columns.splits().size();
      double[] w = new Random(25).doubles(each.columns.starts()[m], -1, 1).toArray();
      LossSums sums = each.objective().losses(w, new ActiveColumns(m));
      for (int column = 0; column < m; column++) {
        double trained = each.sums(column, w, 0, N, false)[0];
        double unseen = each.sums(column, w, 0, N, true)[0];
        assertEquals(trained, sums.training(column), 1e-12 * (1 + trained));
        assertEquals(unseen, sums.validation(column), 1e-12 * (1 + unseen));
      }
    }
  }

  @Test
  void columnsThatStoppedAreLeftOutAndTheOthersStayTheSame() {
    Case each = Case.of(LOSSES.get(3), WEIGHTS, OTHERS);
    int[] starts = each.columns.starts();
    int m = each.columns.splits().size();
    double[] w = new Random(26).doubles(starts[m], -1, 1).toArray();
    double[] all = new double[w.length];
    double[] some = new double[w.length];
    each.objective().gradientInto(0, w, new ActiveColumns(m), all);
    ActiveColumns active = new ActiveColumns(m);
    active.stop(column -> column % 3 == 0);
    each.objective().gradientInto(0, w, active, some);
    for (int column = 0; column < m; column++) {
      double[] expected = Arrays.copyOfRange(all, starts[column], starts[column + 1]);
      double[] actual = Arrays.copyOfRange(some, starts[column], starts[column + 1]);
      double[] none = new double[expected.length];
      assertArrayEquals(active.contains(column) ? expected : none, actual, 1e-15);
    }
  }

  @Test
  void aMinibatchWithoutRowsIsEmptyForEveryColumn() {
    Case each = Case.of(LOSSES.get(0), new double[0], OTHERS);
    RowsObjective objective = each.objective();
    assertEquals(3, objective.minibatches());
    for (int column = 0; column < each.columns.splits().size(); column++) {
      assertFalse(objective.isEmpty(0, column));
      assertTrue(objective.isEmpty(1, column));
    }
  }
}
