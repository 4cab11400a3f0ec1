package io.foldwise.learn.optim;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.LossBlock;
import io.foldwise.learn.loss.MulticlassLoss;
import io.foldwise.learn.loss.Smoothed;
import io.foldwise.math.RowMatrix;
import java.util.Arrays;

/**
 * The fused kernel: all trials of a run over rows, each row read once for all of them.
 *
 * <pre>
 * X  n × p      rows of a panel, a column of ones first
 * B  p × m·K    the functions of m predictions side by side, K of each (1, or one for each class)
 * Z = X·B       n × m·K, their values
 * R = w ℓ′(Z)   in place; zero where a row is of a fold that a prediction leaves out
 * G += Xᵀ·R     p × m·K
 * </pre>
 *
 * Panels are small enough for Z to stay in cache. Gradients and losses allocate nothing per panel.
 * A kernel belongs to one thread.
 */
public final class RowKernel {
  /** The rows of a run, where some runs are left out: as many as a product needs to be quick. */
  private static final int RUN = 16;

  private final Functions functions;
  private final int p;
  private final int functionsEach;
  private double[] z = new double[0];
  private double[] few = new double[0];
  private TrialColumns.Side side;
  private LossBlock block;

  public RowKernel(Functions functions) {
    this.functions = functions;
    this.p = functions.trials().width();
    this.functionsEach = functions.trials().functions();
  }

  /** The gradient sums of no rows, for the functions as they stand. */
  public GradientSums gradientSums() {
    int m = functions.side().count() * functionsEach;
    return GradientSums.zero(p, m, functions.trials().pieces());
  }

  /** The loss sums of no rows, for the functions as they stand. */
  public LossSums lossSums() {
    return new LossSums(functions.side().count());
  }

  /** The curvature sums of no rows, for the functions as they stand. */
  public CurvatureSums curvatureSums() {
    return CurvatureSums.zero(p, functions.side().count(), functionsEach);
  }

  private int panelRows() {
    if (side == null || side.count() != functions.side().count()) {
      side = functions.side();
      block = new LossBlock(functions.trials().lossesOf(side));
      few = new double[2 * side.count()];
    }
    int rows = RowMatrix.panelRows(p, Math.max(1, width()));
    if (z.length < rows * width()) {
      z = new double[rows * width()];
    }
    return rows;
  }

  /** The number of functions side by side, m·K. */
  private int width() {
    return side.count() * functionsEach;
  }

  /** Adds the gradients over the rows {@code from} to before {@code to}. */
  public void addGradients(LabelledRows rows, int from, int to, GradientSums sums) {
    int panel = panelRows();
    int m = width();
    for (int at = from; at < to; at += panel) {
      int n = Math.min(panel, to - at);
      rows.x().timesInto(at, n, p, functions.coefficients(), m, z);
      block.at(rows.labels(), at, n).derivatives(z);
      weigh(rows, at, n, sums.foldWeights());
      rows.x().addTransposedTimes(at, n, p, z, m, sums.gradients());
    }
  }

  private void weigh(LabelledRows rows, int from, int n, double[] foldWeights) {
    int m = width();
    boolean weighted = rows.weights().length > 0;
    for (int i = 0; i < n; i++) {
      int fold = rows.folds()[from + i];
      double weight = rows.weight(from + i);
      foldWeights[fold] += weight;
      if (weighted) {
        scale(z, i * m, m, weight);
      }
      int out = i * m + side.out().from()[fold] * functionsEach;
      Arrays.fill(z, out, i * m + side.out().end()[fold] * functionsEach, 0);
    }
  }

  /** Multiplies; by 0 all become 0, an infinite mean of a row that weighs nothing too. */
  private static void scale(double[] z, int from, int m, double factor) {
    if (factor == 0) {
      Arrays.fill(z, from, from + m, 0);
      return;
    }
    for (int at = from; at < from + m; at++) {
      z[at] *= factor;
    }
  }

  /** Adds the losses over the rows {@code from} to before {@code to}. */
  public void addLosses(LabelledRows rows, int from, int to, LossSums sums) {
    int panel = panelRows();
    int m = side.count();
    for (int at = from; at < to; at += panel) {
      int n = Math.min(panel, to - at);
      rows.x().timesInto(at, n, p, functions.coefficients(), width(), z);
      block.at(rows.labels(), at, n).values(z);
      Arrays.fill(few, 0);
      for (int i = 0; i < n; i++) {
        addRow(rows, at + i, i * m);
      }
      sums.add(few);
    }
  }

  private void addRow(LabelledRows rows, int row, int from) {
    int m = side.count();
    double weight = rows.weight(row);
    if (weight == 0) {
      return;
    }
    int fold = rows.folds()[row];
    int out = side.out().from()[fold];
    int scored = side.scored().end()[fold];
    for (int i = 0; i < out; i++) {
      few[i] += weight * z[from + i];
    }
    for (int i = side.scored().from()[fold]; i < scored; i++) {
      few[m + i] += weight * z[from + i];
    }
    for (int i = side.out().end()[fold]; i < m; i++) {
      few[i] += weight * z[from + i];
    }
  }

  /**
   * Adds the curvatures over rows.
   *
   * @param widths the width γ of each function
   * @param every of how many runs of rows one is looked at: 1 for all rows
   */
  public void addCurvatures(LabelledRows rows, double[] widths, int every, CurvatureSums sums) {
    int panel = every == 1 ? panelRows() : Math.min(RUN, panelRows());
    int pairs = side.count() * CurvatureSums.pairs(functionsEach);
    Panel second = new Panel(new double[panel * pairs], new double[panel * p], new double[p * p]);
    for (int at = 0; at < rows.x().rows(); at += panel * every) {
      int n = Math.min(panel, rows.x().rows() - at);
      rows.x().timesInto(at, n, p, functions.coefficients(), width(), z);
      smooth(rows, at, n, widths, second.curvatures, sums);
      rows.x().addTransposedTimes(at, n, p, z, width(), sums.gradients());
      for (int pair = 0; pair < pairs; pair++) {
        Arrays.fill(second.hessian, 0);
        rows.x().scaledInto(at, n, p, second.curvatures, pairs, pair, second.scaled);
        rows.x().addTransposedTimes(at, n, p, second.scaled, p, second.hessian);
        addAt(second.hessian, sums.hessians(), pair * p * p);
      }
    }
  }

  /** The scratch of a panel. */
  private record Panel(double[] curvatures, double[] scaled, double[] hessian) {}

  private static void addAt(double[] terms, double[] sums, int from) {
    for (int at = 0; at < terms.length; at++) {
      sums[from + at] += terms[at];
    }
  }

  /** Writes slopes in place of predictions, and curvatures; both are 0 where a row is held out. */
  private void smooth(
      LabelledRows rows,
      int from,
      int n,
      double[] widths,
      double[] curvatures,
      CurvatureSums sums) {
    int m = side.count();
    int pairs = CurvatureSums.pairs(functionsEach);
    Smoothed point = new Smoothed();
    double[] losses = new double[2 * m];
    double[] rounded = new double[2 * m];
    for (int row = 0, at = 0; row < n; row++) {
      int fold = rows.folds()[from + row];
      double weight = rows.weight(from + row);
      for (int i = 0; i < m; i++, at++) {
        Loss own = functions.trials().losses().get(side.columns()[i]);
        int first = at * functionsEach;
        look(own, first, rows.labels()[from + row], widths[i], curvatures, at * pairs, point);
        boolean out = i >= side.out().from()[fold] && i < side.out().end()[fold];
        boolean scored = i >= side.scored().from()[fold] && i < side.scored().end()[fold];
        double trained = out ? 0 : weight;
        if (weight != 0 && (scored || !out)) {
          losses[scored ? m + i : i] += weight * point.loss();
        }
        if (trained != 0) {
          sums.weights()[i] += trained;
          rounded[i] += trained * point.value();
          rounded[m + i] += trained * point.gap();
        }
        scale(z, first, functionsEach, trained);
        scale(curvatures, at * pairs, pairs, trained);
      }
    }
    sums.losses().add(losses);
    sums.rounded().add(rounded);
  }

  /** Looks at the loss of one prediction: slopes in place of it, and curvatures. */
  private void look(
      Loss own,
      int first,
      double label,
      double width,
      double[] curvatures,
      int to,
      Smoothed point) {
    if (own instanceof MulticlassLoss several) {
      double loss = several.curvaturesInto(z, first, label, curvatures, to);
      point.exact(loss, Double.NaN, Double.NaN);
      return;
    }
    own.smoothInto(z[first], label, width, point);
    z[first] = point.slope();
    curvatures[to] = point.curvature();
  }
}
