package io.foldwise.spark.engine.sql;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.learn.score.Sum;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.score.RankingPass;
import io.foldwise.spark.engine.score.ScoredModels;
import io.foldwise.spark.engine.score.ScoringPass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Scores many models by SQL: one group for each fold, or piece of one, with its sums for every
 * model; those of the folds that a model was trained on are added up.
 */
final class SqlScoring {
  /** The number of sums of labels, which every group has. */
  private static final int OF_LABELS = 4;

  private static final long ONE_GROUP = 0;

  private final List<TrialResult> trained;
  private final ScoredModels models;
  private final SqlFunctions functions;
  private final SqlAggregates aggregates;
  private final SqlParameters.Kind kind;
  private final boolean binary;
  private final List<Sum> summed;
  private final double labelShift;

  SqlScoring(List<TrialResult> trained, SqlAggregates aggregates, SqlParameters.Kind kind) {
    this.trained = trained;
    this.models = ScoredModels.of(trained);
    this.functions = new SqlFunctions(models.coefficients(), models.width(), models.count());
    this.aggregates = aggregates;
    this.kind = kind;
    this.binary = models.losses().get(0).isBinary();
    this.summed = Sum.ofModels(models.losses().get(0));
    this.labelShift = trained.get(0).scores().training().labels().mean();
  }

  /** See {@link TrialEngine#score}. */
  TrialEngine.Scored score(EngineRows rows) {
    SqlFrame frame = SqlFrame.training(rows).expanded(models.basis());
    SortedMap<Long, List<MetricSums>> folds = sums(frame, SqlFrame.FOLD.cast("long"));
    List<TrialResult.Scores> scores =
        IntStream.range(0, models.count()).mapToObj(c -> scores(folds, c)).toList();
    List<TrialResult.Scores> inOrder = models.inOrder(scores);
    return TrialEngine.Scored.of(trained, inOrder);
  }

  private TrialResult.Scores scores(SortedMap<Long, List<MetricSums>> folds, int c) {
    MetricSums training = MetricSums.EMPTY;
    MetricSums validation = MetricSums.EMPTY;
    for (Map.Entry<Long, List<MetricSums>> fold : folds.entrySet()) {
      MetricSums own = fold.getValue().get(c);
      int key = Math.toIntExact(fold.getKey());
      if (c >= models.splits().firstScored(key) && c < models.splits().endScored(key)) {
        validation = validation.merge(own);
      } else if (c < models.splits().firstOut(key) || c >= models.splits().endOut(key)) {
        training = training.merge(own);
      }
    }
    return new TrialResult.Scores(training, validation);
  }

  /** See {@link TrialEngine#scoreTest}. */
  MetricSums scoreTest(EngineRows rows) {
    MetricSums sums = rows.test().map(test -> sums(test, rows.layout())).orElse(MetricSums.EMPTY);
    return ScoringPass.checkedTest(rows, trained.get(0), sums);
  }

  private MetricSums sums(Dataset<Row> test, EngineRows.Layout layout) {
    SqlFrame frame = SqlFrame.test(test, layout).expanded(models.basis());
    SortedMap<Long, List<MetricSums>> all = sums(frame, lit(ONE_GROUP));
    MetricSums sums = all.isEmpty() ? MetricSums.EMPTY : all.get(ONE_GROUP).get(0);
    return binary && sums.rows() > 0 ? RankingPass.ranked(sums, test, layout, models) : sums;
  }

  /** For each key the sums of every model. */
  private SortedMap<Long, List<MetricSums>> sums(SqlFrame frame, Column key) {
    SortedMap<Long, List<MetricSums>> all = new TreeMap<>();
    int quantities = summed.size();
    int width = functions.together(kind, quantities, OF_LABELS);
    SqlFrame checked = checked(frame);
    SqlFrame kept = width < models.count() ? aggregates.kept(checked) : checked;
    try {
      for (int from = 0; from < models.count(); from += width) {
        int to = Math.min(models.count(), from + width);
        for (Map.Entry<Long, double[]> group : sums(kept, key, from, to).entrySet()) {
          List<MetricSums> own = all.computeIfAbsent(group.getKey(), k -> new ArrayList<>());
          IntStream.range(0, to - from)
              .mapToObj(i -> metricSums(group.getValue(), OF_LABELS + i * quantities))
              .forEach(own::add);
        }
      }
      return all;
    } finally {
      kept.drop();
    }
  }

  /** The frame with NaN for a label or a weight that cannot be, which alarms the caller. */
  private SqlFrame checked(SqlFrame frame) {
    Map<String, Column> columns = new LinkedHashMap<>();
    Column y = SqlFrame.LABEL;
    if (binary) {
      Column fits = y.equalTo(lit(0.0)).or(y.equalTo(lit(1.0)));
      columns.put("y", when(fits, y).otherwise(lit(Double.NaN)));
    }
    if (frame.weighted()) {
      Column w = frame.weight();
      columns.put("w", when(w.geq(lit(0.0)), w).otherwise(lit(Double.NaN)));
    }
    return new SqlFrame(frame.rows().withColumns(columns), frame.terms(), frame.weighted());
  }

  private Map<Long, double[]> sums(SqlFrame frame, Column key, int from, int to) {
    SqlParameters parameters = kind.of(functions.numbers(from, to));
    Map<String, Column> predictions = new LinkedHashMap<>();
    List<Column> wanted = new ArrayList<>(ofLabels(frame));
    for (int c = from; c < to; c++) {
      predictions.put("z" + c, functions.prediction(parameters, c - from));
      wanted.addAll(quantities(c, col("z" + c), frame.weight()));
    }
    Dataset<Row> predicted = parameters.addedTo(frame.rows()).withColumns(predictions);
    return aggregates.by(predicted, key, List.of(wanted));
  }

  private List<Column> ofLabels(SqlFrame frame) {
    Column y = SqlFrame.LABEL.minus(lit(labelShift));
    return List.of(
        count(lit(1)),
        sum(frame.weight()),
        sum(frame.weighed(y)),
        sum(frame.weighed(y.multiply(y))));
  }

  /** What is added up for a model, in the order of {@link #summed}. */
  private List<Column> quantities(int c, Column z, Column w) {
    SumColumns columns = new SumColumns(models.losses().get(c), z, SqlFrame.LABEL, w);
    return summed.stream().map(sum -> sum.accept(columns)).toList();
  }

  /**
   * The sums as aggregates.
   *
   * @param loss the loss of the model
   * @param z the model's prediction
   * @param y the label
   * @param w the row's weight
   */
  private record SumColumns(Loss loss, Column z, Column y, Column w)
      implements Sum.Visitor<Column> {
    private Column response() {
      return loss.isLogLink() ? exp(z) : z;
    }

    @Override
    public Column ofLoss(Sum.OfLoss sum) {
      Column predicted = sum.isOfResponse() ? response() : z;
      return sum(w.multiply(LossColumns.value(sum.scoredBy(loss), predicted, y)));
    }

    @Override
    public Column largestError(Sum.LargestError sum) {
      return max(when(w.gt(lit(0.0)), abs(response().minus(y))).otherwise(lit(0.0)));
    }

    @Override
    public Column cell(Sum.Cell sum) {
      Column own = y.equalTo(lit((double) sum.label()));
      Column positive = rint(z.multiply(lit(Sum.DECIMALS))).gt(lit(0.0));
      return sum.positive()
          ? sum(when(own.and(positive), w).otherwise(lit(0.0)))
          : sum(when(own.and(positive), lit(0.0)).when(own, w).otherwise(lit(0.0)));
    }
  }

  private MetricSums metricSums(double[] sums, int at) {
    double weight = sums[1];
    double apart = weight == 0 ? 0 : sums[2] / weight;
    Map<Sum, Double> taken = new HashMap<>();
    for (int k = 0; k < summed.size(); k++) {
      taken.put(summed.get(k), sums[at + k]);
    }
    return MetricSums.of(
        (long) sums[0],
        weight,
        new MetricSums.Labels(labelShift + apart, Math.max(0, sums[3] - sums[2] * apart)),
        taken);
  }
}
