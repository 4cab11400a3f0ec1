package io.foldwise.spark.engine.score;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricAccumulator;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.learn.score.ScoredBlock;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.FrameRows;
import io.foldwise.spark.engine.rows.RowReader;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Scores many models on the rows in one pass: panels of rows, each expanded once and multiplied by
 * all models at once.
 */
public record ScoringPass(ScoredModels models, RowReader reader, RowPanel.Rows kind)
    implements Serializable {

  /**
   * Every task sends sums of all models to the driver, so that few tasks take many partitions each.
   */
  private static final int TASKS_PER_CORE = 2;

  /**
   * The training and held-out sums of each trial, and those of all its candidate's held-out rows.
   */
  public static TrialEngine.Scored score(
      EngineRows rows, List<TrialResult> trained, Metric metric) {
    if (metric == Metric.AUC) {
      return RankingPass.score(rows, trained);
    }
    ScoredModels models = ScoredModels.of(trained);
    RowReader reader = new RowReader(rows.layout());
    List<TrialResult.Scores> scores =
        new ScoringPass(models, reader, RowPanel.Rows.TRAINING).run(rows.training());
    return TrialEngine.Scored.of(trained, scores);
  }

  /** The number of passes over the training rows that {@link #score} takes. */
  public static int passes(List<TrialResult> trained, Metric metric) {
    return metric == Metric.AUC ? RankingPass.passes(trained) : 1;
  }

  /** The sums of what was trained over the test rows, if there are any. */
  public static MetricSums scoreTest(EngineRows rows, TrialResult trained) {
    Loss loss = trained.trial().candidate().loss();
    MetricSums sums =
        rows.test()
            .map(test -> score(test, rows.layout(), trained.model(), loss))
            .orElse(MetricSums.EMPTY);
    return checkedTest(rows, trained, sums);
  }

  /** The sums over test rows, which are refused where a cell cannot be used. */
  public static MetricSums checkedTest(EngineRows rows, TrialResult trained, MetricSums sums) {
    Loss loss = trained.trial().candidate().loss();
    if (sums.rows() > 0 && !Double.isFinite(Metric.of(loss).of(sums))) {
      throw rows.badCell().get();
    }
    return sums;
  }

  /** The sums of one model over rows of features, label and weight, with the AUC of decisions. */
  public static MetricSums score(
      Dataset<Row> rows, EngineRows.Layout layout, LinearModel model, Loss loss) {
    ScoredModels one = ScoredModels.of(model, loss);
    MetricSums sums =
        new ScoringPass(one, new RowReader(layout), RowPanel.Rows.TEST).run(rows).get(0).training();
    return loss.isBinary() ? RankingPass.ranked(sums, rows, layout, one) : sums;
  }

  private List<TrialResult.Scores> run(Dataset<Row> rows) {
    Optional<List<InternalRow>> local = FrameRows.onDriver(rows);
    if (local.isPresent()) {
      return inOrder(List.of(scores(local.get().iterator())));
    }
    JavaRDD<InternalRow> internal = internal(rows);
    Shared<ScoringPass> shared = Transport.share(internal.context(), this);
    try {
      List<List<TrialResult.Scores>> parts =
          Transport.collect(
              internal.mapPartitions(part -> List.of(shared.value().scores(part)).iterator()));
      return inOrder(parts);
    } finally {
      shared.destroy();
    }
  }

  private List<TrialResult.Scores> inOrder(List<List<TrialResult.Scores>> parts) {
    return models.inOrder(
        IntStream.range(0, models.count()).mapToObj(c -> merged(parts, c)).toList());
  }

  /** The rows as few tasks read them. */
  static JavaRDD<InternalRow> internal(Dataset<Row> rows) {
    int cores = rows.sparkSession().sparkContext().defaultParallelism();
    return FrameRows.of(rows).coalesce(TASKS_PER_CORE * cores);
  }

  private static TrialResult.Scores merged(List<List<TrialResult.Scores>> parts, int column) {
    MetricSums training = MetricSums.EMPTY;
    MetricSums validation = MetricSums.EMPTY;
    for (List<TrialResult.Scores> part : parts) {
      training = training.merge(part.get(column).training());
      validation = validation.merge(part.get(column).validation());
    }
    return new TrialResult.Scores(training, validation);
  }

  private List<TrialResult.Scores> scores(Iterator<InternalRow> rows) {
    ScoredBlock block = new ScoredBlock(models.losses(), RowPanel.capacity(models));
    MetricAccumulator training = new MetricAccumulator(block);
    MetricAccumulator validation = new MetricAccumulator(block);
    Iterator<RowPanel> panels = new RowPanel(models, reader, kind).over(rows);
    while (panels.hasNext()) {
      RowPanel panel = panels.next();
      block.fill(panel.predictions(), panel.rows());
      for (int row = 0; row < panel.rows().count(); row++) {
        training.add(row, 0, panel.firstOut(row));
        validation.add(row, panel.firstScored(row), panel.endScored(row));
        training.add(row, panel.endOut(row), models.count());
      }
      training.settle();
      validation.settle();
    }
    return IntStream.range(0, models.count())
        .mapToObj(c -> new TrialResult.Scores(training.sums(c), validation.sums(c)))
        .toList();
  }
}
