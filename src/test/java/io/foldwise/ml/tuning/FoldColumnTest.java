package io.foldwise.ml.tuning;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foldwise.TestSpark;
import java.util.List;
import org.apache.spark.mllib.util.MLUtils;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Tuple2;
import scala.reflect.ClassTag$;

class FoldColumnTest {
  private final SparkSession spark = TestSpark.session();

  @ParameterizedTest
  @CsvSource({"2, 1, 5", "3, 42, 1", "5, -7, 4", "7, 123456789012, 9", "10, 0, 3"})
  void foldsAreThoseThatMllibDraws(int folds, long seed, int partitions) {
    Dataset<Row> rows = spark.range(0, 500, 1, partitions).toDF("id");
    RDD<Row> source = rows.rdd();
    Tuple2<RDD<Row>, RDD<Row>>[] drawn =
        MLUtils.kFold(source, folds, seed, ClassTag$.MODULE$.apply(Row.class));
    Dataset<Row> ours = FoldColumn.drawn(rows, folds, seed);
    for (int fold = 0; fold < folds; fold++) {
      List<Long> expected =
          drawn[fold]._2().toJavaRDD().map(row -> row.getLong(0)).collect().stream()
              .sorted()
              .toList();
      assertEquals(
          expected,
          ours.where(col(FoldColumn.NAME).equalTo(fold)).orderBy("id").collectAsList().stream()
              .map(row -> row.getLong(0))
              .toList());
    }
  }

  @Test
  void drawsAreTheSameHoweverRowsAreRead() {
    Dataset<Row> ours = FoldColumn.drawn(spark.range(0, 300, 1, 6).toDF("id"), 4, 11);
    List<Row> plain = ours.orderBy("id").collectAsList();
    assertEquals(plain, ours.coalesce(1).orderBy("id").collectAsList());
    assertEquals(plain, ours.repartition(5).orderBy("id").collectAsList());
    assertEquals(
        plain.stream().filter(row -> row.getLong(0) % 3 == 0).toList(),
        ours.where("id % 3 = 0").orderBy("id").collectAsList());
  }

  @Test
  void aFoldOutOfRangeIsTheOneAfterTheLast() {
    Dataset<Row> rows =
        spark.sql("SELECT * FROM VALUES (0), (2), (3), (-1), (CAST(NULL AS INT)) AS t(`f.old`)");
    List<Integer> folds =
        FoldColumn.given(rows, "f.old", 3).collectAsList().stream()
            .map(row -> row.getInt(0))
            .toList();
    assertEquals(List.of(0, 2, 3, 3, 3), folds);
    assertThrows(Exception.class, () -> FoldColumn.given(rows, "fold", 3).count());
  }
}
