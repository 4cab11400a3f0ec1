package io.foldwise.ml.tuning;

import io.foldwise.search.LearningCurve;
import io.foldwise.search.Spread;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.tuning.CrossValidatorModel;

/**
 * What a cross-validation found, beside MLlib's model of it.
 *
 * @param model MLlib's model
 * @param settings one for each setting of the grid, in its order; none where MLlib's own {@code
 *     CrossValidator} ran, which keeps the means alone
 */
public record CrossValidated(CrossValidatorModel model, List<Setting> settings) {
  public CrossValidated {
    settings = List.copyOf(settings);
  }

  static CrossValidated of(CrossValidatorModel model) {
    return new CrossValidated(model, List.of());
  }

  static CrossValidated of(CrossValidatorModel model, FusedTuning.Tuned tuned) {
    return new CrossValidated(
        model,
        IntStream.range(0, tuned.averages().length)
            .mapToObj(
                setting ->
                    new Setting(
                        Arrays.stream(tuned.scores()).map(of -> of[setting]).toList(),
                        Arrays.stream(tuned.trials()).map(of -> of[setting].curve()).toList()))
            .toList());
  }

  /**
   * What was found of one setting of the grid.
   *
   * @param metrics the evaluator's metric of each fold
   * @param curves the mean loss by epoch with each fold held out
   */
  public record Setting(List<Double> metrics, List<LearningCurve> curves) {
    public Setting {
      metrics = List.copyOf(metrics);
      curves = List.copyOf(curves);
    }

    /** The mean over the folds. */
    public double mean() {
      return spread().mean();
    }

    /** The standard deviation over the k folds, ÷ (k − 1). */
    public double deviation() {
      return spread().sd();
    }

    /** The standard error of the mean, sd/√k. */
    public double standardError() {
      return spread().standardError();
    }

    private Spread spread() {
      return Spread.of(metrics.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }
}
