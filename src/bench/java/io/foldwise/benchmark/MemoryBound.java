package io.foldwise.benchmark;

import io.foldwise.learn.loss.Logistic;
import io.foldwise.search.SearchResult;
import java.util.List;

/** Large data and wide rows within the heap of this JVM: that they run at all, and their peaks. */
final class MemoryBound implements Measurement {
  private static final int WIDE = 2000;
  private static final long WIDE_ROWS = 20_000;

  private final Stage stage;

  MemoryBound(Stage stage) {
    this.stage = stage;
  }

  @Override
  public void run() {
    run(4 * stage.options().rows(), BenchmarkData.FEATURES);
    run(stage.options().isJudged() ? WIDE_ROWS : WIDE_ROWS / 10, WIDE);
  }

  private void run(long rows, int features) {
    BenchmarkData data = stage.data(BenchmarkData.Label.LOGISTIC, rows, features);
    String what = "60 trials over " + data.shape();
    Contestant<SearchResult> search =
        stage.search(
            what, data, new Logistic(), LogisticLoss.DESCENT + Stage.PENALTIES, Stage.FOLDS);
    System.gc();
    PeakHeap.reset();
    Contestant.race(1, List.of(search));
    stage.progress(what, search.median());
    stage
        .table()
        .ran(
            "%s in a heap of %,d MiB: peak %,d MiB, garbage included"
                .formatted(what, PeakHeap.mostMebibytes(), PeakHeap.mebibytes()),
            search.median());
  }
}
