package io.foldwise.browser;

import io.foldwise.learn.score.Metric;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Convergence;
import io.foldwise.search.TrialResult;
import io.foldwise.search.training.SnapshotEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.teavm.jso.JSExport;

/** What cross-validation in the page found; candidates and folds count from 0. */
public final class CrossValidated {
  private final List<CandidateSummary> summaries;
  private final List<TrialResult> trials;
  private final Optional<CandidateSummary> chosen;
  private final Optional<TrialResult> refit;
  private final SnapshotEngine engine;

  CrossValidated(
      List<CandidateSummary> summaries,
      List<TrialResult> trials,
      Optional<CandidateSummary> chosen,
      Optional<TrialResult> refit,
      SnapshotEngine engine) {
    this.summaries = summaries;
    this.trials = trials;
    this.chosen = chosen;
    this.refit = refit;
    this.engine = engine;
  }

  @JSExport
  public int candidates() {
    return summaries.size();
  }

  /** The number of trials of each candidate. */
  @JSExport
  public int trials() {
    return trials.size() / summaries.size();
  }

  /** The candidate chosen; −1 where all diverged. */
  @JSExport
  public int chosen() {
    return chosen.map(CandidateSummary::index).orElse(-1);
  }

  /** The mean of the metric over the folds. */
  @JSExport
  public double mean(int candidate) {
    return summaries.get(candidate).validation().mean();
  }

  @JSExport
  public double standardError(int candidate) {
    return summaries.get(candidate).validation().standardError();
  }

  /** The mean over the folds of the metric on the rows trained on. */
  @JSExport
  public double meanTrain(int candidate) {
    return summaries.get(candidate).meanTrain();
  }

  /** Each fold's own metric. */
  @JSExport
  public double[] folds(int candidate) {
    return summaries.get(candidate).validation().folds().clone();
  }

  @JSExport
  public boolean diverged(int candidate) {
    return summaries.get(candidate).diverged();
  }

  /** The epochs trained, which early stopping may have cut. */
  @JSExport
  public double epochs(int candidate) {
    return summaries.get(candidate).epochs();
  }

  /** The learning rate of a trial; NaN where it takes no steps. */
  @JSExport
  public double rate(int candidate, int trial) {
    return trial(candidate, trial).rate().used();
  }

  /** The epochs at the points of a trial's curve. */
  @JSExport
  public double[] curveEpochs(int candidate, int trial) {
    return Arrays.stream(trial(candidate, trial).curve().epochs()).asDoubleStream().toArray();
  }

  /** The mean loss on the rows trained on, at the points of a trial's curve. */
  @JSExport
  public double[] curveTraining(int candidate, int trial) {
    return trial(candidate, trial).curve().training();
  }

  /** The mean loss on the held-out rows, at the points of a trial's curve. */
  @JSExport
  public double[] curveValidation(int candidate, int trial) {
    return trial(candidate, trial).curve().validation();
  }

  /** The mean squared error of the final model on the rows that it was trained on. */
  @JSExport
  public double refitTraining() {
    return refit.map(result -> Metric.MSE.of(result.scores().training())).orElse(Double.NaN);
  }

  /** The training objective of the final model, its least value, and that of the best constant. */
  @JSExport
  public double[] refitConvergence() {
    return refit
        .map(result -> engine.convergence(List.of(result)).get(0))
        .map(CrossValidated::numbers)
        .orElse(new double[0]);
  }

  private static double[] numbers(Convergence convergence) {
    return new double[] {
      convergence.objective(), convergence.optimum(), convergence.constant(), convergence.share()
    };
  }

  /** The constant of the final model written in powers of the features. */
  @JSExport
  public double refitIntercept() {
    return refit.map(result -> result.model().powers().intercept()).orElse(Double.NaN);
  }

  /** The coefficients of the final model, in the order of {@link #refitTerms}. */
  @JSExport
  public double[] refitCoefficients() {
    return refit.map(result -> result.model().powers().coefficients()).orElse(new double[0]);
  }

  @JSExport
  public String[] refitTerms() {
    return refit
        .map(result -> result.model().basis().termNames().toArray(String[]::new))
        .orElse(new String[0]);
  }

  /**
   * Predictions of the final model.
   *
   * @param x rows of features, one after the other
   */
  @JSExport
  public double[] predict(double[] x) {
    return refit.map(result -> predict(result, x)).orElse(new double[0]);
  }

  /** Predictions of the model of a trial. */
  @JSExport
  public double[] predictTrial(int candidate, int trial, double[] x) {
    return predict(trial(candidate, trial), x);
  }

  private static double[] predict(TrialResult result, double[] x) {
    int d = result.model().basis().features().size();
    double[] predictions = new double[x.length / d];
    for (int row = 0; row < predictions.length; row++) {
      predictions[row] = result.model().predict(Arrays.copyOfRange(x, row * d, (row + 1) * d));
    }
    return predictions;
  }

  private TrialResult trial(int candidate, int trial) {
    return trials.get(candidate * trials() + trial);
  }
}
