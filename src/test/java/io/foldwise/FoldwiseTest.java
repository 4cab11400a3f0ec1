package io.foldwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.cli.Commands;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.SearchResult;
import io.foldwise.spark.data.fold.FoldStrategy;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** The front door, on a frame and on a file. */
final class FoldwiseTest {
  private static final String DIABETES = "data/diabetes.csv";

  private final SparkSession spark = TestSpark.session();

  private Dataset<Row> diabetes() {
    return spark.read().option("header", true).option("inferSchema", true).csv(DIABETES);
  }

  private static double mean(SearchResult result) {
    return result.chosen().orElseThrow().validation().mean();
  }

  /** To the last bit: of the same rows, whoever read them. */
  @Test
  void aFrameAFileAndTheCommandLineFindTheSame() throws Exception {
    String grid = "degree=1,2; l2=0,0.1; batch-size=64";
    SearchResult framed = Foldwise.on(diabetes()).label("target").grid(grid).search();
    SearchResult read = Foldwise.read(spark, DIABETES).label("target").grid(grid).search();
    JsonNode said =
        new ObjectMapper()
            .readTree(
                Commands.out(
                    "search", "--data", DIABETES, "--label", "target", "--grid", grid, "--json"));
    assertEquals(said.at("/cv/mean").asDouble(), mean(read));
    assertEquals(mean(read), mean(framed), 1e-12 * mean(read));
    assertEquals(
        said.at("/model/coefficients/bmi").asDouble(),
        read.refit().model().namedPowers().get("bmi"));
  }

  /**
   * scikit-learn 1.9.1: {@code cross_val_score(LinearRegression(), X, y, cv=TimeSeriesSplit(16),
   * scoring='neg_mean_squared_error')} on the columns of data/diabetes.csv, whose 442 rows are 17
   * times 26.
   */
  @Test
  void forwardChainingHasTheErrorsOfTimeSeriesSplit() {
    double[] expected = {
      8817.424006117002, 3932.247454657801, 3745.249038377695, 3034.669699747724,
      3237.2606525829055, 2805.483833517545, 3687.167297810981, 3613.946368413629,
      2852.2372634279172, 3540.8809365380876, 3793.249609770304, 2288.4000121231056,
      3751.452079948783, 4156.622486837588, 1417.071521697441, 2027.8659032027745
    };
    SearchResult result =
        Foldwise.read(spark, DIABETES)
            .label("target")
            .folds(17, FoldStrategy.forward())
            .grid("optimizer=exact")
            .search();
    double[] found = result.chosen().orElseThrow().validation().folds();
    assertEquals(expected.length, found.length);
    for (int fold = 0; fold < found.length; fold++) {
      assertEquals(expected[fold], found[fold], 1e-7 * expected[fold], "fold " + fold);
    }
  }

  @Test
  void everyRoleAndChoiceReachesTheSearch() {
    Dataset<Row> rows =
        diabetes()
            .withColumnRenamed("sex", "ward")
            .selectExpr("*", "cast(target > 140 as int) as high", "bmi / 30 as counts");
    SearchResult result =
        Foldwise.on(rows)
            .label("high")
            .features("bmi", "bp", "s5")
            .weight("counts")
            .group("ward")
            .folds(2)
            .testFraction(0.2)
            .loss(Loss.logistic())
            .metric(Metric.AUC)
            .grid("optimizer=nesterov; epochs=5,40")
            .patience(10)
            .seed(7)
            .search();
    assertEquals(List.of("bmi", "bp", "s5"), result.refit().model().basis().features());
    assertEquals(2, result.chosen().orElseThrow().validation().folds().length);
    assertTrue(mean(result) > 0.7 && mean(result) < 1, "auc " + mean(result));
    assertTrue(result.test().orElseThrow().rows() > 80);
    assertEquals(2, result.ranked().size());
  }

  @Test
  void whatCannotBeUsedIsRefusedInALine() {
    assertRefused("'label' (price)", () -> Foldwise.on(diabetes()).label("price").search());
    assertRefused("'folds' (1)", () -> Foldwise.on(diabetes()).label("target").folds(1).search());
    assertRefused("'degree'", () -> Foldwise.on(diabetes()).grid("degree=0").label("target").fit());
    assertRefused(
        "'fit' takes one value an axis",
        () -> Foldwise.on(diabetes()).grid("l2=0,1").label("target").fit());
    Dataset<Row> stream = spark.readStream().format("rate").load();
    assertRefused("the data frame is a stream", () -> Foldwise.on(stream));
  }

  private static void assertRefused(String beginning, Callable<?> work) {
    String message = assertThrows(InvalidInputException.class, work::call).getMessage();
    assertTrue(message.startsWith(beginning), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void viewsAndJoinsAreRowsToo() {
    diabetes().createOrReplaceTempView("patients");
    Dataset<Row> view = spark.sql("select bmi, bp, target from patients where age > 30");
    double whole = mean(Foldwise.on(view).label("target").grid("optimizer=exact").search());
    Dataset<Row> left = diabetes().selectExpr("monotonically_increasing_id() as k", "bmi", "age");
    Dataset<Row> right =
        diabetes().selectExpr("monotonically_increasing_id() as k", "bp", "target");
    Dataset<Row> joined = left.join(right, "k").where("age > 30").select("bmi", "bp", "target");
    double both = mean(Foldwise.on(joined).label("target").grid("optimizer=exact").search());
    assertEquals(whole, both, 1e-9 * whole);
    spark.catalog().dropTempView("patients");
  }

  @Test
  void theSessionIsLeftAsItWas() {
    spark.conf().unset("spark.sql.files.minPartitionNum");
    String settings = spark.conf().getAll().toString();
    int cached = spark.sparkContext().getPersistentRDDs().size();
    String group = spark.sparkContext().getLocalProperty("spark.jobGroup.id");
    Foldwise.on(diabetes()).label("target").grid("epochs=2").search();
    Foldwise.read(spark, DIABETES).label("target").explain();
    assertEquals(settings, spark.conf().getAll().toString());
    assertEquals(cached, spark.sparkContext().getPersistentRDDs().size());
    assertEquals(group, spark.sparkContext().getLocalProperty("spark.jobGroup.id"));
  }

  @Test
  void manyThreadsSearchInOneSession() throws Exception {
    String settings = spark.conf().getAll().toString();
    List<String> grids = List.of("l2=0,0.1", "degree=1,2", "learning-rate=0.01,0.1");
    List<Double> alone =
        grids.stream()
            .map(grid -> mean(Foldwise.on(diabetes()).label("target").grid(grid).search()))
            .toList();
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<Future<Double>> together =
          Stream.concat(grids.stream(), grids.stream())
              .map(
                  grid ->
                      pool.submit(
                          () -> mean(Foldwise.on(diabetes()).label("target").grid(grid).search())))
              .toList();
      for (int i = 0; i < together.size(); i++) {
        assertEquals(alone.get(i % 3), together.get(i).get());
      }
    } finally {
      pool.shutdown();
    }
    assertEquals(settings, spark.conf().getAll().toString());
  }

  @Test
  void aRunIsCancelledByItsGroup() throws Exception {
    SparkContext context = spark.sparkContext();
    Foldwise endless =
        Foldwise.on(diabetes())
            .label("target")
            .loss(Loss.huber())
            .grid("epochs=100000000")
            .jobGroup("mine");
    CompletableFuture<Void> descending = new CompletableFuture<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onTaskStart(SparkListenerTaskStart task) {
            if (task.stageId() > 0) {
              descending.complete(null);
            }
          }
        };
    context.addSparkListener(listener);
    CompletableFuture<SearchResult> run = CompletableFuture.supplyAsync(endless::search);
    descending.get();
    while (!run.isDone()) {
      context.cancelJobGroup("mine");
      Thread.sleep(100);
    }
    context.removeSparkListener(listener);
    Throwable ended = assertThrows(Exception.class, run::get);
    boolean cancelled =
        Stream.iterate(ended, t -> t != null, Throwable::getCause)
            .anyMatch(t -> t instanceof SparkException && t.getMessage().contains("cancelled"));
    assertTrue(cancelled, ended.toString());
  }
}
