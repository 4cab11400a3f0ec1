package io.foldwise.spark.engine.score;

import io.foldwise.learn.score.MetricSums;
import io.foldwise.learn.score.ScoreHistogram;
import io.foldwise.learn.score.ScoredBlock;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.RowReader;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * The areas under the ROC curves of many models, each over its {@link RankedSets}.
 *
 * <p>Up to {@link ScoreHistogram#EXACT_ROWS} rows the decision values of a set meet in one task,
 * set after set, and the area is exact. Above, every task keeps a histogram of bounded size for
 * every set, and the histograms meet.
 */
public record RankingPass(
    ScoredModels models, RankedSets sets, RowReader reader, RowPanel.Rows kind)
    implements Serializable {

  /** The most bins of a histogram of bounded size, which then takes 768 KiB at most. */
  private static final int MOST_BINS = 1 << 14;

  private static final int NO_SET = -1;

  /** The models of a pass: so many, or one candidate's, keep a task's histograms below 50 MiB. */
  private static final int BINNED_MODELS = 32;

  /** The scores that training left of each trial, with their areas. */
  public static TrialEngine.Scored score(EngineRows rows, List<TrialResult> trained) {
    List<TrialResult.Scores> scores = new ArrayList<>();
    List<MetricSums> pooled = new ArrayList<>();
    for (List<TrialResult> batch : batches(trained)) {
      RankedSets sets = RankedSets.of(batch);
      RankingPass pass =
          new RankingPass(
              ScoredModels.of(batch), sets, new RowReader(rows.layout()), RowPanel.Rows.TRAINING);
      TrialEngine.Scored scored = sets.scored(batch, pass.areas(rows.training(), count(batch)));
      scores.addAll(scored.trials());
      pooled.addAll(scored.pooled());
    }
    return new TrialEngine.Scored(scores, pooled);
  }

  /** The sums of one model's test rows with their area. */
  public static MetricSums ranked(
      MetricSums sums, Dataset<Row> rows, EngineRows.Layout layout, ScoredModels one) {
    RankedSets sets = new RankedSets(new int[1]);
    RankingPass pass = new RankingPass(one, sets, new RowReader(layout), RowPanel.Rows.TEST);
    return sums.withAuc(pass.areas(rows, sums.rows())[sets.training(0)]);
  }

  /** The number of passes over the training rows that {@link #score} takes. */
  static int passes(List<TrialResult> trained) {
    return batches(trained).size();
  }

  private static List<List<TrialResult>> batches(List<TrialResult> trained) {
    if (count(trained) <= ScoreHistogram.EXACT_ROWS) {
      return List.of(trained);
    }
    int[] candidates = TrialEngine.Scored.candidates(trained);
    List<List<TrialResult>> batches = new ArrayList<>();
    for (int from = 0, to = 0; from < candidates.length; from = to) {
      while (to < candidates.length
          && (to - from < BINNED_MODELS || candidates[to] == candidates[to - 1])) {
        to++;
      }
      batches.add(trained.subList(from, to));
    }
    return batches;
  }

  private static long count(List<TrialResult> trained) {
    TrialResult.Scores scores = trained.get(0).scores();
    return scores.training().rows() + scores.validation().rows();
  }

  /**
   * The area of each set, NaN where a class is missing.
   *
   * @param count the number of rows
   */
  double[] areas(Dataset<Row> rows, long count) {
    JavaRDD<InternalRow> internal = ScoringPass.internal(rows);
    Shared<RankingPass> shared = Transport.share(internal.context(), this);
    try {
      int tasks = Math.min(sets.count(), internal.getNumPartitions());
      JavaRDD<Tuple2<Integer, Double>> areas =
          count <= ScoreHistogram.EXACT_ROWS
              ? exact(internal, shared, tasks)
              : binned(internal, shared, tasks);
      double[] all = new double[sets.count()];
      Arrays.fill(all, Double.NaN);
      Transport.collect(areas).forEach(area -> all[area._1()] = area._2());
      return all;
    } finally {
      shared.destroy();
    }
  }

  private static JavaRDD<Tuple2<Integer, Double>> exact(
      JavaRDD<InternalRow> rows, Shared<RankingPass> shared, int tasks) {
    JavaPairRDD<Integer, ScoreRun> runs =
        rows.mapPartitions(part -> shared.value().panel().over(part))
            .flatMapToPair(panel -> shared.value().runs(panel).iterator());
    return Transport.sorted(runs, new HashPartitioner(tasks))
        .mapPartitions(RankingPass::areasOfSets);
  }

  private static JavaRDD<Tuple2<Integer, Double>> binned(
      JavaRDD<InternalRow> rows, Shared<RankingPass> shared, int tasks) {
    JavaPairRDD<Integer, ScoreHistogram> histograms =
        rows.mapPartitionsToPair(part -> shared.value().histograms(part).iterator());
    return Transport.reduceByKey(histograms, new HashPartitioner(tasks), ScoreHistogram::merge)
        .map(set -> new Tuple2<>(set._1(), set._2().area()));
  }

  private RowPanel panel() {
    return new RowPanel(models, reader, kind);
  }

  /** The decision values of a panel, set by set. */
  private List<Tuple2<Integer, ScoreRun>> runs(RowPanel panel) {
    List<Tuple2<Integer, ScoreRun>> runs = new ArrayList<>();
    int[] trainedOn = {};
    int[] heldOut = {};
    for (int c = 0; c < models.count(); c++) {
      int column = c;
      if (c == 0 || !models.splits().isSame(c, c - 1)) {
        trainedOn = rows(panel, row -> column < panel.firstOut(row) || column >= panel.endOut(row));
        heldOut =
            rows(panel, row -> column >= panel.firstScored(row) && column < panel.endScored(row));
      }
      int trial = models.indices()[c];
      if (trainedOn.length > 0) {
        runs.add(new Tuple2<>(sets.training(trial), run(panel, c, trainedOn)));
      }
      if (heldOut.length > 0) {
        ScoreRun run = run(panel, c, heldOut);
        runs.add(new Tuple2<>(sets.validation(trial), run));
        runs.add(new Tuple2<>(sets.pooled(trial), run));
      }
    }
    return runs;
  }

  private static int[] rows(RowPanel panel, IntPredicate chosen) {
    return IntStream.range(0, panel.rows().count()).filter(chosen).toArray();
  }

  private ScoreRun run(RowPanel panel, int column, int[] rows) {
    ScoredBlock.Rows all = panel.rows();
    double[] z = new double[rows.length];
    byte[] labels = new byte[rows.length];
    double[] weights = new double[reader.layout().weighted() ? rows.length : 0];
    for (int i = 0; i < rows.length; i++) {
      z[i] = panel.predictions()[rows[i] * models.count() + column];
      labels[i] = (byte) all.labels()[rows[i]];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = all.weights()[rows[i]];
    }
    return new ScoreRun(z, labels, weights);
  }

  /** The areas of sets that come one after the other, each held alone. */
  private static Iterator<Tuple2<Integer, Double>> areasOfSets(
      Iterator<Tuple2<Integer, ScoreRun>> runs) {
    List<Tuple2<Integer, Double>> areas = new ArrayList<>();
    int set = NO_SET;
    ScoreHistogram histogram = new ScoreHistogram(ScoreHistogram.ANY_BINS);
    while (runs.hasNext()) {
      Tuple2<Integer, ScoreRun> run = runs.next();
      if (set != NO_SET && run._1() != set) {
        areas.add(new Tuple2<>(set, histogram.area()));
        histogram = new ScoreHistogram(ScoreHistogram.ANY_BINS);
      }
      set = run._1();
      run._2().addTo(histogram);
    }
    if (set != NO_SET) {
      areas.add(new Tuple2<>(set, histogram.area()));
    }
    return areas.iterator();
  }

  /** The histogram of each set over a task's rows. */
  private List<Tuple2<Integer, ScoreHistogram>> histograms(Iterator<InternalRow> rows) {
    ScoreHistogram[] histograms = new ScoreHistogram[2 * models.count()];
    Arrays.setAll(histograms, set -> new ScoreHistogram(MOST_BINS));
    Iterator<RowPanel> panels = panel().over(rows);
    while (panels.hasNext()) {
      addTo(histograms, panels.next());
    }
    List<Tuple2<Integer, ScoreHistogram>> all = new ArrayList<>();
    for (int trial = 0; trial < models.count(); trial++) {
      all.add(new Tuple2<>(sets.training(trial), histograms[sets.training(trial)]));
      all.add(new Tuple2<>(sets.validation(trial), histograms[sets.validation(trial)]));
      ScoreHistogram copy = new ScoreHistogram(MOST_BINS).merge(histograms[sets.validation(trial)]);
      all.add(new Tuple2<>(sets.pooled(trial), copy));
    }
    return all;
  }

  private void addTo(ScoreHistogram[] histograms, RowPanel panel) {
    double[] z = panel.predictions();
    ScoredBlock.Rows rows = panel.rows();
    for (int row = 0, at = 0; row < rows.count(); row++) {
      int out = panel.firstOut(row);
      int scored = panel.firstScored(row);
      int endScored = panel.endScored(row);
      int end = panel.endOut(row);
      for (int c = 0; c < models.count(); c++, at++) {
        boolean isScored = c >= scored && c < endScored;
        if (c >= out && c < end && !isScored) {
          continue;
        }
        int trial = models.indices()[c];
        int set = isScored ? sets.validation(trial) : sets.training(trial);
        histograms[set].add(z[at], rows.labels()[row], rows.weights()[row]);
      }
    }
  }
}
