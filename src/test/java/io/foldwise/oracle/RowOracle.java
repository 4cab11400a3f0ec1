package io.foldwise.oracle;

import io.foldwise.learn.EpochOrder;
import io.foldwise.learn.LearningRate;
import io.foldwise.learn.Optimizer;
import io.foldwise.learn.Penalty;
import io.foldwise.learn.Schedule;
import io.foldwise.search.Candidate;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import java.util.ArrayList;
import java.util.List;

/** Minibatch gradient descent of one trial on rows, one row after the other. */
public final class RowOracle {
  private final TrainingRows rows;
  private final SearchPlan plan;

  public RowOracle(TrainingRows rows, SearchPlan plan) {
    this.rows = rows;
    this.plan = plan;
  }

  /**
   * What became of a trial.
   *
   * @param rate η₀; NaN for the optimum
   * @param powers the constant, then the coefficients of the powers of x in graded order
   * @param weights in the coordinates of training
   * @param training mean squared error on the rows trained on, epoch after epoch
   * @param validation likewise on the held-out rows; NaN where there are none
   */
  public record Outcome(
      double rate, double[] powers, double[] weights, double[] training, double[] validation) {
    public double lastTraining() {
      return training[training.length - 1];
    }

    public double lastValidation() {
      return validation[validation.length - 1];
    }
  }

  /** Trains a trial; {@code exact} gives the optimum as its only epoch. */
  public Outcome train(Trial trial) {
    Candidate candidate = trial.candidate();
    int[] training = rows.trainedOn(trial.heldOut());
    Columns columns = new Columns(rows, candidate.form(), plan.objective().basis(), training);
    double[][] z = new double[rows.n()][];
    for (int i = 0; i < z.length; i++) {
      z[i] = columns.of(i);
    }
    if (candidate.optimizer() instanceof Optimizer.Exact) {
      double[] w = RowOptimum.solve(z, rows.y(), training, candidate.penalty(), columns.leading());
      double[] error = {error(z, w, training)};
      double[] unseen = {error(z, w, rows.heldOut(trial.heldOut()))};
      return new Outcome(Double.NaN, columns.powers(w), w, error, unseen);
    }
    return descend(trial, columns, z, training);
  }

  private Outcome descend(Trial trial, Columns columns, double[][] z, int[] training) {
    Candidate candidate = trial.candidate();
    List<int[]> minibatches = minibatches(trial);
    double rate = rate(candidate, z, minibatches);
    double[] w = columns.start(plan.objective().initialWeights(), mean(rows.y(), training));
    RowStepper stepper =
        new RowStepper(candidate.optimizer(), candidate.penalty(), columns.leading(), w);
    int epochs = (int) trial.epochs();
    double[] train = new double[epochs];
    double[] validation = new double[epochs];
    EpochOrder order = new EpochOrder(plan.objective().seed(), minibatches.size());
    long t = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      for (int b : order.of(epoch)) {
        t++;
        if (minibatches.get(b).length > 0) {
          double[] g =
              gradient(
                  z, stepper.point(), minibatches.get(b), candidate.penalty(), columns.leading());
          double factor =
              factor(
                  candidate.descending().schedule(),
                  t,
                  minibatches.size(),
                  candidate.descending().epochs());
          stepper.step(g, rate * factor, t);
        }
      }
      train[epoch - 1] = error(z, w, training);
      validation[epoch - 1] = error(z, w, rows.heldOut(trial.heldOut()));
    }
    return new Outcome(rate, columns.powers(w), w, train, validation);
  }

  /** Rows of each minibatch that are trained on; some may be empty. */
  private List<int[]> minibatches(Trial trial) {
    long batchSize = trial.candidate().descending().batchSize();
    int m = (int) Math.max(1, Math.ceil(rows.n() / (double) batchSize));
    List<List<Integer>> members = new ArrayList<>();
    for (int b = 0; b < m; b++) {
      members.add(new ArrayList<>());
    }
    for (int i : rows.trainedOn(trial.heldOut())) {
      members.get((int) (rows.place()[i] * m / rows.places())).add(i);
    }
    return members.stream()
        .map(member -> member.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  private double[] gradient(double[][] z, double[] w, int[] batch, Penalty penalty, int leading) {
    double[] g = new double[w.length];
    for (int i : batch) {
      double error = predict(z[i], w) - rows.y()[i];
      for (int j = 0; j < w.length; j++) {
        g[j] += 2 * error * z[i][j] / batch.length;
      }
    }
    for (int j = leading; j < w.length; j++) {
      g[j] += 2 * penalty.l2() * w[j];
    }
    return g;
  }

  private static double factor(Schedule schedule, long t, int stepsPerEpoch, long epochs) {
    double passed = (t - 1) / (double) stepsPerEpoch;
    if (schedule instanceof Schedule.InverseScaling inverse) {
      return Math.pow((double) t, -inverse.power());
    } else if (schedule instanceof Schedule.Exponential exponential) {
      return Math.pow(exponential.decay(), passed);
    } else if (schedule instanceof Schedule.Cosine) {
      return 0.5 * (1 + Math.cos(Math.PI * passed / epochs));
    }
    return 1;
  }

  private double rate(Candidate candidate, double[][] z, List<int[]> minibatches) {
    if (candidate.descending().learningRate() instanceof LearningRate.Fixed fixed) {
      return fixed.value();
    }
    if (candidate.optimizer() instanceof Optimizer.Adagrad) {
      return 0.01;
    } else if (candidate.optimizer() instanceof Optimizer.Rmsprop
        || candidate.optimizer() instanceof Optimizer.Adam) {
      return 0.001;
    }
    double largest = 0;
    for (int[] batch : minibatches) {
      if (batch.length > 0) {
        largest = Math.max(largest, Jacobi.largestEigenvalue(halfHessian(z, batch)));
      }
    }
    return 0.5 * share(candidate, minibatches) / (largest + candidate.penalty().l2());
  }

  /** Several minibatches: momentum adds up 1/(1 − μ) of their steps. */
  private static double share(Candidate candidate, List<int[]> minibatches) {
    if (minibatches.size() == 1) {
      return 1;
    }
    if (candidate.optimizer() instanceof Optimizer.Momentum momentum) {
      return 1 - momentum.mu();
    }
    return candidate.optimizer() instanceof Optimizer.Nesterov nesterov ? 1 - nesterov.mu() : 1;
  }

  private static double[][] halfHessian(double[][] z, int[] batch) {
    int d = z[0].length;
    double[][] hessian = new double[d][d];
    for (int i : batch) {
      for (int j = 0; j < d; j++) {
        for (int l = 0; l < d; l++) {
          hessian[j][l] += z[i][j] * z[i][l] / batch.length;
        }
      }
    }
    return hessian;
  }

  private double error(double[][] z, double[] w, int[] over) {
    double sum = 0;
    for (int i : over) {
      double error = predict(z[i], w) - rows.y()[i];
      sum += error * error;
    }
    return sum / over.length;
  }

  private static double predict(double[] z, double[] w) {
    double prediction = 0;
    for (int j = 0; j < w.length; j++) {
      prediction += w[j] * z[j];
    }
    return prediction;
  }

  private static double mean(double[] y, int[] over) {
    double mean = 0;
    for (int i : over) {
      mean += y[i] / over.length;
    }
    return mean;
  }
}
