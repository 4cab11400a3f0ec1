package io.foldwise.spark.data.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldAssigner;
import io.foldwise.spark.data.fold.FoldStrategy;
import io.foldwise.spark.data.schema.TestSource;
import io.foldwise.spark.data.schema.VectorColumn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Features that stand in one column of vectors: how rows are known, dealt and checked. */
class VectorColumnTest {

  private static final int ROWS = 200;
  private static final DataOptions.Roles ROLES = DataOptions.Roles.defaults();

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {0, LoadedData.SMALL_ROWS})
  void foldAndPlaceDependOnTheRowAlone(long smallRows) {
    List<String> lines = lines();
    Map<String, Tables.Dealt> whole = dealt(smallRows, written("a.svm", lines).toString());
    assertEquals(ROWS, whole.size());
    Collections.shuffle(lines, new Random(3));
    for (int part = 0; part < 4; part++) {
      written("many/" + part + ".svm", lines.subList(50 * part, 50 * part + 50));
    }
    assertEquals(whole, dealt(smallRows, directory.resolve("many").toString()));
  }

  @Test
  void explicitZerosAndDimensionsDoNotChangeTheKey() {
    List<String> zeros = lines().stream().map(line -> line + " 90:0 91:-0").toList();
    DataOptions plain = DataOptions.of(written("a.svm", lines()).toString());
    DataOptions padded = DataOptions.of(written("b.svm", zeros).toString());
    assertEquals(keys(Loads.load(plain)), keys(Loads.load(padded)));
    assertEquals(keys(Loads.load(plain)), keys(Loads.load(plain.withDimensions(20_000))));
  }

  @Test
  void theKeyTellsLabelsIndicesAndValuesApart() {
    List<String> lines = List.of("1 1:2", "2 1:2", "1 2:2", "1 1:3", "1 1:2 2:2", "1");
    LoadedData data = Loads.load(written("a.svm", lines));
    assertEquals(6, keys(data).stream().distinct().count());
  }

  @Test
  void denseAndSparseVectorsOfAParquetFileAreOneToTheKey() {
    List<Vector> dense =
        List.of(Vectors.dense(0, 2, 0), Vectors.dense(1, -0.0, 3), Vectors.dense(0, 0, 0));
    List<Vector> sparse =
        List.of(
            Vectors.sparse(3, new int[] {1}, new double[] {2}),
            Vectors.sparse(3, new int[] {0, 1, 2}, new double[] {1, 0, 3}),
            Vectors.sparse(3, new int[0], new double[0]));
    LoadedData one = Loads.load(parquet("a", dense));
    LoadedData other = Loads.load(parquet("b", sparse));
    assertEquals(keys(one), keys(other));
    assertEquals(
        List.of("[(3,[1],[2.0]),0.0]", "[(3,[0,2],[1.0,3.0]),1.0]", "[(3,[],[]),2.0]"),
        Loads.rows(one));
    assertEquals(List.of("x1", "x2", "x3"), one.features());
  }

  @Test
  void aParquetFileAndALibsvmFileOfTheSameRowsHaveTheSameKeys() {
    List<Vector> vectors = List.of(Vectors.dense(0, 2), Vectors.dense(1.5, 3));
    LoadedData lines = Loads.load(written("a.svm", List.of("0 2:2", "1 1:1.5 2:3")));
    assertEquals(keys(lines), keys(Loads.load(parquet("a", vectors))));
  }

  @Test
  void otherColumnsOfAFrameWithAVectorAreNoFeaturesUnlessNamed() {
    Dataset<Row> frame =
        frame(List.of(Vectors.dense(1, 2), Vectors.dense(3, 4))).selectExpr("*", "label + 5 age");
    AssignedRows vector =
        FoldAssigner.assign(DataLoader.of(frame, ROLES), AssignmentOptions.withoutFolds(1));
    assertTrue(vector.isSparse());
    assertEquals(List.of("x1", "x2"), vector.features());
    LoadedData flat = DataLoader.of(frame, ROLES.withFeatures(List.of("age")));
    assertEquals(List.of("[5.0,0.0]", "[6.0,1.0]"), Loads.rows(flat));
    assertFalse(FoldAssigner.assign(flat, AssignmentOptions.withoutFolds(1)).isSparse());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, LoadedData.SMALL_ROWS})
  void vectorsThatCannotBeUsedAreRefusedWithTheirRow(long smallRows) {
    List<Vector> good = List.of(Vectors.dense(1, 2), Vectors.dense(3, 4));
    assertEquals(
        "row 3: column 'features' is missing: correct the vector or remove the row",
        refusal(smallRows, with(good, null)));
    assertEquals(
        "row 3: column 'features' is NaN at position 2: correct the vector or remove the row",
        refusal(smallRows, with(good, Vectors.dense(0, Double.NaN))));
    assertEquals(
        "row 1: column 'features' is a vector of 2 numbers, not of 3: correct the vector or remove"
            + " the row",
        refusal(smallRows, with(good, Vectors.dense(1, 2, 3))));
    assertEquals(
        "row 1: column 'features' is a vector of 0 numbers, not of 1: correct the vector or remove"
            + " the row",
        refusal(smallRows, List.of(Vectors.dense(new double[0]))));
  }

  @Test
  void testVectorsMustBeOfTheSameSize() {
    Path training = parquet("a", List.of(Vectors.dense(1, 2), Vectors.dense(3, 4)));
    Path test = parquet("b", List.of(Vectors.dense(1, 2, 3)));
    DataOptions options = DataOptions.of(training.toString());
    String message = Loads.refusal(options.with(new TestSource.Separate(test.toString())));
    assertTrue(
        message.endsWith(
            "row 1: column 'features' is a vector of 3 numbers, not of 2: correct the vector or"
                + " remove the row"),
        message);
    assertTrue(
        Loads.refusal(options.withDimensions(3)).contains("is a vector of 2 numbers, not of 3"));
  }

  @Test
  void inspectionCountsTheValuesThatAreNotZero() {
    String file = written("a.svm", List.of("1 1:2 5:3", "-1 2:1", "4 3:0")).toString();
    Inspection.Table table = Inspection.of(TestSpark.session(), DataOptions.of(file)).training();
    assertEquals(3, table.rows());
    assertEquals(Optional.of(new Inspection.Vectors(5, 3)), table.vector());
    assertEquals(List.of("label"), table.columns().stream().map(Inspection.Facts::name).toList());
    assertEquals("-1.0", table.columns().get(0).range().orElseThrow().min());
  }

  @Test
  void namesAreKnownByTheirSize() {
    assertEquals(Optional.of(3), VectorColumn.sizeOf(List.of("x1", "x2", "x3")));
    assertEquals(Optional.empty(), VectorColumn.sizeOf(List.of("x1", "x3")));
    assertEquals(Optional.empty(), VectorColumn.sizeOf(List.of()));
    assertNotEquals(VectorColumn.names(2), VectorColumn.names(3));
  }

  private static List<String> lines() {
    Random random = new Random(5);
    return IntStream.range(0, ROWS)
        .mapToObj(
            i -> "%d %d:%.3f 80:%d".formatted(i % 3, 1 + random.nextInt(50), 1 + i / 7.0, 1 + i))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private Path written(String name, List<String> lines) {
    return Path.of(Tables.write(directory.resolve(name), String.join("\n", lines) + "\n"));
  }

  private static Map<String, Tables.Dealt> dealt(long smallRows, String path) {
    LoadedData data =
        new DataLoader(TestSpark.session(), smallRows)
            .load(DataOptions.of(path).with(new TestSource.Own()));
    AssignedRows rows =
        FoldAssigner.assign(data, AssignmentOptions.of(2, FoldStrategy.random(), 7));
    Map<String, Tables.Dealt> dealt = new TreeMap<>();
    for (Row row : rows.frame().collectAsList()) {
      String cells = row.get(0) + " " + row.get(1);
      dealt.put(cells, new Tables.Dealt(row.getInt(2), row.getLong(3)));
    }
    return dealt;
  }

  private static List<Long> keys(LoadedData data) {
    return data.index().orElseThrow().stream().map(IndexedRow::identity).toList();
  }

  private static String refusal(long smallRows, List<Vector> vectors) {
    return assertThrows(
            InvalidInputException.class,
            () ->
                new DataLoader(TestSpark.session(), smallRows)
                    .loaded(frame(vectors), ROLES, new TestRows.None()))
        .getMessage();
  }

  private static List<Vector> with(List<Vector> good, Vector bad) {
    List<Vector> vectors = new ArrayList<>(good);
    vectors.add(bad);
    return vectors;
  }

  private Path parquet(String name, List<Vector> vectors) {
    Path path = directory.resolve(name + ".parquet");
    frame(vectors).write().parquet(path.toString());
    return path;
  }

  /** Vectors, and labels 0, 1, 2, … */
  private static Dataset<Row> frame(List<Vector> vectors) {
    List<Row> rows = new ArrayList<>();
    for (Vector vector : vectors) {
      rows.add(RowFactory.create(vector, (double) rows.size()));
    }
    StructType schema =
        new StructType()
            .add("features", SQLDataTypes.VectorType(), true)
            .add("label", DataTypes.DoubleType, false);
    return TestSpark.session().createDataFrame(rows, schema).coalesce(1);
  }
}
