package io.foldwise.benchmark;

import static io.foldwise.benchmark.RatioTable.Sense.FASTER;

import io.foldwise.Asked;
import io.foldwise.learn.loss.Squared;
import io.foldwise.search.SearchResult;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.load.LoadedData;
import java.util.ArrayList;
import java.util.List;

/**
 * Wide rows: what it takes to load them; and with squared loss, whether the planner's engine is the
 * faster one.
 */
final class WideRows implements Measurement {
  private static final int FEATURES = 1000;
  private static final long ROWS = 20_000;
  private static final long QUICK_ROWS = 5_000;
  private static final String MOMENTS = "moments";
  private static final String FUSED = "fused";
  private static final String DESCENT =
      "optimizer=adam; learning-rate=0.01; schedule=cosine; batch-size=2000; ";

  /** Work that the fused engine should win, and work that moments should. */
  private static final List<String> GRIDS =
      List.of("epochs=1; l2=log(0.0001,1,2)", "epochs=60; l2=log(0.0001,1,12)");

  private final Stage stage;
  private final BenchmarkData data;

  WideRows(Stage stage) {
    this.stage = stage;
    this.data =
        stage.data(
            BenchmarkData.Label.LINEAR, stage.options().isJudged() ? ROWS : QUICK_ROWS, FEATURES);
  }

  @Override
  public void run() {
    new WideLoad(stage).run();
    stage
        .table()
        .remark(
            "Wide rows: %s, squared loss, %d folds, %sthe engines alone, over loaded rows."
                .formatted(data.shape(), Stage.FOLDS, DESCENT));
    try (LoadedData loaded = FoldwiseSearch.loaded(data);
        AssignedRows assigned = FoldwiseSearch.assigned(loaded, Stage.FOLDS)) {
      for (String grid : GRIDS) {
        compare(grid, assigned);
      }
    }
  }

  private void compare(String grid, AssignedRows assigned) {
    Contestant<SearchResult> moments = contestant(grid, MOMENTS, assigned);
    Contestant<SearchResult> fused = contestant(grid, FUSED, assigned);
    List<Contestant<?>> both = new ArrayList<>(List.of(moments, fused));
    Contestant.race(1, both);
    stage.timed(both);
    boolean choosesMoments =
        search(grid, "auto").explain(assigned).engine().label().equals(MOMENTS);
    stage
        .table()
        .add(
            "%d features, %s: %s, which the planner leaves, over %s, which it takes"
                .formatted(
                    FEATURES,
                    grid,
                    choosesMoments ? FUSED : MOMENTS,
                    choosesMoments ? MOMENTS : FUSED),
            choosesMoments ? fused.median() : moments.median(),
            choosesMoments ? moments.median() : fused.median(),
            FASTER,
            1);
  }

  private Contestant<SearchResult> contestant(String grid, String engine, AssignedRows assigned) {
    return new Contestant<>(engine + ", " + grid, () -> search(grid, engine).run(assigned));
  }

  private FoldwiseSearch search(String grid, String engine) {
    return new FoldwiseSearch(
        data, new Squared(), DESCENT + grid, Stage.FOLDS, Asked.of(engine, "auto"));
  }
}
