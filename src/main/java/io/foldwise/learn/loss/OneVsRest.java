package io.foldwise.learn.loss;

import io.foldwise.math.ColumnSums;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Σₖ ℓ(zₖ, [y = k]) over K classes of a loss ℓ of two: each class has a function zₖ of its own, for
 * which its rows are 1 and all others 0. The largest zₖ predicts.
 *
 * <p>The sum falls apart into K searches that share nothing but the rows and the penalty, and so
 * its optimum is that of K trainings, one for each class (Rifkin and Klautau, JMLR 5, 2004;
 * scikit-learn's and MLlib's {@code OneVsRest}).
 *
 * @param each ℓ, of a hinge
 * @param classes K ≥ 2, or 0 where the classes of the data are not known yet
 */
public record OneVsRest(BinaryLoss each, int classes) implements MulticlassLoss {
  /** Of data whose classes are not known yet. */
  public OneVsRest(BinaryLoss each) {
    this(each, 0);
  }

  public OneVsRest {
    MulticlassLoss.requireClasses(classes);
    if (each.hasProbabilities()) {
      throw new IllegalArgumentException(
          each.label() + " of several classes is softmax, which tells their probabilities");
    }
  }

  @Override
  public String label() {
    return "ovr-" + each.label();
  }

  @Override
  public String metric() {
    return "ovr-" + each.metric();
  }

  @Override
  public Loss ofClasses(int count) {
    return new OneVsRest(each, count);
  }

  @Override
  public boolean isKindOf(Loss other) {
    return other instanceof OneVsRest of && each.isKindOf(of.each);
  }

  @Override
  public void values(double[] z, LossBlock block) {
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double label = block.label(i);
      for (int c = 0; c < block.trials(); c++, at++) {
        double sum = takes(label) ? 0 : Double.NaN;
        for (int k = 0; k < classes; k++) {
          sum += each.value(z[at * classes + k], label == k ? 1 : 0);
        }
        z[at] = sum;
      }
    }
  }

  @Override
  public void derivatives(double[] z, LossBlock block) {
    for (int i = 0, at = 0; i < block.rows(); i++) {
      double label = block.label(i);
      for (int c = 0; c < block.trials(); c++) {
        for (int k = 0; k < classes; k++, at++) {
          z[at] = each.derivative(z[at], label == k ? 1 : 0);
        }
      }
    }
  }

  @Override
  public List<Loss> separately() {
    return IntStream.range(0, functions()).<Loss>mapToObj(own -> new Single(each, own)).toList();
  }

  @Override
  public double curvature() {
    return each.curvature();
  }

  /** Of one function, where all classes are as frequent. */
  @Override
  public double slopeDeviation(double positives) {
    return each.slopeDeviation(1.0 / functions());
  }

  @Override
  public boolean isSmooth() {
    return each.isSmooth();
  }

  @Override
  public double[] bestConstants(double[] weights) {
    double all = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(own -> each.bestDecision(all - own, own)).toArray();
  }

  @Override
  public double withoutKnowledge() {
    return functions() * each.withoutKnowledge();
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.oneVsRest(this);
  }

  /**
   * ℓ(z, [y = k]): what one function k adds to the sum. It is no kind of its own, and stands for
   * the loss only where the optimum is searched for.
   *
   * @param own k
   */
  record Single(BinaryLoss each, int own) implements Loss {
    private double isOwn(double label) {
      return label == own ? 1 : 0;
    }

    @Override
    public String label() {
      return each.label();
    }

    @Override
    public String metric() {
      return each.metric();
    }

    @Override
    public LabelDomain labels() {
      return LabelDomain.CLASSES;
    }

    @Override
    public double value(double prediction, double label) {
      return each.value(prediction, isOwn(label));
    }

    @Override
    public double derivative(double prediction, double label) {
      return each.derivative(prediction, isOwn(label));
    }

    @Override
    public double curvature() {
      return each.curvature();
    }

    @Override
    public double firstWidth(double mean) {
      return each.firstWidth(mean);
    }

    @Override
    public void smoothInto(double prediction, double label, double width, Smoothed point) {
      each.smoothInto(prediction, isOwn(label), width, point);
    }

    /**
     * Not told by sums of labels.
     *
     * @throws UnsupportedOperationException always; see {@link OneVsRest#bestConstants}
     */
    @Override
    public double bestConstant(ColumnSums labels) {
      throw new UnsupportedOperationException("classes are no numbers");
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return each.accept(visitor);
    }
  }
}
