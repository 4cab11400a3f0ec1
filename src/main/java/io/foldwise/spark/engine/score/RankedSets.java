package io.foldwise.spark.engine.score;

import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The sets of rows that models are ranked on, by number: of the i-th trial the rows it was trained
 * on (2i) and those it holds out (2i + 1), and of each candidate all that its trials hold out.
 *
 * @param candidates the number of each trial's candidate, ascending from 0
 */
record RankedSets(int[] candidates) implements Serializable {
  static RankedSets of(List<TrialResult> trained) {
    return new RankedSets(TrialEngine.Scored.candidates(trained));
  }

  int count() {
    return 2 * candidates.length + candidates[candidates.length - 1] + 1;
  }

  int training(int trial) {
    return 2 * trial;
  }

  int validation(int trial) {
    return 2 * trial + 1;
  }

  int pooled(int trial) {
    return 2 * candidates.length + candidates[trial];
  }

  /**
   * The scores that training left of each trial, with their areas.
   *
   * @param areas the areas of the sets, by number
   */
  TrialEngine.Scored scored(List<TrialResult> trained, double[] areas) {
    List<TrialResult.Scores> scores = new ArrayList<>();
    for (int trial = 0; trial < trained.size(); trial++) {
      TrialResult.Scores own = trained.get(trial).scores();
      scores.add(
          new TrialResult.Scores(
              own.training().withAuc(areas[training(trial)]),
              own.validation().withAuc(areas[validation(trial)])));
    }
    List<MetricSums> pooled = TrialEngine.Scored.of(trained, scores).pooled();
    for (int candidate = 0; candidate < pooled.size(); candidate++) {
      double area = areas[2 * candidates.length + candidate];
      pooled.set(candidate, pooled.get(candidate).withAuc(area));
    }
    return new TrialEngine.Scored(scores, pooled);
  }
}
