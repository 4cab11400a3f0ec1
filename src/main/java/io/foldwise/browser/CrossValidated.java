package io.foldwise.browser;

import io.foldwise.learn.score.Metric;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Convergence;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.teavm.jso.JSExport;

/** What cross-validation of a candidate in the page found; trials count from 0, fold after fold. */
public final class CrossValidated {
  private final CandidateSummary summary;
  private final List<TrialResult> trials;
  private final Optional<TrialResult> refit;
  private final Metric metric;
  private final TrialEngine engine;

  CrossValidated(
      CandidateSummary summary,
      List<TrialResult> trials,
      Optional<TrialResult> refit,
      Metric metric,
      TrialEngine engine) {
    this.summary = summary;
    this.trials = trials;
    this.refit = refit;
    this.metric = metric;
    this.engine = engine;
  }

  @JSExport
  public int trials() {
    return trials.size();
  }

  /** The mean of the metric over the folds. */
  @JSExport
  public double mean() {
    return summary.validation().mean();
  }

  @JSExport
  public double standardError() {
    return summary.validation().standardError();
  }

  /** Each fold's own metric. */
  @JSExport
  public double[] folds() {
    return summary.validation().folds().clone();
  }

  @JSExport
  public boolean diverged() {
    return summary.diverged();
  }

  /** The epochs trained, which early stopping may have cut. */
  @JSExport
  public double epochs() {
    return summary.epochs();
  }

  /** The epochs at the points of a trial's curve. */
  @JSExport
  public double[] curveEpochs(int trial) {
    return Arrays.stream(trials.get(trial).curve().epochs()).asDoubleStream().toArray();
  }

  /** The mean loss on the rows trained on, at the points of a trial's curve. */
  @JSExport
  public double[] curveTraining(int trial) {
    return trials.get(trial).curve().training();
  }

  /** The mean loss on the held-out rows, at the points of a trial's curve. */
  @JSExport
  public double[] curveValidation(int trial) {
    return trials.get(trial).curve().validation();
  }

  /** The metric of the final model on the rows that it was trained on. */
  @JSExport
  public double refitTraining() {
    return refit.map(result -> metric.of(result.scores().training())).orElse(Double.NaN);
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
  public double[] predictTrial(int trial, double[] x) {
    return predict(trials.get(trial), x);
  }

  private static double[] predict(TrialResult result, double[] x) {
    int d = result.model().basis().features().size();
    double[] predictions = new double[x.length / d];
    for (int row = 0; row < predictions.length; row++) {
      double value = result.model().predict(Arrays.copyOfRange(x, row * d, (row + 1) * d));
      predictions[row] = result.trial().candidate().loss().response(value);
    }
    return predictions;
  }
}
