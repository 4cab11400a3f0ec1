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
import io.foldwise.search.CandidateSummary;
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
    assertClose(expected, result.chosen().orElseThrow().validation().folds(), 1e-7);
  }

  /**
   * scikit-learn 1.9.1, by src/test/python/purge_constants.py: the errors of LinearRegression over
   * {@code TimeSeriesSplit(16, test_size=26, gap=5)}.
   */
  @Test
  void aPurgeIsTheGapOfTimeSeriesSplit() {
    double[] squared = {
      9799.429915871366, 4140.933911606488, 4068.310462701088, 2970.340835867261,
      3295.3042699860116, 2839.4709756274324, 3702.442853898134, 3554.0433296863243,
      2819.912416023569, 3510.655714665191, 3912.9948330540656, 2303.942544530732,
      3716.9689396139916, 4107.772424105489, 1399.2667382572326, 2030.6262153803934
    };
    double[] absolute = {
      68.4533190431425, 48.418394044081666, 49.64645994258153, 46.91823004833969,
      46.540291475551925, 39.76184342675728, 50.726157112563065, 49.95872290730289,
      46.49137982843343, 48.562580523927586, 47.44728666886483, 38.89468132034798,
      50.50385265926558, 52.818023001804804, 27.721643257751108, 36.05201813204676
    };
    SearchResult result =
        Foldwise.read(spark, DIABETES)
            .label("target")
            .folds(17, FoldStrategy.forward())
            .purge(5)
            .metric(Metric.MSE, Metric.MAE)
            .grid("optimizer=exact")
            .search();
    CandidateSummary chosen = result.chosen().orElseThrow();
    assertClose(squared, chosen.validation().folds(), 1e-7);
    assertClose(absolute, result.scoresOf(chosen, Metric.MAE).folds(), 1e-7);
    assertEquals(442, result.refit().scores().training().rows());
  }

  /**
   * scikit-learn 1.9.1, by src/test/python/purge_constants.py: the log-loss and the area under the
   * curve of LogisticRegression over {@code TimeSeriesSplit(12, test_size=34, gap=10)}.
   */
  @Test
  void aPurgeIsThatGapWhereTrainingIsOverRows() {
    double[] loss = {
      0.8419461065020376, 0.7422501396698187, 0.44307594351855106, 0.38727694132465085,
      0.7686386907383409, 0.5644017299124173, 0.3852967070388844, 0.5423348644630446,
      0.5364478037709999, 0.5733100633642481, 0.5317639449926288, 0.49046287114630543
    };
    double[] area = {
      0.8350877192982455, 0.6964285714285715, 0.875, 0.9087719298245613,
      0.6280701754385964, 0.7743055555555556, 0.8961937716262975, 0.8062283737024221,
      0.7619047619047619, 0.8035087719298246, 0.829861111111111, 0.8245614035087719
    };
    SearchResult result =
        Foldwise.on(diabetes().selectExpr("bmi", "bp", "s5", "cast(target > 140 as int) as y"))
            .loss(Loss.logistic())
            .folds(13, FoldStrategy.forward())
            .purge(10)
            .metric(Metric.of(Loss.logistic()), Metric.AUC)
            .grid("optimizer=exact")
            .search();
    CandidateSummary chosen = result.chosen().orElseThrow();
    assertClose(loss, chosen.validation().folds(), 1e-6);
    assertClose(area, result.scoresOf(chosen, Metric.AUC).folds(), 1e-12);
    Foldwise random = Foldwise.read(spark, DIABETES).label("target").purge(5);
    assertThrows(InvalidInputException.class, random::search);
  }

  private static void assertClose(double[] expected, double[] found, double share) {
    assertEquals(expected.length, found.length);
    for (int fold = 0; fold < found.length; fold++) {
      assertEquals(expected[fold], found[fold], share * expected[fold], "fold " + fold);
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
