package io.foldwise.spark.data.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.source.Dialect;
import io.foldwise.spark.data.source.Source;
import io.foldwise.spark.data.source.SourceFiles;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of Spark's catalogs and of databases, and frames and archives as Spark's frames. */
final class TableSourceTest {
  private static final SparkSession SPARK = TestSpark.session();
  private static final String FRAMES = "src/test/resources/pickle/frames/";

  @Test
  void aViewIsReadByItsName() {
    SPARK.range(5).selectExpr("id * 1.5 AS x", "id AS y").createOrReplaceTempView("halves");
    Dataset<Row> read = read("table:halves");
    assertEquals(List.of("x", "y"), Arrays.asList(read.columns()));
    assertEquals(5, read.count());
  }

  @Test
  void aTableOfADatabaseIsReadByItsUrl() throws SQLException {
    String url = "jdbc:h2:mem:houses";
    org.h2.Driver.load();
    try (Connection kept = DriverManager.getConnection(url);
        Statement statement = kept.createStatement()) {
      statement.execute("CREATE TABLE prices (x DOUBLE PRECISION, y INT, town VARCHAR(9))");
      statement.execute("INSERT INTO prices VALUES (1.5, 3, 'a'), (2.5, 5, 'b'), (NULL, 7, 'c')");
      Dataset<Row> read = read(url + "#prices");
      assertEquals(List.of("X", "Y", "TOWN"), Arrays.asList(read.columns()));
      assertEquals(15L, read.selectExpr("sum(Y)").head().getLong(0));
      assertEquals(1, read.where("X IS NULL").count());
      String refusal =
          assertThrows(InvalidInputException.class, () -> read(url + "#no_such_table"))
              .getMessage();
      assertTrue(refusal.contains("NO_SUCH_TABLE"), refusal);
      assertEquals(1, refusal.lines().count());
    }
  }

  @Test
  void aFrameHasItsNamesAndTellsItsIndexFromItsColumns() {
    Dataset<Row> frame = SPARK.read().format("pickle").load(FRAMES + "index-named.pkl");
    assertEquals(List.of("key", "int", "text", "float"), Arrays.asList(frame.columns()));
    StructField[] fields = frame.schema().fields();
    assertTrue(Columns.isIndex(fields[0]) && !Columns.isIndex(fields[1]));
    assertTrue(Columns.isAside(fields[2]) && !Columns.isAside(fields[3]));
    List<Row> rows = frame.collectAsList();
    assertEquals("r3", rows.get(2).getString(0));
    assertEquals(0x1p40, rows.get(2).getDouble(1));
    assertEquals("ü€😀", rows.get(2).getString(2));
    assertTrue(rows.get(1).isNullAt(2) && Double.isNaN(rows.get(1).getDouble(3)));
  }

  @Test
  void theTrainingAndTestRowsOfFramesAreToldApart() {
    Dataset<Row> training = SPARK.read().format("pickle").load(FRAMES + "splits.pkl");
    Dataset<Row> test =
        SPARK.read().format("pickle").option("split", "test").load(FRAMES + "splits.pkl");
    assertEquals(List.of("int", "float", "y"), Arrays.asList(training.columns()));
    assertEquals(List.of(4L, 2L), List.of(training.count(), test.count()));
  }

  @Test
  void anArrayOfSeveralColumnsIsReadAColumnAtATime() {
    Dataset<Row> frame = SPARK.read().format("pickle").load(FRAMES + "one-array.pkl");
    assertEquals(List.of("p", "t", "q", "r"), Arrays.asList(frame.columns()));
    assertEquals(22.0, frame.selectExpr("sum(q)").head().getDouble(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "test"})
  void anArchiveIsReadTheSameCompressedAndNot(String split) {
    List<Row> stored = rows("split.npz", split);
    assertEquals(split.equals("train") ? 3 : 1, stored.size());
    assertEquals(stored, rows("split-compressed.npz", split));
  }

  private static Dataset<Row> read(String path) {
    SourceFiles files =
        SourceFiles.find(SPARK.sessionState().newHadoopConf(), "data", path, Optional.empty());
    return new Source(SPARK, files, Dialect.AUTO, Source.Expected.NOTHING).training().frame();
  }

  private static List<Row> rows(String file, String split) {
    return SPARK.read().format("pickle").option("split", split).load(FRAMES + file).collectAsList();
  }
}
