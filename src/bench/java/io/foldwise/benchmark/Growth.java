package io.foldwise.benchmark;

import static io.foldwise.benchmark.RatioTable.Sense.COSTS;

import io.foldwise.learn.loss.Logistic;
import io.foldwise.search.SearchResult;
import java.util.List;

/** The fused engine's time against the number of trials and of rows. */
final class Growth implements Measurement {
  private static final int FOLDS = 4;

  /** Candidates of 12, 60 and 240 trials. */
  private static final int[] CANDIDATES = {3, 15, 60};

  /** Of linear growth: what trials share makes them clearly cheaper than one by one. */
  private static final double OF_LINEAR = 0.8;

  private final Stage stage;
  private final long rows;

  Growth(Stage stage) {
    this.stage = stage;
    this.rows = stage.options().rows();
  }

  @Override
  public void run() {
    List<Contestant<SearchResult>> trials =
        List.of(
            search(rows, CANDIDATES[0]), search(rows, CANDIDATES[1]), search(rows, CANDIDATES[2]));
    List<Contestant<SearchResult>> sizes =
        List.of(search(rows / 4, CANDIDATES[1]), trials.get(1), search(4 * rows, CANDIDATES[1]));
    stage.race(List.of(trials.get(0), trials.get(1), trials.get(2), sizes.get(0), sizes.get(2)));
    for (int i = 1; i < trials.size(); i++) {
      double linear = (double) CANDIDATES[i] / CANDIDATES[i - 1];
      grown(trials.get(i - 1), trials.get(i), OF_LINEAR * linear);
      grown(sizes.get(i - 1), sizes.get(i), 4);
    }
    stage
        .table()
        .remark(
            "Growth: logistic loss, %d folds, as above; %d features."
                .formatted(FOLDS, BenchmarkData.FEATURES));
  }

  private void grown(Contestant<?> from, Contestant<?> to, double bound) {
    stage
        .table()
        .add(
            "%s over %s".formatted(to.name(), from.name()),
            from.median(),
            to.median(),
            COSTS,
            bound);
  }

  private Contestant<SearchResult> search(long n, int candidates) {
    return stage.search(
        "%d trials, %,d rows".formatted(FOLDS * candidates, n),
        stage.data(BenchmarkData.Label.LOGISTIC, n, BenchmarkData.FEATURES),
        new Logistic(),
        LogisticLoss.DESCENT + "l2=log(0.0001,1,%d)".formatted(candidates),
        FOLDS);
  }
}
