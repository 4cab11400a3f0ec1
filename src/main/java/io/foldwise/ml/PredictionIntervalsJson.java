package io.foldwise.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.score.Residuals;
import io.foldwise.search.PredictionIntervals;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The models of the folds and their errors as one line of JSON, read back bit by bit: an array of
 * {intercept, coefficients, errors, weights, rows}, the coefficients of the terms of the model that
 * they are saved with.
 */
final class PredictionIntervalsJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PredictionIntervalsJson() {}

  /** A fold as it stands in the line. */
  private record Line(
      double intercept, double[] coefficients, double[] errors, double[] weights, long rows) {
    static Line of(PredictionIntervals.Fold fold) {
      AffineFunction function = fold.model().function();
      Residuals residuals = fold.residuals();
      return new Line(
          function.intercept(),
          function.coefficients(),
          residuals.values(),
          residuals.weights(),
          residuals.rows());
    }

    PredictionIntervals.Fold fold(PolynomialBasis basis) {
      return new PredictionIntervals.Fold(
          new LinearModel(basis, new AffineFunction(intercept, coefficients)),
          new Residuals(errors, weights, rows));
    }
  }

  static String text(PredictionIntervals intervals) throws JsonProcessingException {
    List<Line> lines = intervals.folds().stream().map(Line::of).toList();
    return MAPPER.writeValueAsString(lines);
  }

  /**
   * The intervals of such a line.
   *
   * @param basis the terms that the coefficients are of
   * @throws IOException if it is no such JSON
   */
  static PredictionIntervals read(String text, PolynomialBasis basis) throws IOException {
    Line[] lines = MAPPER.readValue(text, Line[].class);
    return new PredictionIntervals(Arrays.stream(lines).map(line -> line.fold(basis)).toList());
  }
}
