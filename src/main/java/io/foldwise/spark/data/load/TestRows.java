package io.foldwise.spark.data.load;

import static org.apache.spark.sql.functions.sum;

import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.RowHash;
import io.foldwise.spark.data.schema.TestSource;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where a loaded dataset's test rows are. */
public sealed interface TestRows {

  /** The first cell that cannot be used among rows that stand apart, by one pass. */
  Optional<BadCell> firstBadCell();

  /** There are no test rows. */
  record None() implements TestRows {
    @Override
    public Optional<BadCell> firstBadCell() {
      return Optional.empty();
    }
  }

  /** The test rows are to be drawn from the rows. */
  record Drawn(TestSource.Fraction fraction) implements TestRows {
    @Override
    public Optional<BadCell> firstBadCell() {
      return Optional.empty();
    }
  }

  /** The test rows stand in a dataset of their own, which has the training set's columns. */
  record Apart(SourceFrame source, ColumnRoles roles) implements TestRows {

    /** See {@link NumberColumns#of}. */
    public Dataset<Row> numbers() {
      Column[] columns = new NumberColumns(source).of(roles).toArray(Column[]::new);
      return (roles.isPacked() ? roles.narrowed(source) : source.frame()).select(columns);
    }

    /** The hashes of features and label, which one pass brings to the driver. */
    long[] contents() {
      Dataset<Row> rows = numbers();
      return rows
          .select(RowHash.ofContents(rows.schema(), roles.numbers()))
          .collectAsList()
          .stream()
          .mapToLong(row -> row.getLong(0))
          .toArray();
    }

    /** Refuses rows whose weights add to nothing, by one pass if rows have weights. */
    void refuseWeightless() {
      if (roles.isWeighted()) {
        double sum = numbers().agg(sum(Columns.named(Columns.WEIGHT))).head().getDouble(0);
        RowIndex.refuseWeightless(sum, roles.asked().weight().orElseThrow());
      }
    }

    @Override
    public Optional<BadCell> firstBadCell() {
      return BadCells.of(source, roles).first();
    }
  }
}
