package io.foldwise.spark.data.source;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.foldwise.spark.data.schema.Columns;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Finds a row in file order by one aggregate over blocks, without a sort of the data. */
public final class RowSearch {

  private static final int SHOWN_CHARACTERS = 60;

  /** The file order of blocks, which begin with file and start. */
  public static final Comparator<Row> FILE_ORDER =
      Comparator.<Row, String>comparing(block -> block.getString(0))
          .thenComparing(block -> block.getLong(1));

  private RowSearch() {}

  /**
   * The first row, in file order, that meets a condition.
   *
   * @param frame any columns and {@link SourceFrame#ORDER}
   * @param cells the columns to bring back as text
   */
  public static Optional<Found> first(Dataset<Row> frame, Column condition, List<String> cells) {
    Column text =
        array(
            cells.stream()
                .map(name -> Columns.named(name).cast(DataTypes.StringType))
                .toArray(Column[]::new));
    List<Row> blocks =
        frame
            .groupBy(Columns.FILE, Columns.START)
            .agg(
                count(lit(1)),
                min(Columns.WITHIN),
                min(when(condition, struct(Columns.named(Columns.WITHIN), text))))
            .collectAsList();
    return scan(blocks.stream().sorted(FILE_ORDER).toList());
  }

  private static Optional<Found> scan(List<Row> blocks) {
    String file = "";
    long before = 0;
    for (Row block : blocks) {
      before = block.getString(0).equals(file) ? before : 0;
      file = block.getString(0);
      if (!block.isNullAt(4)) {
        Row hit = block.getStruct(4);
        long row = before + hit.getLong(0) - block.getLong(3) + 1;
        return Optional.of(new Found(file, row, hit.getList(1)));
      }
      before += block.getLong(2);
    }
    return Optional.empty();
  }

  /** A text, of which at most the first 60 characters are kept. */
  public static String shortened(String text) {
    return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
  }

  /**
   * A row that was found.
   *
   * @param file its file; empty where rows come from no file
   * @param row its number within the file, from 1
   * @param cells the cells as text, null where missing
   */
  public record Found(String file, long row, List<String> cells) {

    /** The path of its file. */
    Path path() {
      return new Path(URI.create(file));
    }

    /** The file, row and, where rows are lines, line, as messages name them. */
    String place(SourceFrame.Stands stands) {
      if (file.isEmpty()) {
        return "row " + row;
      }
      String where = "'" + SourceFiles.shown(path()) + "', row " + row;
      return stands instanceof SourceFrame.Stands.InLines in
          ? where + " (line " + in.lines().numberOf(path(), row) + ")"
          : where;
    }
  }
}
