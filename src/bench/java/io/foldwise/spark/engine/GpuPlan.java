package io.foldwise.spark.engine;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import io.foldwise.Asked;
import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Search;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldAssigner;
import io.foldwise.spark.data.fold.FoldStrategy;
import io.foldwise.spark.data.load.AsLarge;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.schema.TestSource;
import io.foldwise.spark.engine.plan.Device;
import io.foldwise.spark.engine.plan.EnginePlan;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Asks the RAPIDS Accelerator, on a machine without a GPU, whether every query of a search would
 * run on one: {@code submit/gpu-plan}. The searches run for real, on the CPU, over rows as they are
 * loaded and dealt; the plugin only explains.
 *
 * <p>Exit status 1 if anything of a query but the collection of its result would stay on the CPU.
 */
public final class GpuPlan {
  private static final long ROWS = 1000;

  private static final int FEATURES = 30;

  private final SparkSession spark;
  private final String path;

  private GpuPlan(SparkSession spark, String path) {
    this.spark = spark;
    this.path = path;
  }

  /** Asks; the argument is where to write the rows. */
  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().appName("gpu-plan").getOrCreate();
    GpuPlan plan = new GpuPlan(spark, arguments[0]);
    plan.writeRows();
    GpuPlanTable table = new GpuPlanTable();
    boolean sees = table.sees(GpuExplanation.of(plan.notForGpu()));
    for (GpuPlanCase each : GpuPlanCase.all()) {
      System.err.println("asking about " + each.name());
      table.add(each.name(), plan.explained(each));
    }
    System.out.println(table.text());
    System.out.println(
        sees
            ? table.verdict()
            : "RAPIDS was asked about a function of the JVM's own, and took it for the GPU: it is blind");
    spark.stop();
    System.exit(sees && table.isAllOnGpu() ? 0 : 1);
  }

  /** The control: what must be left on the CPU. */
  private Dataset<Row> notForGpu() {
    UserDefinedFunction ours = udf((UDF1<Double, Double>) Math::cbrt, DataTypes.DoubleType);
    return spark.read().parquet(path).agg(sum(ours.apply(col("number"))));
  }

  private void writeRows() {
    Stream<Column> features = IntStream.range(0, FEATURES).mapToObj(j -> rand(j).as("f" + j));
    Stream<Column> others =
        Stream.of(
            rand(FEATURES).plus(col("id").multiply(1e-6)).as("number"),
            round(rand(FEATURES + 1)).as("class"),
            rand(FEATURES + 2).as("weight"));
    spark
        .range(ROWS)
        .select(Stream.concat(features, others).toArray(Column[]::new))
        .write()
        .mode("overwrite")
        .parquet(path);
  }

  private List<GpuExplanation> explained(GpuPlanCase each) {
    try (LoadedData data = AsLarge.load(spark, options(each));
        AssignedRows rows =
            FoldAssigner.assign(data, AssignmentOptions.of(3, FoldStrategy.random(), 42))) {
      List<GpuExplanation> explanations = new ArrayList<>();
      SearchPlan plan = each.plan(rows.assignment());
      EngineRows engineRows =
          new EngineRows(
              rows.frame(),
              rows.test(),
              new EngineRows.Layout(
                  rows.features(),
                  rows.isSparse() ? EngineRows.Layout.Form.VECTOR : EngineRows.Layout.Form.COLUMNS,
                  rows.isWeighted()),
              () -> new InvalidInputException("a cell is missing"));
      Device gpu = new Device(Device.Use.GPU, "");
      EnginePlan choice =
          SparkEngines.explain(plan, engineRows, Asked.of("sql", each.shape().movement(), gpu));
      try (TrialEngine engine =
          SparkEngines.open(
              plan, engineRows, choice, query -> explanations.add(GpuExplanation.of(query)))) {
        new Search(plan, engine).run();
      }
      return explanations;
    }
  }

  private DataOptions options(GpuPlanCase each) {
    DataOptions.Roles roles =
        DataOptions.Roles.defaults()
            .withFeatures(
                IntStream.range(0, each.shape().features()).mapToObj(j -> "f" + j).toList());
    boolean binary = each.objective().loss().isBinary();
    DataOptions.Roles labelled =
        binary ? roles.withLabel("class").with(Labels.BINARY) : roles.withLabel("number");
    DataOptions.Roles all = each.shape().weighted() ? labelled.withWeight("weight") : labelled;
    return DataOptions.of(path)
        .with(all)
        .with(new TestSource.Fraction(0.1, TestSource.Split.RANDOM));
  }
}
