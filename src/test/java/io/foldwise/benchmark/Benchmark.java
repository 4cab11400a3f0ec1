package io.foldwise.benchmark;

import static io.foldwise.benchmark.RatioTable.Sense.COSTS;
import static io.foldwise.benchmark.RatioTable.Sense.FASTER;
import static io.foldwise.benchmark.RatioTable.Sense.SHOWN;

import io.foldwise.search.InvalidInputException;
import io.foldwise.search.SearchResult;
import io.foldwise.spark.data.AssignedRows;
import io.foldwise.spark.data.DataLoader;
import io.foldwise.spark.data.DataOptions;
import io.foldwise.spark.data.LoadedData;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Every ratio against peers in one run: {@code WORK [--rows N] [--out FILE.md] [--quick]}. Exit
 * status 1 where a bound is missed or a score differs from MLlib's; 2 for bad usage.
 */
public final class Benchmark {
  private static final int FOLDS = 5;
  private static final String PENALTIES = "l2=log(0.0001,1,12)";
  private static final String EXACT = "optimizer=exact; " + PENALTIES;
  private static final String MANY = "optimizer=exact; l2=log(0.0001,1,480)";
  private static final String ADAM =
      "optimizer=adam; batch-size=1000; epochs=100; schedule=cosine; " + PENALTIES;
  private static final int ADAM_EPOCHS = 100;
  private static final int SKLEARN_EPOCHS = 5;
  private static final int WARMING_ROUNDS = 3;
  private static final double SCORE_TOLERANCE = 1e-5;

  private final SparkSession spark;
  private final BenchmarkOptions options;
  private final BenchmarkData data;
  private final RatioTable table = new RatioTable();
  private final Contestant<Row> scan;
  private final Contestant<SearchResult> exact;
  private final Contestant<SearchResult> adam;
  private boolean scoresAgree = true;

  private Benchmark(SparkSession spark, BenchmarkOptions options) {
    this.spark = spark;
    this.options = options;
    System.out.printf("preparing %,d rows x %d%n", options.rows(), BenchmarkData.FEATURES);
    this.data = BenchmarkData.in(spark, options.work(), options.rows());
    this.scan = new Contestant<>("scan", data::scan);
    this.exact = search("exact, 12 penalties", EXACT, FOLDS);
    this.adam = search("Adam, 12 penalties, 100 epochs", ADAM, FOLDS);
  }

  /** Runs it. */
  public static void main(String[] words) throws IOException, InterruptedException {
    int status;
    try {
      BenchmarkOptions options = BenchmarkOptions.parse(words);
      int cores = Runtime.getRuntime().availableProcessors();
      try (SparkSession spark =
          SparkSession.builder()
              .appName("foldwise-benchmark")
              .config("spark.sql.shuffle.partitions", cores)
              .getOrCreate()) {
        status = new Benchmark(spark, options).run();
      }
    } catch (InvalidInputException refused) {
      System.err.println("benchmark: " + refused.getMessage());
      status = 2;
    }
    System.exit(status);
  }

  private int run() throws IOException, InterruptedException {
    Files.createDirectories(options.out().toAbsolutePath().getParent());
    describe();
    race();
    peers(exact.median(), adam.median());
    table.remark("Load of the machine at the end: %.1f.".formatted(load()));
    String text = table.markdown();
    Files.writeString(options.out(), text);
    System.out.println("\n" + text);
    return scoresAgree && (table.isMet() || !options.isJudged()) ? 0 : 1;
  }

  private void describe() {
    table.remark(
        ("%,d rows x %d features in Parquet, squared loss, %d folds, 12 l2 penalties;"
                + " %s; Java %s, %d cores, load %.1f at the start.")
            .formatted(
                options.rows(),
                BenchmarkData.FEATURES,
                FOLDS,
                spark.sparkContext().master(),
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                load()));
    table.remark(
        ("Ours and the scan are timed from the path to the refit model, warmed up, in turns,"
                + " median of %d; MLlib (input assembled and cached beforehand, warmed up) and"
                + " scikit-learn (numbers in memory) once.")
            .formatted(options.rounds()));
    if (!options.isJudged()) {
      table.remark("Bounds hold for 1,000,000 rows and are only shown here.");
    }
  }

  private Contestant<SearchResult> search(String name, String grid, int folds) {
    return new Contestant<>(name, new FoldwiseSearch(spark, data.path(), grid, folds)::run);
  }

  /** Ours and the scan, in turns. */
  private void race() {
    Contestant<SearchResult> many = search("exact, 480 penalties", MANY, FOLDS);
    Contestant<SearchResult> two = search("exact, 2 folds", EXACT, 2);
    Contestant<SearchResult> twenty = search("exact, 20 folds", EXACT, 20);
    List<Contestant<?>> all = List.of(scan, exact, many, two, twenty, adam);
    System.out.println("warming up");
    Contestant.race(WARMING_ROUNDS, all);
    PeakHeap.reset();
    Contestant.race(options.rounds(), all);
    all.forEach(contestant -> progress(contestant.name(), contestant.seconds()));
    table.remark(
        "Peak heap of ours: %,d MiB (garbage included) of %,d MiB (-Xmx)."
            .formatted(PeakHeap.mebibytes(), PeakHeap.mostMebibytes()));
    table.add(
        "`exact` over Spark SQL's sum of every column", scan.seconds(), exact.seconds(), COSTS, 3);
    table.add("`exact`: 480 candidates over 12", exact.seconds(), many.seconds(), COSTS, 1.5);
    table.add("`exact`: 20 folds over 2", two.seconds(), twenty.seconds(), COSTS, 1.3);
  }

  private void peers(Timed<SearchResult> exact, Timed<SearchResult> adam)
      throws IOException, InterruptedException {
    Path rows = options.work().resolve("rows.npy");
    SklearnSearch sklearn = new SklearnSearch(options.work());
    boolean installed = sklearn.isInstalled();
    double[] penalties = FoldwiseSearch.penalties(exact.value());
    try (LoadedData loaded = DataLoader.load(spark, DataOptions.of(data.path()));
        AssignedRows assigned = FoldwiseSearch.assigned(loaded, FOLDS)) {
      mllib(assigned, exact, adam);
      if (installed) {
        BenchmarkData.writeNpy(assigned.frame(), options.rows(), rows);
      }
    }
    if (installed) {
      sklearn(sklearn, rows, penalties, adam.seconds());
      Files.delete(rows);
    } else {
      table.remark("scikit-learn: skipped, /usr/bin/python3 does not have it.");
    }
  }

  private void mllib(AssignedRows assigned, Timed<SearchResult> exact, Timed<SearchResult> adam) {
    double[] lambdas = FoldwiseSearch.lambdas(exact.value(), FOLDS);
    try (MllibSearch mllib = new MllibSearch(assigned)) {
      mllib.chooseSolver(lambdas[0]);
      mllib.run(new double[] {lambdas[0]});
      Timed<double[]> peer = Timed.once(() -> mllib.run(lambdas));
      progress("MLlib CrossValidator", peer.seconds());
      String what = "MLlib CrossValidator(LinearRegression) over ours, ";
      table.add(what + "`exact`", peer.seconds(), exact.seconds(), FASTER, 40);
      table.add(
          what + "Adam (minibatches of 1000, 100 epochs)",
          peer.seconds(),
          adam.seconds(),
          FASTER,
          20);
      table.remark("MLlib's solver: %s for one fit; parallelism 2.".formatted(mllib.solverTimes()));
      table.remark(
          ("In CPU seconds of the JVM, which other processes hardly move: MLlib %.1f;"
                  + " %.0f times `exact`, %.0f times Adam.")
              .formatted(
                  peer.cpuSeconds(),
                  peer.cpuSeconds() / exact.cpuSeconds(),
                  peer.cpuSeconds() / adam.cpuSeconds()));
      compare("`exact`", exact.value(), peer.value(), true);
      compare("Adam", adam.value(), peer.value(), false);
    }
  }

  private void compare(String what, SearchResult ours, double[] peer, boolean bounded) {
    double[] means = FoldwiseSearch.means(ours);
    double largest = 0;
    for (int i = 0; i < peer.length; i++) {
      largest = Math.max(largest, Math.abs(means[i] / peer[i] - 1));
    }
    if (bounded) {
      scoresAgree &= largest <= SCORE_TOLERANCE;
    }
    table.remark(
        "Mean scores of the 12 candidates, %s against MLlib: largest relative difference %.1e%s."
            .formatted(what, largest, bounded ? " (bound 1e-5)" : ""));
  }

  private void sklearn(SklearnSearch sklearn, Path rows, double[] penalties, double ours)
      throws IOException, InterruptedException {
    OptionalDouble one = sklearn.seconds(rows, 1, penalties);
    OptionalDouble some = sklearn.seconds(rows, SKLEARN_EPOCHS, penalties);
    if (one.isEmpty() || some.isEmpty()) {
      table.remark("scikit-learn: skipped, it failed.");
      return;
    }
    double epoch = (some.getAsDouble() - one.getAsDouble()) / (SKLEARN_EPOCHS - 1);
    double all = one.getAsDouble() + (ADAM_EPOCHS - 1) * epoch;
    progress("scikit-learn, 5 epochs", some.getAsDouble());
    table.add(
        "scikit-learn GridSearchCV(SGDRegressor, n_jobs=2), 100 epochs, over ours, Adam",
        all,
        ours,
        SHOWN,
        0);
    table.remark(
        ("scikit-learn took %.1f s for 1 epoch and %.1f s for 5, continued in a"
                + " straight line to 100.")
            .formatted(one.getAsDouble(), some.getAsDouble()));
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static void progress(String what, double seconds) {
    System.out.printf("%-40s %7.2f s%n", what, seconds);
  }
}
