package io.foldwise.learn;

import java.util.Arrays;
import java.util.List;

/** What a model is judged by, over a set of scored rows with e = ŷ − y. */
public enum Metric {
  /** Mean of e². */
  MSE("mse", false) {
    @Override
    public double of(MetricSums sums) {
      return sums.squaredError() / sums.count();
    }
  },
  /** √mse. */
  RMSE("rmse", false) {
    @Override
    public double of(MetricSums sums) {
      return Math.sqrt(sums.squaredError() / sums.count());
    }
  },
  /** Mean of |e|. */
  MAE("mae", true) {
    @Override
    public double of(MetricSums sums) {
      return sums.absoluteError() / sums.count();
    }
  },
  /** 1 − Σ e² / Σ (y − ȳ)²; NaN where the label does not vary, as in a single row. */
  R2("r2", false) {
    @Override
    public double of(MetricSums sums) {
      return sums.labelDeviation() > 0
          ? 1 - sums.squaredError() / sums.labelDeviation()
          : Double.NaN;
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }
  },
  /** max |e|. */
  MAX_ERROR("max-error", true) {
    @Override
    public double of(MetricSums sums) {
      return sums.count() > 0 ? sums.maxError() : Double.NaN;
    }
  };

  private final String label;
  private final boolean needsRows;

  Metric(String label, boolean needsRows) {
    this.label = label;
    this.needsRows = needsRows;
  }

  /** The value; NaN where it is undefined. */
  public abstract double of(MetricSums sums);

  /** The name on the command line and in files. */
  public String label() {
    return label;
  }

  /** Whether moments do not suffice: every row has to be scored. */
  public boolean needsRows() {
    return needsRows;
  }

  public boolean higherIsBetter() {
    return false;
  }

  /** All names, in order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Metric::label).toList();
  }
}
