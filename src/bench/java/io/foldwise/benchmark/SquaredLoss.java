package io.foldwise.benchmark;

import static io.foldwise.benchmark.RatioTable.Sense.COSTS;
import static io.foldwise.benchmark.RatioTable.Sense.FASTER;
import static io.foldwise.benchmark.RatioTable.Sense.SHOWN;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.search.SearchResult;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.engine.plan.EngineRequest;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;

/** The moments engine against a bare scan, MLlib and scikit-learn. */
final class SquaredLoss implements Measurement {
  private static final Loss SQUARED = new Squared();
  private static final String EXACT = "optimizer=exact; " + Stage.PENALTIES;
  private static final String MANY = "optimizer=exact; l2=log(0.0001,1,480)";
  private static final int ADAM_EPOCHS = 100;
  private static final String ADAM =
      "optimizer=adam; batch-size=1000; epochs=100; schedule=cosine; " + Stage.PENALTIES;
  private static final int SKLEARN_EPOCHS = 5;
  private static final double SCORE_TOLERANCE = 1e-5;

  private final Stage stage;
  private final RatioTable table;
  private final BenchmarkData data;
  private final Contestant<Row> scan;
  private final Contestant<SearchResult> exact;
  private final Contestant<SearchResult> adam;

  SquaredLoss(Stage stage) {
    this.stage = stage;
    this.table = stage.table();
    this.data =
        stage.data(BenchmarkData.Label.LINEAR, stage.options().rows(), BenchmarkData.FEATURES);
    this.scan = new Contestant<>("scan", data::scan);
    this.exact = search("exact, 12 penalties", EXACT, Stage.FOLDS);
    this.adam = search("Adam, 12 penalties, 100 epochs", ADAM, Stage.FOLDS);
  }

  private Contestant<SearchResult> search(String name, String grid, int folds) {
    return stage.search(name, data, SQUARED, grid, folds);
  }

  @Override
  public void run() throws IOException, InterruptedException {
    table.remark(
        "Squared loss: %s, %d folds, 12 l2 penalties.".formatted(data.shape(), Stage.FOLDS));
    race();
    double[] penalties = FoldwiseSearch.penalties(exact.median().value());
    try (LoadedData loaded = FoldwiseSearch.loaded(data);
        AssignedRows assigned = FoldwiseSearch.assigned(loaded, Stage.FOLDS)) {
      mllib(assigned);
      new SklearnSearch(stage, SklearnSearch.Kind.SQUARED)
          .over(assigned, data.shape().rows(), sklearn -> sklearn(sklearn, penalties));
    }
  }

  /** Ours and the scan, in turns. */
  private void race() {
    Contestant<SearchResult> many = search("exact, 480 penalties", MANY, Stage.FOLDS);
    Contestant<SearchResult> two = search("exact, 2 folds", EXACT, 2);
    Contestant<SearchResult> twenty = search("exact, 20 folds", EXACT, 20);
    FoldwiseSearch search =
        new FoldwiseSearch(data, SQUARED, EXACT, Stage.FOLDS, EngineRequest.AUTO);
    Contestant<SearchResult> inferred =
        new Contestant<>("exact, 12 penalties, what scores are worth", search::inferred);
    stage.race(List.of(scan, exact, many, two, twenty, adam, inferred));
    table.remark(
        "Peak heap, squared loss: %,d MiB (garbage included).".formatted(PeakHeap.mebibytes()));
    table.add(
        "`exact` over Spark SQL's sum of every column", scan.median(), exact.median(), COSTS, 3);
    table.add("`exact`: 480 candidates over 12", exact.median(), many.median(), COSTS, 1.5);
    table.add("`exact`: 20 folds over 2", two.median(), twenty.median(), COSTS, 1.3);
    table.add(
        "`exact`: with what scores are worth, over without",
        exact.median(),
        inferred.median(),
        COSTS,
        1.1);
  }

  private void mllib(AssignedRows assigned) {
    double[] lambdas = FoldwiseSearch.lambdas(exact.median().value(), Stage.FOLDS);
    try (MllibRows rows = new MllibRows(assigned)) {
      MllibRegression mllib = new MllibRegression(rows);
      mllib.chooseSolver(lambdas[0]);
      mllib.run(new double[] {lambdas[0]});
      Timed<double[]> peer = Timed.once(() -> mllib.run(lambdas));
      stage.progress("MLlib CrossValidator", peer);
      String what = "MLlib CrossValidator(LinearRegression) over ours, ";
      table.add(what + "`exact`", peer, exact.median(), FASTER, 40);
      table.add(what + "Adam (minibatches of 1000, 100 epochs)", peer, adam.median(), FASTER, 20);
      table.remark("MLlib's solver: %s for one fit.".formatted(mllib.solverTimes()));
      compare(peer.value());
    }
  }

  private void compare(double[] peer) {
    String what = "mean mse of 12 candidates, relative to MLlib's: ";
    table.limit(
        what + "`exact`", FoldwiseSearch.difference(exact.median().value(), peer), SCORE_TOLERANCE);
    table.remark(
        "M%sAdam %.1e."
            .formatted(what.substring(1), FoldwiseSearch.difference(adam.median().value(), peer)));
  }

  private void sklearn(SklearnSearch sklearn, double[] penalties)
      throws IOException, InterruptedException {
    OptionalDouble one = sklearn.seconds(1, penalties);
    OptionalDouble some = sklearn.seconds(SKLEARN_EPOCHS, penalties);
    if (one.isEmpty() || some.isEmpty()) {
      table.remark("scikit-learn: skipped, it failed.");
      return;
    }
    double epoch = (some.getAsDouble() - one.getAsDouble()) / (SKLEARN_EPOCHS - 1);
    double all = one.getAsDouble() + (ADAM_EPOCHS - 1) * epoch;
    table.add(
        "scikit-learn GridSearchCV(SGDRegressor, n_jobs=2), 100 epochs, over ours, Adam",
        Timed.elsewhere(all),
        adam.median(),
        SHOWN,
        0);
    table.remark(
        ("scikit-learn's SGDRegressor took %.1f s for 1 epoch and %.1f s for 5, continued in a"
                + " straight line to 100.")
            .formatted(one.getAsDouble(), some.getAsDouble()));
  }
}
