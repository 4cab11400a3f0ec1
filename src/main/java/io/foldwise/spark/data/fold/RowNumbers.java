package io.foldwise.spark.data.fold;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.monotonically_increasing_id;

import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.source.RowSearch;
import io.foldwise.spark.data.source.SourceFrame;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Rows numbered in file order: one counting job over the blocks, then a broadcast join; no shuffle
 * of the data.
 *
 * @param frame the rows and {@link #NUMBER}
 * @param rows the number of rows
 */
record RowNumbers(Dataset<Row> frame, long rows) {

  /** The row's number in file order, a long from 0. */
  static final String NUMBER = "__foldwise_number";

  private static final String AT = "__foldwise_at";
  private static final String SHIFT = "__foldwise_shift";
  private static final String LEAST_PARTITIONS = "spark.sql.files.minPartitionNum";

  private static final StructType BLOCKS =
      new StructType()
          .add(Columns.FILE, DataTypes.StringType, false)
          .add(Columns.START, DataTypes.LongType, false)
          .add(SHIFT, DataTypes.LongType, false);

  /** Numbers the rows of a frame that has {@link SourceFrame#ORDER}. */
  static RowNumbers of(Dataset<Row> frame) {
    SparkSession spark = frame.sparkSession();
    pinBlocks(spark);
    Dataset<Row> numbered = frame.withColumn(AT, monotonically_increasing_id());
    List<Row> counted =
        numbered.groupBy(Columns.FILE, Columns.START).agg(count(lit(1)), min(AT)).collectAsList();
    List<Row> shifts = new ArrayList<>();
    long before = 0;
    for (Row block : counted.stream().sorted(RowSearch.FILE_ORDER).toList()) {
      shifts.add(RowFactory.create(block.get(0), block.get(1), before - block.getLong(3)));
      before += block.getLong(2);
    }
    Dataset<Row> table = spark.createDataFrame(shifts, BLOCKS);
    String[] block = {Columns.FILE, Columns.START};
    Dataset<Row> joined = numbered.join(broadcast(table), block, "inner");
    return new RowNumbers(
        joined.withColumn(NUMBER, Columns.named(AT).plus(Columns.named(SHIFT))), before);
  }

  /**
   * Pins how Spark cuts files, which is by the cores it has then: two passes must cut them alike.
   */
  private static void pinBlocks(SparkSession spark) {
    if (spark.conf().getOption(LEAST_PARTITIONS).isEmpty()) {
      long cores = Math.max(1, spark.sparkContext().defaultParallelism());
      spark.conf().set(LEAST_PARTITIONS, cores);
    }
  }
}
