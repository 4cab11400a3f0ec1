package io.foldwise.spark.engine;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.optim.Schedule;
import io.foldwise.learn.optim.Sgd;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.oracle.RowSums;
import io.foldwise.search.Candidate;
import io.foldwise.search.Descending;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Random rows in every layout, random models of trials over them, and what these must score. */
public record ScoredRows(double[][] x, double[] y, double[] weights, int[] fold) {
  public static final List<String> NAMES = List.of("a", "b", "c");

  /** Rows with classes as labels, some features zero, some weights zero, folds of several sizes. */
  public static ScoredRows random(int n, int folds) {
    Random random = new Random(n);
    double[][] x = new double[n][NAMES.size()];
    for (double[] row : x) {
      for (int j = 0; j < row.length; j++) {
        row[j] = random.nextInt(3) == 0 ? 0 : random.nextGaussian();
      }
    }
    return new ScoredRows(
        x,
        random.doubles(n).map(Math::rint).toArray(),
        random.doubles(n).map(u -> u < 0.1 ? 0 : u).toArray(),
        random.ints(n, 0, folds).toArray());
  }

  public ScoredRows withOneClassInFold(int held) {
    double[] labels = y.clone();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = fold[i] == held ? 1 : labels[i];
    }
    return new ScoredRows(x, labels, weights, fold);
  }

  public int n() {
    return y.length;
  }

  /** Several candidates of several degrees, each with no fold held out and each of the folds. */
  public List<TrialResult> trained(List<Loss> losses, int folds) {
    return trained(
        losses,
        IntStream.range(-1, folds)
            .mapToObj(held -> held < 0 ? Split.NONE : Split.without(held))
            .toList());
  }

  /** Several candidates of several degrees, each on each split. */
  public List<TrialResult> trained(List<Loss> losses, List<Split> splits) {
    Random random = new Random(7);
    double[] low = {-3, -3, -3};
    double[] high = {3, 4, 5};
    List<TrialResult> trained = new ArrayList<>();
    for (Loss loss : losses) {
      for (int degree = 1; degree <= 3; degree++) {
        PolynomialBasis basis = PolynomialBasis.chebyshev(NAMES, 3, low, high).leading(degree);
        for (Split split : splits) {
          double[] w = random.doubles(basis.terms(), -1, 1).toArray();
          LinearModel model = new LinearModel(basis, new AffineFunction(random.nextDouble(), w));
          trained.add(result(candidate(loss, degree), split, model));
        }
      }
    }
    return trained;
  }

  private static Candidate candidate(Loss loss, int degree) {
    return new Candidate(
        loss,
        new ModelForm(degree, true, true),
        Penalty.NONE,
        new Sgd(),
        new Descending(new LearningRate.Auto(), new Schedule.Constant(), 9, 9));
  }

  private TrialResult result(Candidate candidate, Split split, LinearModel model) {
    return new TrialResult(
        Trial.of(candidate, split),
        model,
        new TrialResult.Rate(1, 1),
        false,
        scores(model, candidate.loss(), split),
        new LearningCurve(new long[] {1}, new double[1], new double[1]),
        0);
  }

  /** What the trial of a model has to score. */
  TrialResult.Scores scores(LinearModel model, Loss loss, Split split) {
    return new TrialResult.Scores(
        sums(
            model,
            loss,
            row -> !(fold[row] >= split.out().from() && fold[row] < split.out().end())),
        sums(
            model,
            loss,
            row -> fold[row] >= split.scored().from() && fold[row] < split.scored().end()));
  }

  public MetricSums sums(LinearModel model, Loss loss, java.util.function.IntPredicate rows) {
    int[] own = IntStream.range(0, n()).filter(rows).toArray();
    return own.length == 0
        ? MetricSums.EMPTY
        : RowSums.of(
            loss,
            IntStream.of(own).mapToDouble(i -> model.predict(x[i])).toArray(),
            IntStream.of(own).mapToDouble(i -> y[i]).toArray(),
            IntStream.of(own).mapToDouble(i -> weights[i]).toArray());
  }

  /** As training rows of a layout. */
  public EngineRows engineRows(EngineRows.Layout layout) {
    return new EngineRows(
        frame(layout, true), Optional.of(frame(layout, false)), layout, ScoredRows::refusal);
  }

  private static InvalidInputException refusal() {
    return new InvalidInputException("a cell is bad");
  }

  private Dataset<Row> frame(EngineRows.Layout layout, boolean folded) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n(); i++) {
      List<Object> cells = new ArrayList<>();
      switch (layout.form()) {
        case COLUMNS -> Arrays.stream(x[i]).forEach(cells::add);
        case ARRAY -> cells.add(x[i]);
        case VECTOR, DENSE_VECTOR ->
            cells.add(i % 2 == 0 ? Vectors.dense(x[i]) : Vectors.dense(x[i]).toSparse());
      }
      cells.add(y[i]);
      if (folded) {
        cells.add(fold[i]);
        cells.add((long) i);
      }
      if (layout.weighted()) {
        cells.add(weights[i]);
      }
      rows.add(RowFactory.create(cells.toArray()));
    }
    return TestSpark.session().createDataFrame(rows, schema(layout, folded)).repartition(3);
  }

  private static StructType schema(EngineRows.Layout layout, boolean folded) {
    StructType schema = Frames.numbers(layout);
    if (folded) {
      schema =
          schema
              .add("fold", DataTypes.IntegerType, false)
              .add("position", DataTypes.LongType, false);
    }
    return layout.weighted() ? schema.add("weight", DataTypes.DoubleType, false) : schema;
  }
}
