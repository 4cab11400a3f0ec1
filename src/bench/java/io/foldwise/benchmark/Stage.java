package io.foldwise.benchmark;

import io.foldwise.learn.loss.Loss;
import io.foldwise.search.SearchResult;
import io.foldwise.spark.engine.plan.EngineRequest;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** What all measurements share. */
record Stage(SparkSession spark, BenchmarkOptions options, RatioTable table) {
  static final int FOLDS = 5;

  /** Twelve l2 penalties. */
  static final String PENALTIES = "l2=log(0.0001,1,12)";

  private static final int WARMING_ROUNDS = 2;

  BenchmarkData data(BenchmarkData.Label label, long rows, int features) {
    return BenchmarkData.in(spark, options.work(), new BenchmarkData.Shape(label, rows, features));
  }

  Contestant<SearchResult> search(
      String name, BenchmarkData data, Loss loss, String grid, int folds) {
    FoldwiseSearch search = new FoldwiseSearch(data, loss, grid, folds, EngineRequest.AUTO);
    return new Contestant<>(name, search::run);
  }

  /** Times all in turns after warming them up. */
  void race(List<Contestant<?>> all) {
    progress("warming up");
    Contestant.race(WARMING_ROUNDS, all);
    timed(all);
  }

  /** The same without warming up. */
  void timed(List<Contestant<?>> all) {
    PeakHeap.reset();
    Contestant.race(options.rounds(), all);
    all.forEach(contestant -> progress(contestant.name(), contestant.median()));
  }

  void progress(String what) {
    System.out.println(what);
  }

  void progress(String what, Timed<?> timed) {
    System.out.printf("%-48s %7.2f s, %7.2f s of CPU%n", what, timed.seconds(), timed.cpuSeconds());
  }
}
