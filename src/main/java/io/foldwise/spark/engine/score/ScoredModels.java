package io.foldwise.spark.engine.score;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.optim.Splits;
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
 * B  p × m·K row-major: intercepts, then coefficients; zero where a model has fewer terms; the K
 *            functions of a model together: 1, or one for each class
 * </pre>
 *
 * Columns are ordered by what the models were not trained on.
 *
 * @param basis the basis of the model with most terms, whose first ones are the others'
 * @param coefficients B
 * @param losses the losses of the columns
 * @param splits the splits of the columns
 * @param indices each column's index in the list that the models came in
 */
public record ScoredModels(
    PolynomialBasis basis, double[] coefficients, List<Loss> losses, Splits splits, int[] indices)
    implements Serializable {

  /** A model to score. */
  private record Scored(LinearModel model, Loss loss, Split split) {}

  /** The models of trials, all of one fitted basis. */
  public static ScoredModels of(List<TrialResult> trained) {
    return ofScored(
        trained.stream()
            .map(r -> new Scored(r.model(), r.trial().candidate().loss(), r.trial().split()))
            .toList());
  }

  public static ScoredModels of(LinearModel model, Loss loss) {
    return ofScored(List.of(new Scored(model, loss, Split.NONE)));
  }

  private static ScoredModels ofScored(List<Scored> models) {
    int[] indices =
        IntStream.range(0, models.size())
            .boxed()
            .sorted(Comparator.comparing(i -> models.get(i).split))
            .mapToInt(Integer::intValue)
            .toArray();
    PolynomialBasis basis =
        models.stream()
            .map(scored -> scored.model.basis())
            .max(Comparator.comparingInt(PolynomialBasis::degree))
            .orElseThrow();
    List<Scored> columns = IntStream.of(indices).mapToObj(models::get).toList();
    return new ScoredModels(
        basis,
        coefficients(columns, basis.terms() + 1),
        columns.stream().map(Scored::loss).toList(),
        new Splits(columns.stream().map(Scored::split).toList()),
        indices);
  }

  private static double[] coefficients(List<Scored> columns, int p) {
    List<AffineFunction> functions =
        columns.stream().flatMap(scored -> scored.model.functions().stream()).toList();
    int m = functions.size();
    double[] b = new double[p * m];
    for (int c = 0; c < m; c++) {
      double[] own = functions.get(c).coefficients();
      b[c] = functions.get(c).intercept();
      for (int j = 0; j < own.length; j++) {
        b[(j + 1) * m + c] = own[j];
      }
    }
    return b;
  }

  /** The number of models, m. */
  public int count() {
    return splits.count();
  }

  /** The number of functions of all models, m·K. */
  int functions() {
    return count() * losses.get(0).functions();
  }

  /** The number p of the terms and the 1. */
  public int width() {
    return basis.terms() + 1;
  }

  /** The values of the columns in the order that the models came in. */
  public <T> List<T> inOrder(List<T> ofColumns) {
    List<T> ordered = new ArrayList<>(ofColumns);
    for (int c = 0; c < indices.length; c++) {
      ordered.set(indices[c], ofColumns.get(c));
    }
    return ordered;
  }
}
