package io.foldwise.spark.engine;

import io.foldwise.learn.LinearModel;
import io.foldwise.learn.Loss;
import io.foldwise.learn.Metric;
import io.foldwise.learn.MetricAccumulator;
import io.foldwise.learn.MetricSums;
import io.foldwise.learn.PolynomialBasis;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** Scores many models on the rows in one pass, each row expanded once for all of them. */
final class ScoringPass implements Serializable {
  private static final int NO_FOLD = -1;

  /** Every task sends sums of all models to the driver: few tasks of many partitions each. */
  private static final int TASKS_PER_CORE = 2;

  /**
   * A model to score.
   *
   * @param heldOut the fold whose sums are kept apart from the others'
   */
  private record Scored(LinearModel model, Loss loss, int heldOut) implements Serializable {}

  private final List<Scored> models;
  private final RowReader reader;
  private final PolynomialBasis basis;
  private final boolean folds;

  private ScoringPass(List<Scored> models, RowReader reader, boolean folds) {
    this.models = models;
    this.reader = reader;
    this.folds = folds;
    this.basis =
        models.stream()
            .map(scored -> scored.model.basis())
            .max(Comparator.comparingInt(PolynomialBasis::degree))
            .orElseThrow();
  }

  /** Training and held-out sums of each trial; all models are of one carried basis. */
  static TrialEngine.Scored score(EngineRows rows, List<TrialResult> trained, Metric metric) {
    List<Scored> models =
        trained.stream()
            .map(r -> new Scored(r.model(), r.trial().candidate().loss(), r.trial().heldOut()))
            .toList();
    List<TrialResult.Scores> scores =
        new ScoringPass(models, new RowReader(rows.layout()), true).run(rows.training());
    return new TrialEngine.Scored(scores, pooled(trained, scores));
  }

  private static List<MetricSums> pooled(
      List<TrialResult> trained, List<TrialResult.Scores> scores) {
    List<MetricSums> pooled = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      boolean same =
          i > 0
              && trained.get(i).trial().candidate().equals(trained.get(i - 1).trial().candidate());
      MetricSums before = same ? pooled.remove(pooled.size() - 1) : MetricSums.EMPTY;
      pooled.add(before.merge(scores.get(i).validation()));
    }
    return pooled;
  }

  /** The sums of what was trained over the test rows, if there are any. */
  static MetricSums scoreTest(EngineRows rows, TrialResult trained) {
    Loss loss = trained.trial().candidate().loss();
    MetricSums sums =
        rows.test()
            .map(test -> score(test, rows.layout(), trained.model(), loss))
            .orElse(MetricSums.EMPTY);
    if (sums.rows() > 0 && !Double.isFinite(loss.metric().of(sums))) {
      throw rows.badCell().get();
    }
    return sums;
  }

  /** The sums of one model over rows of features, label and weight. */
  static MetricSums score(
      Dataset<Row> rows, EngineRows.Layout layout, LinearModel model, Loss loss) {
    List<Scored> one = List.of(new Scored(model, loss, NO_FOLD));
    return new ScoringPass(one, new RowReader(layout), false).run(rows).get(0).training();
  }

  private List<TrialResult.Scores> run(Dataset<Row> rows) {
    JavaSparkContext context = new JavaSparkContext(rows.sparkSession().sparkContext());
    Broadcast<ScoringPass> shared = context.broadcast(this);
    try {
      return merged(
          rows.queryExecution()
              .toRdd()
              .toJavaRDD()
              .coalesce(TASKS_PER_CORE * context.defaultParallelism())
              .mapPartitions(part -> List.of(shared.value().scorePartition(part)).iterator())
              .collect());
    } finally {
      shared.destroy();
    }
  }

  private List<TrialResult.Scores> merged(List<List<TrialResult.Scores>> parts) {
    List<TrialResult.Scores> merged = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      MetricSums training = MetricSums.EMPTY;
      MetricSums validation = MetricSums.EMPTY;
      for (List<TrialResult.Scores> part : parts) {
        training = training.merge(part.get(i).training());
        validation = validation.merge(part.get(i).validation());
      }
      merged.add(new TrialResult.Scores(training, validation));
    }
    return merged;
  }

  private List<TrialResult.Scores> scorePartition(Iterator<InternalRow> rows) {
    MetricAccumulator[] training = accumulators();
    MetricAccumulator[] validation = accumulators();
    double[] x = new double[basis.features().size()];
    double[] terms = new double[basis.terms()];
    double[] scratch = new double[basis.scratchLength()];
    while (rows.hasNext()) {
      InternalRow row = rows.next();
      reader.featuresInto(row, x);
      basis.expandInto(x, terms, 0, scratch);
      double label = reader.label(row);
      int fold = folds ? reader.fold(row) : NO_FOLD - 1;
      double weight = folds ? reader.weight(row) : reader.testWeight(row);
      for (int i = 0; i < training.length; i++) {
        Scored scored = models.get(i);
        MetricAccumulator sums = fold == scored.heldOut ? validation[i] : training[i];
        sums.add(scored.model.predictExpanded(terms, 0), label, weight);
      }
    }
    List<TrialResult.Scores> scores = new ArrayList<>();
    for (int i = 0; i < training.length; i++) {
      scores.add(new TrialResult.Scores(training[i].sums(), validation[i].sums()));
    }
    return scores;
  }

  private MetricAccumulator[] accumulators() {
    MetricAccumulator[] accumulators = new MetricAccumulator[models.size()];
    Arrays.setAll(accumulators, i -> new MetricAccumulator(models.get(i).loss));
    return accumulators;
  }
}
