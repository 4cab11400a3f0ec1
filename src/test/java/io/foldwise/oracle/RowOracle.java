package io.foldwise.oracle;

import io.foldwise.learn.optim.Exact;
import io.foldwise.learn.optim.Schedule;
import io.foldwise.search.Candidate;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Minibatch gradient descent of one trial on rows, one row after the other. */
public final class RowOracle {
  private final TrainingRows rows;
  private final SearchPlan plan;
  private final VisitingOrder visiting;

  public RowOracle(TrainingRows rows, SearchPlan plan) {
    this(rows, plan, VisitingOrder.common(plan.objective().seed()));
  }

  public RowOracle(TrainingRows rows, SearchPlan plan, VisitingOrder visiting) {
    this.rows = rows;
    this.plan = plan;
    this.visiting = visiting;
  }

  /**
   * What became of a trial.
   *
   * @param rate η₀; NaN for the optimum
   * @param powers the constant, then the coefficients of the powers of x in graded order
   * @param weights in the coordinates of training
   * @param training mean loss of the rows trained on, epoch after epoch
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
    int[] training = training(trial);
    Columns columns = new Columns(rows, candidate.form(), plan.objective().basis(), training);
    double[][] z = new double[rows.n()][];
    for (int i = 0; i < z.length; i++) {
      z[i] = columns.of(i);
    }
    if (candidate.optimizer() instanceof Exact) {
      double[] w = RowOptimum.solve(z, rows, training, candidate.penalty(), columns.leading());
      double[] error = {loss(candidate, z, w, training)};
      double[] unseen = {loss(candidate, z, w, rows.scored(trial.split()))};
      return new Outcome(Double.NaN, columns.powers(w), w, error, unseen);
    }
    return descend(trial, columns, z, training);
  }

  private Outcome descend(Trial trial, Columns columns, double[][] z, int[] training) {
    Candidate candidate = trial.candidate();
    List<int[]> minibatches = minibatches(trial);
    double rate = new RowRate(rows, candidate).of(z, minibatches);
    double constant = RowConstant.of(candidate.loss(), rows, training);
    double[] w = columns.start(plan.objective().initialWeights(), constant);
    RowStepper stepper =
        new RowStepper(candidate.optimizer(), candidate.penalty(), columns.leading(), w);
    int epochs = (int) trial.epochs();
    double[] train = new double[epochs];
    double[] validation = new double[epochs];
    long t = 0;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      for (int b : visiting.of(trial, minibatches.size(), epoch)) {
        t++;
        if (minibatches.get(b).length > 0) {
          double[] g =
              gradient(candidate, z, stepper.point(), minibatches.get(b), columns.leading());
          stepper.step(g, rate * factor(candidate, t, minibatches.size()), t);
        }
      }
      train[epoch - 1] = loss(candidate, z, w, training);
      validation[epoch - 1] = loss(candidate, z, w, rows.scored(trial.split()));
    }
    return new Outcome(rate, columns.powers(w), w, train, validation);
  }

  /** The rows that are trained on and weigh something. */
  private int[] training(Trial trial) {
    return IntStream.of(rows.trainedOn(trial.split())).filter(i -> rows.weight(i) > 0).toArray();
  }

  /** Those of each minibatch; some may be empty. */
  private List<int[]> minibatches(Trial trial) {
    long batchSize = trial.candidate().descending().batchSize();
    int m = (int) Math.max(1, Math.ceil(rows.n() / (double) batchSize));
    List<List<Integer>> members = new ArrayList<>();
    for (int b = 0; b < m; b++) {
      members.add(new ArrayList<>());
    }
    for (int i : training(trial)) {
      members.get((int) (rows.position()[i] * m / rows.positions())).add(i);
    }
    return members.stream()
        .map(member -> member.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** Summed first, then divided: signs that cancel leave an exact zero. */
  private double[] gradient(
      Candidate candidate, double[][] z, double[] w, int[] batch, int leading) {
    double[] g = new double[w.length];
    for (int i : batch) {
      double slope = RowLoss.slope(candidate.loss(), predict(z[i], w), rows.y()[i]);
      for (int j = 0; j < w.length; j++) {
        g[j] += rows.weight(i) * slope * z[i][j];
      }
    }
    double weight = rows.weight(batch);
    for (int j = 0; j < w.length; j++) {
      g[j] = g[j] / weight + (j < leading ? 0 : 2 * candidate.penalty().l2() * w[j]);
    }
    return g;
  }

  private static double factor(Candidate candidate, long t, int stepsPerEpoch) {
    Schedule schedule = candidate.descending().schedule();
    double passed = (t - 1) / (double) stepsPerEpoch;
    if (schedule instanceof Schedule.InverseScaling inverse) {
      return Math.pow((double) t, -inverse.power());
    } else if (schedule instanceof Schedule.Exponential exponential) {
      return Math.pow(exponential.decay(), passed);
    } else if (schedule instanceof Schedule.Cosine) {
      return 0.5 * (1 + Math.cos(Math.PI * passed / candidate.descending().epochs()));
    }
    return 1;
  }

  private double loss(Candidate candidate, double[][] z, double[] w, int[] over) {
    double sum = 0;
    for (int i : over) {
      sum += rows.weight(i) * RowLoss.value(candidate.loss(), predict(z[i], w), rows.y()[i]);
    }
    return sum / rows.weight(over);
  }

  private static double predict(double[] z, double[] w) {
    double prediction = 0;
    for (int j = 0; j < w.length; j++) {
      prediction += w[j] * z[j];
    }
    return prediction;
  }
}
