package io.foldwise.spark.engine.score;

import io.foldwise.learn.loss.LossBlock;
import io.foldwise.learn.score.ErrorSpread;
import io.foldwise.learn.score.Residuals;
import io.foldwise.learn.score.ScoredBlock;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.FrameRows;
import io.foldwise.spark.engine.rows.RowReader;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * What is told of each model by the rows that it holds out, one by one, in one pass over the rows.
 *
 * @param <T> what is told of a model
 */
public abstract sealed class HeldOutPass<T> implements Serializable {
  private static final long serialVersionUID = 1;

  final ScoredModels models;
  private final RowReader reader;

  private HeldOutPass(List<TrialResult> trained, EngineRows rows) {
    this.models = ScoredModels.of(trained);
    this.reader = new RowReader(rows.layout());
  }

  /** The errors of each trial, in the order of the trials. */
  public static List<Residuals> residuals(
      EngineRows rows, List<TrialResult> trained, Residuals.Precision precision) {
    return new OfResiduals(trained, rows, precision).run(rows);
  }

  /** The losses of each trial, in the order of the trials. */
  public static List<ErrorSpread> losses(EngineRows rows, List<TrialResult> trained) {
    return new OfLosses(trained, rows).run(rows);
  }

  /** Takes what a task's rows tell of each column. */
  abstract List<T> taken(Iterator<RowPanel> panels);

  abstract T merge(T one, T other);

  final List<T> run(EngineRows rows) {
    Optional<List<InternalRow>> local = FrameRows.onDriver(rows.training());
    if (local.isPresent()) {
      return models.inOrder(taken(panels(local.get().iterator())));
    }
    JavaRDD<InternalRow> internal = ScoringPass.internal(rows.training());
    Shared<HeldOutPass<T>> shared = Transport.share(internal.context(), this);
    try {
      return models.inOrder(
          Transport.reduce(
              internal.mapPartitions(part -> shared.value().ofTask(part)), this::merged));
    } finally {
      shared.destroy();
    }
  }

  private Iterator<List<T>> ofTask(Iterator<InternalRow> rows) {
    return List.of(taken(panels(rows))).iterator();
  }

  private Iterator<RowPanel> panels(Iterator<InternalRow> rows) {
    return new RowPanel(models, reader, RowPanel.Rows.TRAINING).over(rows);
  }

  private List<T> merged(List<T> one, List<T> other) {
    List<T> merged = new ArrayList<>();
    for (int column = 0; column < one.size(); column++) {
      merged.add(merge(one.get(column), other.get(column)));
    }
    return merged;
  }

  /** |y − ŷ|, in the label's units. */
  private static final class OfResiduals extends HeldOutPass<Residuals> {
    private static final long serialVersionUID = 1;

    private final Residuals.Precision precision;

    OfResiduals(List<TrialResult> trained, EngineRows rows, Residuals.Precision precision) {
      super(trained, rows);
      this.precision = precision;
    }

    @Override
    List<Residuals> taken(Iterator<RowPanel> panels) {
      List<Residuals.Collector> collectors =
          Stream.generate(() -> new Residuals.Collector(precision)).limit(models.count()).toList();
      while (panels.hasNext()) {
        RowPanel panel = panels.next();
        ScoredBlock.Rows rows = panel.rows();
        for (int row = 0; row < rows.count(); row++) {
          for (int column = panel.firstScored(row); column < panel.endScored(row); column++) {
            double value = panel.predictions()[row * models.count() + column];
            collectors
                .get(column)
                .add(
                    models.losses().get(column).response(value),
                    rows.labels()[row],
                    rows.weights()[row]);
          }
        }
      }
      return collectors.stream().map(Residuals.Collector::residuals).toList();
    }

    @Override
    Residuals merge(Residuals one, Residuals other) {
      return one.merge(other);
    }
  }

  /** ℓ(ŷ, y), whatever rows weigh. */
  private static final class OfLosses extends HeldOutPass<ErrorSpread> {
    private static final long serialVersionUID = 1;

    OfLosses(List<TrialResult> trained, EngineRows rows) {
      super(trained, rows);
    }

    @Override
    List<ErrorSpread> taken(Iterator<RowPanel> panels) {
      List<ErrorSpread> spreads = Stream.generate(ErrorSpread::new).limit(models.count()).toList();
      LossBlock block = new LossBlock(models.losses());
      while (panels.hasNext()) {
        RowPanel panel = panels.next();
        ScoredBlock.Rows rows = panel.rows();
        block.at(rows.labels(), 0, rows.count()).values(panel.predictions());
        for (int row = 0; row < rows.count(); row++) {
          for (int column = panel.firstScored(row); column < panel.endScored(row); column++) {
            spreads.get(column).add(panel.predictions()[row * models.count() + column], 1);
          }
        }
      }
      return spreads;
    }

    @Override
    ErrorSpread merge(ErrorSpread one, ErrorSpread other) {
      return one.merge(other);
    }
  }
}
