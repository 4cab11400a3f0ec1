package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.learn.loss.EpsilonInsensitive;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.math.ColumnSumsAccumulator;
import io.foldwise.math.DenseRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optima of every loss, against SciPy's, scikit-learn's and Clarabel's (optima/make.py). */
final class ProximalNewtonTest {
  private static final int MOST_PASSES = 1000;

  /** A line of optima.json. */
  record Case(
      String data, Loss loss, Penalty penalty, double objective, double[] weights, String by) {
    static Case of(JsonNode node) {
      double parameter = node.get("parameter").asDouble();
      String name = node.get("loss").asText();
      Loss kind =
          Loss.kinds().stream().filter(each -> each.label().equals(name)).findFirst().orElseThrow();
      JsonNode weights = node.get("weights");
      return new Case(
          node.get("data").asText(),
          parameter > 0 ? kind.with(parameter) : kind,
          new Penalty(node.get("l1").asDouble(), node.get("l2").asDouble()),
          node.get("objective").asDouble(),
          StreamSupport.stream(weights.spliterator(), false)
              .mapToDouble(JsonNode::asDouble)
              .toArray(),
          node.get("by").asText());
    }

    @Override
    public String toString() {
      return data + ", " + loss + ", " + penalty + ", by " + by;
    }
  }

  static Stream<Case> optima() throws IOException {
    return StreamSupport.stream(
            new ObjectMapper().readTree(text("optima.json")).spliterator(), false)
        .map(Case::of);
  }

  private static String text(String name) throws IOException {
    try (InputStream in = ProximalNewtonTest.class.getResourceAsStream("/optima/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Features and label of every row. */
  static double[][] rows(String data) throws IOException {
    return text(data + ".csv")
        .lines()
        .skip(1)
        .map(line -> Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  private static LabelledRows labelled(double[][] rows) {
    int d = rows[0].length - 1;
    double[] x = new double[rows.length * (d + 1)];
    double[] y = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      x[i * (d + 1)] = 1;
      System.arraycopy(rows[i], 0, x, i * (d + 1) + 1, d);
      y[i] = rows[i][d];
    }
    return new LabelledRows(new DenseRows(d + 1, x), y, new double[0], new int[rows.length]);
  }

  private static Coordinates coordinates(double[][] rows) {
    int d = rows[0].length - 1;
    ColumnSumsAccumulator sums = new ColumnSumsAccumulator(d);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < d; j++) {
        sums.add(j, rows[i][j], 1);
      }
      sums.endRow(rows[i][d], 1);
    }
    return Coordinates.of(
        new ModelForm(1, true, true),
        sums.sums(),
        new Shift(new double[d + 1]),
        PolynomialBasis.power(
            java.util.stream.IntStream.range(0, d).mapToObj(j -> "x" + j).toList(), 1));
  }

  /** One column over rows, at the constant that its search begins with. */
  record Problem(
      WeightColumn column, Loss loss, RowsObjective objective, double weight, double[] w) {
    static Problem of(double[][] rows, Loss loss, Penalty penalty) {
      LabelledRows labelled = labelled(rows);
      TrialColumns columns =
          new TrialColumns(List.of(coordinates(rows)), List.of(Split.NONE), List.of(loss), 1);
      MinibatchRows all = new MinibatchRows(labelled, new int[] {0, rows.length});
      double[] labels = labelled.labels().clone();
      Arrays.sort(labels);
      double[] w = new double[rows[0].length];
      w[0] = loss.isBinary() ? 0 : labels[labels.length / 2];
      if (loss.isLogLink()) {
        w[0] = Math.log(Arrays.stream(labels).average().orElseThrow());
      }
      return new Problem(
          new WeightColumn(0, w.length, 1, penalty),
          loss,
          new RowsObjective(columns, List.of(all), 1),
          rows.length,
          w);
    }
  }

  @ParameterizedTest
  @MethodSource("optima")
  void theObjectiveIsThatOfAnotherSolver(Case each) throws IOException {
    double[][] rows = rows(each.data);
    Problem problem = Problem.of(rows, each.loss, each.penalty);
    double[] w = problem.w;
    ProximalNewton newton = new ProximalNewton(List.of(problem.column), List.of(each.loss), w);
    newton.run(problem.objective, new double[] {problem.weight}, MOST_PASSES);
    ProximalNewton.Optimum found = newton.optimum(0);
    double relative = Double.isNaN(each.loss.curvature()) ? 1e-6 : 1e-8;
    assertTrue(found.isReached());
    assertTrue(newton.passes() <= 300, () -> newton.passes() + " passes");
    assertEquals(each.objective, found.objective(), relative * each.objective);
    double above = found.objective() - each.objective;
    assertTrue(above <= 3 * found.gap() + 1e-11 * each.objective);
    if (each.weights.length > 0) {
      double size = Arrays.stream(each.weights).map(Math::abs).max().orElse(0);
      // Where the slope has kinks, an l2 penalty makes the weights unique, but not the intercept.
      int first = Double.isNaN(each.loss.curvature()) ? 1 : 0;
      for (int j = first; j < w.length; j++) {
        // A gap of 1e-9, to which kinks are solved, leaves weights the root of it.
        boolean tube = each.loss instanceof EpsilonInsensitive;
        double near = each.by.contains("Regressor") ? 1e-6 : tube ? 5e-5 : 1e-5;
        assertEquals(each.weights[j], w[j], near * size, "weight " + j);
      }
    }
  }
}
