package io.foldwise.spark.data.fold;

import io.foldwise.learn.model.Imputed;
import io.foldwise.learn.optim.Split;
import io.foldwise.search.Assignment;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.schema.Columns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The medians of features over the rows of each training set, missing cells left out, whatever rows
 * weigh: of an even number of cells the mean of the two in the middle. They take one pass, over all
 * rows or, of more than {@link LoadedData#SMALL_ROWS}, or of many such features, over about so many
 * as their positions draw: the same on every partitioning.
 */
record FoldMedians(AssignedRows rows) {
  /** The cells that are brought to the driver. */
  private static final double MOST_CELLS = 4e6;

  /** A cell that is there, and the fold of its row, or the piece of it. */
  private record Cell(double value, int piece) {}

  List<Imputed> of(List<Imputed> features) {
    List<Column> columns = new ArrayList<>(List.of(Columns.named(AssignedRows.FOLD)));
    for (Imputed feature : features) {
      Column value = column(feature.value());
      columns.add(functions.when(column(feature.missing()).equalTo(0), value));
    }
    Assignment assignment = rows.assignment();
    double most = Math.min(LoadedData.SMALL_ROWS, MOST_CELLS / features.size());
    double share = Math.min(1, most / assignment.rows());
    List<Row> drawn =
        rows.frame()
            .where(
                Columns.named(AssignedRows.POSITION)
                    .lt((long) Math.ceil(share * assignment.positions())))
            .select(columns.toArray(Column[]::new))
            .collectAsList();
    List<Imputed> filled = new ArrayList<>();
    for (int j = 0; j < features.size(); j++) {
      filled.add(features.get(j).with(medians(drawn, j + 1, features.get(j).filled())));
    }
    return filled;
  }

  private Column column(int feature) {
    return rows.isPacked()
        ? Columns.named(AssignedRows.PACKED).getItem(feature)
        : Columns.named(rows.features().get(feature));
  }

  /** The median where each fold is scored, and that of all; as filled where none is. */
  private List<Double> medians(List<Row> drawn, int at, double otherwise) {
    List<Cell> cells = new ArrayList<>();
    for (Row row : drawn) {
      if (!row.isNullAt(at)) {
        cells.add(new Cell(row.getDouble(at), row.getInt(0)));
      }
    }
    cells.sort(Comparator.comparingDouble(Cell::value));
    int folds = rows.assignment().folds();
    List<Double> medians = new ArrayList<>(Collections.nCopies(folds, otherwise));
    for (Split split : rows.assignment().splits()) {
      if (!split.isNone()) {
        medians.set(split.fold(), median(cells, piece -> !split.leavesOut(piece), otherwise));
      }
    }
    medians.add(median(cells, piece -> true, otherwise));
    return medians;
  }

  /** The median of the cells of some pieces, which ascend. */
  private static double median(List<Cell> cells, IntPredicate pieces, double otherwise) {
    double[] values =
        cells.stream().filter(cell -> pieces.test(cell.piece)).mapToDouble(Cell::value).toArray();
    int n = values.length;
    return n == 0 ? otherwise : (values[(n - 1) / 2] + values[n / 2]) / 2;
  }
}
