package io.foldwise.spark.engine.score;

import io.foldwise.learn.score.ScoredBlock;
import io.foldwise.spark.engine.rows.RowReader;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A few hundred rows with the predictions of all models: each row expanded once, and as sparse as
 * it came where terms are the features themselves. A panel is scratch of one task, filled again and
 * again.
 */
final class RowPanel {
  private static final int PREDICTIONS = 1 << 14;
  private static final int NUMBERS = 1 << 18;
  private static final int LEAST_ROWS = 4;
  private static final int MOST_ROWS = 256;

  /** The fold of test rows, which are of none. */
  private static final int NO_FOLD = Integer.MAX_VALUE;

  /** What a frame's rows hold beside features and label. */
  enum Rows {
    /** Training rows, which hold fold, position and perhaps a weight. */
    TRAINING {
      @Override
      int fold(RowReader reader, InternalRow row) {
        return reader.fold(row);
      }

      @Override
      double weight(RowReader reader, InternalRow row) {
        return reader.weight(row);
      }
    },
    /** Test rows, which hold perhaps a weight. */
    TEST {
      @Override
      int fold(RowReader reader, InternalRow row) {
        return NO_FOLD;
      }

      @Override
      double weight(RowReader reader, InternalRow row) {
        return reader.testWeight(row);
      }
    };

    abstract int fold(RowReader reader, InternalRow row);

    abstract double weight(RowReader reader, InternalRow row);
  }

  private final ScoredModels models;
  private final RowReader reader;
  private final Rows kind;
  private final ModelPanel terms;
  private final double[] predictions;
  private final double[] labels;
  private final double[] weights;
  private final int[] folds;
  private int count;

  RowPanel(ScoredModels models, RowReader reader, Rows kind) {
    int capacity = capacity(models);
    this.models = models;
    this.reader = reader;
    this.kind = kind;
    this.terms = ModelPanel.of(models, reader, capacity);
    this.predictions = new double[capacity * models.functions()];
    this.labels = new double[capacity];
    this.weights = new double[capacity];
    this.folds = new int[capacity];
  }

  /** The most rows of a panel, whose predictions stay in a core's second cache. */
  static int capacity(ScoredModels models) {
    int most = Math.min(PREDICTIONS / models.functions(), NUMBERS / models.width());
    return Math.max(LEAST_ROWS, Math.min(MOST_ROWS, most));
  }

  /** This panel, filled with one run of the rows after the other. */
  Iterator<RowPanel> over(Iterator<InternalRow> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public RowPanel next() {
        if (!rows.hasNext()) {
          throw new NoSuchElementException();
        }
        fill(rows);
        return RowPanel.this;
      }
    };
  }

  private void fill(Iterator<InternalRow> rows) {
    terms.clear();
    for (count = 0; count < labels.length && rows.hasNext(); count++) {
      InternalRow row = rows.next();
      terms.append(row);
      labels[count] = reader.label(row);
      weights[count] = kind.weight(reader, row);
      folds[count] = kind.fold(reader, row);
    }
    terms.predictInto(predictions);
  }

  /** The labels and weights of the rows. */
  ScoredBlock.Rows rows() {
    return new ScoredBlock.Rows(labels, weights, count);
  }

  /** The predictions, n × m·K. */
  double[] predictions() {
    return predictions;
  }

  /** The first column that leaves this row out. */
  int firstOut(int row) {
    return models.splits().firstOut(folds[row]);
  }

  /** The first column that is scored on this row. */
  int firstScored(int row) {
    return models.splits().firstScored(folds[row]);
  }

  /** The column after those that are scored on this row. */
  int endScored(int row) {
    return models.splits().endScored(folds[row]);
  }

  /** The column after those that leave this row out. */
  int endOut(int row) {
    return models.splits().endOut(folds[row]);
  }
}
