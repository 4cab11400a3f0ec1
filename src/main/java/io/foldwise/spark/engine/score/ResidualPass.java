package io.foldwise.spark.engine.score;

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

/** The errors of models on the rows that each of them holds out, in one pass over the rows. */
public record ResidualPass(ScoredModels models, RowReader reader, Residuals.Precision precision)
    implements Serializable {

  /** The errors of each trial, in the order of the trials. */
  public static List<Residuals> of(
      EngineRows rows, List<TrialResult> trained, Residuals.Precision precision) {
    ScoredModels models = ScoredModels.of(trained);
    ResidualPass pass = new ResidualPass(models, new RowReader(rows.layout()), precision);
    return models.inOrder(pass.run(rows));
  }

  private List<Residuals> run(EngineRows rows) {
    Optional<List<InternalRow>> local = FrameRows.onDriver(rows.training());
    if (local.isPresent()) {
      return residuals(local.get().iterator());
    }
    JavaRDD<InternalRow> internal = ScoringPass.internal(rows.training());
    Shared<ResidualPass> shared = Transport.share(internal.context(), this);
    try {
      return Transport.reduce(
          internal.mapPartitions(part -> List.of(shared.value().residuals(part)).iterator()),
          ResidualPass::merged);
    } finally {
      shared.destroy();
    }
  }

  private static List<Residuals> merged(List<Residuals> one, List<Residuals> other) {
    List<Residuals> merged = new ArrayList<>();
    for (int column = 0; column < one.size(); column++) {
      merged.add(one.get(column).merge(other.get(column)));
    }
    return merged;
  }

  private List<Residuals> residuals(Iterator<InternalRow> rows) {
    List<Residuals.Collector> collectors =
        Stream.generate(() -> new Residuals.Collector(precision)).limit(models.count()).toList();
    Iterator<RowPanel> panels = new RowPanel(models, reader, RowPanel.Rows.TRAINING).over(rows);
    while (panels.hasNext()) {
      RowPanel panel = panels.next();
      ScoredBlock.Rows all = panel.rows();
      for (int row = 0; row < all.count(); row++) {
        for (int column = panel.firstScored(row); column < panel.endOut(row); column++) {
          double value = panel.predictions()[row * models.count() + column];
          collectors
              .get(column)
              .add(
                  models.losses().get(column).response(value),
                  all.labels()[row],
                  all.weights()[row]);
        }
      }
    }
    return collectors.stream().map(Residuals.Collector::residuals).toList();
  }
}
