package io.foldwise.spark.engine;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Models side by side, as rows are scored with: Z = X·B.
 *
 * <pre>
 * X  n × p   the terms of a row, a 1 first
 * B  p × m   row-major: intercepts, then coefficients; zero where a model has fewer terms
 * </pre>
 *
 * Columns are ordered by the fold that a model holds out, so that those of a fold stand together.
 *
 * @param basis of the model with most terms, whose first ones are the others'
 * @param coefficients B
 * @param losses of the columns
 * @param heldOut fold of each column, ascending, or {@link Trial#NONE}
 * @param places each column's place in the list that the models came in
 */
record ScoredModels(
    PolynomialBasis basis, double[] coefficients, List<Loss> losses, int[] heldOut, int[] places)
    implements Serializable {

  /** A model to score. */
  private record Scored(LinearModel model, Loss loss, int heldOut) {}

  /** The models of trials, all of one carried basis. */
  static ScoredModels of(List<TrialResult> trained) {
    return ofScored(
        trained.stream()
            .map(r -> new Scored(r.model(), r.trial().candidate().loss(), r.trial().heldOut()))
            .toList());
  }

  static ScoredModels of(LinearModel model, Loss loss) {
    return ofScored(List.of(new Scored(model, loss, Trial.NONE)));
  }

  private static ScoredModels ofScored(List<Scored> models) {
    int[] places =
        IntStream.range(0, models.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> models.get(i).heldOut))
            .mapToInt(Integer::intValue)
            .toArray();
    PolynomialBasis basis =
        models.stream()
            .map(scored -> scored.model.basis())
            .max(Comparator.comparingInt(PolynomialBasis::degree))
            .orElseThrow();
    List<Scored> columns = IntStream.of(places).mapToObj(models::get).toList();
    return new ScoredModels(
        basis,
        coefficients(columns, basis.terms() + 1),
        columns.stream().map(Scored::loss).toList(),
        columns.stream().mapToInt(Scored::heldOut).toArray(),
        places);
  }

  private static double[] coefficients(List<Scored> columns, int p) {
    int m = columns.size();
    double[] b = new double[p * m];
    for (int c = 0; c < m; c++) {
      double[] own = columns.get(c).model.function().coefficients();
      b[c] = columns.get(c).model.function().intercept();
      for (int j = 0; j < own.length; j++) {
        b[(j + 1) * m + c] = own[j];
      }
    }
    return b;
  }

  /** m. */
  int count() {
    return heldOut.length;
  }

  /** p, the terms and the 1. */
  int width() {
    return basis.terms() + 1;
  }

  /** The first column that holds out this fold or a later one. */
  int firstOf(int fold) {
    int low = 0;
    int high = heldOut.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (heldOut[middle] < fold) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Values of the columns in the order that the models came in. */
  <T> List<T> inOrder(List<T> ofColumns) {
    List<T> ordered = new ArrayList<>(ofColumns);
    for (int c = 0; c < places.length; c++) {
      ordered.set(places[c], ofColumns.get(c));
    }
    return ordered;
  }
}
