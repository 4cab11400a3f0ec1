package io.foldwise.spark.engine.score;

import io.foldwise.learn.loss.Loss;
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
import java.util.stream.IntStream;
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

  /** Takes in what rows tell of one column. */
  interface Collector<T> {
    /**
     * Takes in a row.
     *
     * @param value its number in place of the prediction, see {@link #prepare}
     */
    void add(double value, double label, double weight);

    /** What was taken in. */
    T told();
  }

  abstract Collector<T> collector(int column);

  /** Makes of a panel's predictions what collectors take, in their place. */
  void prepare(RowPanel panel) {}

  abstract T merge(T one, T other);

  private List<T> taken(Iterator<RowPanel> panels) {
    List<Collector<T>> collectors =
        IntStream.range(0, models.count()).mapToObj(this::collector).toList();
    while (panels.hasNext()) {
      RowPanel panel = panels.next();
      ScoredBlock.Rows rows = panel.rows();
      prepare(panel);
      for (int row = 0; row < rows.count(); row++) {
        for (int column = panel.firstScored(row); column < panel.endScored(row); column++) {
          double value = panel.predictions()[row * models.count() + column];
          collectors.get(column).add(value, rows.labels()[row], rows.weights()[row]);
        }
      }
    }
    return collectors.stream().map(Collector::told).toList();
  }

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
    Collector<Residuals> collector(int column) {
      Residuals.Collector residuals = new Residuals.Collector(precision);
      Loss loss = models.losses().get(column);
      return new Collector<>() {
        @Override
        public void add(double value, double label, double weight) {
          residuals.add(loss.response(value), label, weight);
        }

        @Override
        public Residuals told() {
          return residuals.residuals();
        }
      };
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
    Collector<ErrorSpread> collector(int column) {
      ErrorSpread losses = new ErrorSpread();
      return new Collector<>() {
        @Override
        public void add(double value, double label, double weight) {
          losses.add(value, 1);
        }

        @Override
        public ErrorSpread told() {
          return losses;
        }
      };
    }

    @Override
    void prepare(RowPanel panel) {
      new LossBlock(models.losses())
          .at(panel.rows().labels(), 0, panel.rows().count())
          .values(panel.predictions());
    }

    @Override
    ErrorSpread merge(ErrorSpread one, ErrorSpread other) {
      return one.merge(other);
    }
  }
}
