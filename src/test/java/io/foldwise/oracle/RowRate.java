package io.foldwise.oracle;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.EpsilonInsensitive;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.optim.Adagrad;
import io.foldwise.learn.optim.Adam;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Momentum;
import io.foldwise.learn.optim.Nesterov;
import io.foldwise.learn.optim.Rmsprop;
import io.foldwise.learn.optim.Schedule;
import io.foldwise.search.Candidate;
import java.util.List;

/** The rate of a candidate on a training set, the automatic one from the rows themselves. */
final class RowRate {
  private final TrainingRows rows;
  private final Candidate candidate;

  RowRate(TrainingRows rows, Candidate candidate) {
    this.rows = rows;
    this.candidate = candidate;
  }

  /**
   * η₀.
   *
   * @param z the columns of every row
   * @param minibatches the rows of each that are trained on
   */
  double of(double[][] z, List<int[]> minibatches) {
    if (candidate.descending().learningRate() instanceof LearningRate.Fixed fixed) {
      return fixed.value();
    }
    int[] training = minibatches.stream().flatMapToInt(java.util.Arrays::stream).toArray();
    double weight = rows.weight(training);
    double reach = 0;
    for (int i : training) {
      double square = java.util.Arrays.stream(z[i]).map(v -> v * v).sum();
      reach += rows.weight(i) * square / weight;
    }
    double l2 = candidate.penalty().l2();
    double mu = memory();
    double share = candidate.loss().isLogLink() ? 1.0 / 3 : 1;
    if (candidate.optimizer() instanceof Adagrad) {
      return 3 * share * labelScale(training) / Math.sqrt(reach);
    } else if (candidate.optimizer() instanceof Rmsprop || candidate.optimizer() instanceof Adam) {
      return 0.3 * share * labelScale(training) / Math.sqrt(reach);
    }
    double curvature = RowLoss.halfCurvature(candidate.loss(), mean(training));
    double step = labelScale(training) * Math.sqrt(z[0].length) / (slope(training) * reach);
    double bounded = (1 - mu) / (1 / step + 2 * l2);
    if (Double.isNaN(curvature)) {
      return bounded;
    }
    boolean several = minibatches.size() > 1;
    boolean falls = candidate.descending().schedule() instanceof Schedule.Cosine;
    boolean quarter = candidate.loss() instanceof Logistic && falls && (several || mu == 0);
    boolean link = candidate.loss().isLogLink();
    double steeper = link ? 1 + Math.pow(labelScale(training), 2) : quarter ? 0.25 : 1;
    double bound = curvature * largest(z, minibatches) * steeper + l2;
    double smooth = 0.5 * (several || link ? Math.min(1, 2 * (1 - mu)) : 1) / bound;
    return candidate.loss() instanceof Huber ? Math.max(bounded, smooth) : smooth;
  }

  private double memory() {
    if (candidate.optimizer() instanceof Momentum momentum) {
      return momentum.mu();
    }
    return candidate.optimizer() instanceof Nesterov nesterov ? nesterov.mu() : 0;
  }

  /** The deviation of a kinked loss's slope at the best constant. */
  private double slope(int[] training) {
    if (candidate.loss() instanceof Quantile quantile) {
      return Math.sqrt(quantile.tau() * (1 - quantile.tau()));
    } else if (candidate.loss() instanceof Absolute
        || candidate.loss() instanceof EpsilonInsensitive) {
      return 1;
    } else if (candidate.loss() instanceof Huber huber) {
      return huber.delta();
    }
    double positives = mean(training);
    return Math.sqrt(positives * (1 - positives));
  }

  /** The label's deviation over all that is trained on, 1 where it is none; 2 between classes. */
  private double labelScale(int[] training) {
    if (candidate.loss().isBinary()) {
      return 2;
    }
    double weight = rows.weight(training);
    double mean = mean(training);
    double variance = 0;
    for (int i : training) {
      variance += rows.weight(i) * Math.pow(rows.y()[i] - mean, 2) / weight;
    }
    if (candidate.loss().isLogLink()) {
      return variance > 0 ? Math.sqrt(Math.log(1 + variance / (mean * mean))) : 1;
    }
    return variance > 0 ? Math.sqrt(variance) : 1;
  }

  private double mean(int[] training) {
    double mean = 0;
    for (int i : training) {
      mean += rows.weight(i) * rows.y()[i] / rows.weight(training);
    }
    return mean;
  }

  /** The largest eigenvalue of the mean of z zᵀ over the minibatches. */
  private double largest(double[][] z, List<int[]> minibatches) {
    double largest = 0;
    for (int[] batch : minibatches) {
      if (batch.length > 0) {
        double[][] squares = batch.length < z[0].length ? ofRows(z, batch) : ofColumns(z, batch);
        largest = Math.max(largest, Jacobi.largestEigenvalue(squares));
      }
    }
    return largest;
  }

  private double[][] ofColumns(double[][] z, int[] batch) {
    int d = z[0].length;
    double weight = rows.weight(batch);
    double[][] squares = new double[d][d];
    for (int i : batch) {
      for (int j = 0; j < d; j++) {
        for (int l = 0; l < d; l++) {
          squares[j][l] += rows.weight(i) * z[i][j] * z[i][l] / weight;
        }
      }
    }
    return squares;
  }

  /** Z Zᵀ, which has the eigenvalues of Zᵀ Z but for zeros. */
  private double[][] ofRows(double[][] z, int[] batch) {
    double weight = rows.weight(batch);
    double[][] squares = new double[batch.length][batch.length];
    for (int i = 0; i < batch.length; i++) {
      for (int j = 0; j < batch.length; j++) {
        double dot = 0;
        for (int l = 0; l < z[0].length; l++) {
          dot += z[batch[i]][l] * z[batch[j]][l];
        }
        squares[i][j] = dot * Math.sqrt(rows.weight(batch[i]) * rows.weight(batch[j])) / weight;
      }
    }
    return squares;
  }
}
