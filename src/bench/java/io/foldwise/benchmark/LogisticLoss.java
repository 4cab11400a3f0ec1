package io.foldwise.benchmark;

import static io.foldwise.benchmark.RatioTable.Sense.COSTS;
import static io.foldwise.benchmark.RatioTable.Sense.FASTER;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.load.LoadedData;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** The fused engine against MLlib and scikit-learn, and the other losses against the logistic. */
final class LogisticLoss implements Measurement {
  /** As few epochs as bring every penalty's mean log-loss within {@link #SCORE_TOLERANCE}. */
  static final String DESCENT =
      "optimizer=adam; learning-rate=0.01; schedule=cosine; batch-size=2000; epochs=1; ";

  static final int EPOCHS = 1;
  private static final double SCORE_TOLERANCE = 1e-3;
  private static final double OTHER_LOSSES = 1.3;

  private final Stage stage;
  private final RatioTable table;
  private final BenchmarkData data;
  private final Contestant<SearchResult> logistic;

  LogisticLoss(Stage stage) {
    this.stage = stage;
    this.table = stage.table();
    this.data =
        stage.data(BenchmarkData.Label.LOGISTIC, stage.options().rows(), BenchmarkData.FEATURES);
    this.logistic = search(data, new Logistic());
  }

  private Contestant<SearchResult> search(BenchmarkData rows, Loss loss) {
    return stage.search(loss.label(), rows, loss, DESCENT + Stage.PENALTIES, Stage.FOLDS);
  }

  @Override
  public void run() throws IOException, InterruptedException {
    table.remark(
        "Logistic loss: %s, %d folds, 12 l2 penalties; %s."
            .formatted(data.shape(), Stage.FOLDS, DESCENT.replaceAll("; $", "")));
    race();
    double[] penalties = FoldwiseSearch.penalties(logistic.median().value());
    try (LoadedData loaded = FoldwiseSearch.loaded(data);
        AssignedRows assigned = FoldwiseSearch.assigned(loaded, Stage.FOLDS)) {
      mllib(assigned, penalties);
      new SklearnSearch(stage, SklearnSearch.Kind.LOGISTIC)
          .over(assigned, data.shape().rows(), sklearn -> sklearn(sklearn, penalties));
    }
  }

  /** The losses in turns; absolute and huber have labels of their own over the same features. */
  private void race() {
    BenchmarkData linear =
        stage.data(BenchmarkData.Label.LINEAR, stage.options().rows(), BenchmarkData.FEATURES);
    Contestant<SearchResult> absolute = search(linear, new Absolute());
    Contestant<SearchResult> huber = search(linear, new Huber(Huber.DEFAULT_DELTA));
    stage.race(List.of(logistic, absolute, huber));
    table.remark(
        "Peak heap, logistic loss: %,d MiB (garbage included).".formatted(PeakHeap.mebibytes()));
    for (Contestant<SearchResult> other : List.of(absolute, huber)) {
      table.add(
          "a trial's epochs: %s over logistic loss".formatted(other.name()),
          ofTrial(logistic),
          ofTrial(other),
          COSTS,
          OTHER_LOSSES);
    }
  }

  /** The seconds of a trial's descent, its curve's scores among them. */
  private static Timed<?> ofTrial(Contestant<SearchResult> contestant) {
    return Timed.elsewhere(
        contestant.median().value().trials().stream()
            .mapToDouble(TrialResult::seconds)
            .average()
            .orElseThrow());
  }

  private void mllib(AssignedRows assigned, double[] penalties) {
    double[] lambdas = Arrays.stream(penalties).map(l2 -> 2 * l2).toArray();
    try (MllibRows rows = new MllibRows(assigned)) {
      MllibClassification mllib = new MllibClassification(rows);
      mllib.run(new double[] {lambdas[0]});
      Timed<double[]> peer = Timed.once(() -> mllib.run(lambdas));
      stage.progress("MLlib CrossValidator", peer);
      table.add(
          "MLlib CrossValidator(LogisticRegression) over ours",
          peer,
          logistic.median(),
          FASTER,
          25);
      table.limit(
          "mean log-loss of 12 candidates, relative to MLlib's",
          FoldwiseSearch.difference(logistic.median().value(), peer.value()),
          SCORE_TOLERANCE);
    }
  }

  private void sklearn(SklearnSearch sklearn, double[] penalties)
      throws IOException, InterruptedException {
    OptionalDouble seconds = sklearn.seconds(EPOCHS, penalties);
    if (seconds.isEmpty()) {
      table.remark("scikit-learn: skipped, it failed.");
      return;
    }
    table.add(
        "scikit-learn GridSearchCV(SGDClassifier(log_loss), n_jobs=2), as many epochs, over ours",
        Timed.elsewhere(seconds.getAsDouble()),
        logistic.median(),
        FASTER,
        10);
  }
}
