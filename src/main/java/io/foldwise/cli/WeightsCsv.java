package io.foldwise.cli;

import io.foldwise.search.TrialResult;
import io.foldwise.search.training.MomentsSnapshot;
import io.foldwise.search.training.SnapshotEngine;
import io.foldwise.search.training.TrialGroup;
import io.foldwise.search.training.TrialTrainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The text of {@code weights.csv}: the way of the final model's weights, in the coordinates that it
 * was trained in, and the training objective there: at the start, after each step or, where these
 * are more than 1,000, after some of the epochs. It is traced from moments: other training, and the
 * exact optimum, which takes no steps, leave no such file; nor does training that took millions of
 * steps.
 */
record WeightsCsv(MomentsSnapshot moments, TrialResult refit) {
  private static final int MOST_POINTS = 1_000;
  private static final int LEAST_POINTS = 10;
  private static final int MOST_NUMBERS = 1_000_000;

  /** The operations of training up to which it is traced by doing it again: a few seconds. */
  private static final double MOST_OPERATIONS = 2e8;

  /** Whether the weights went a way that can be traced, in little time. */
  static boolean isTraceable(Run run) {
    TrialResult refit = run.result().refit();
    return run.moments()
        .filter(moments -> !refit.trial().candidate().isExact())
        .filter(moments -> operations(moments, refit) <= MOST_OPERATIONS)
        .isPresent();
  }

  private static double operations(MomentsSnapshot moments, TrialResult refit) {
    return TrialGroup.of(List.of(refit.trial()), moments.assignment(), 1)
        .get(0)
        .operations(refit.model().basis().terms());
  }

  void write(CsvText out) throws IOException {
    TrialTrainer trainer = new SnapshotEngine(moments).trainer(refit.trial());
    List<String> names = trainer.weightNames();
    List<String> header = new ArrayList<>(List.of("epoch", "objective"));
    header.addAll(names);
    out.row(header);
    int points = Math.max(LEAST_POINTS, Math.min(MOST_POINTS, MOST_NUMBERS / names.size()));
    for (TrialTrainer.Waypoint point : trainer.path(points)) {
      List<Object> cells =
          new ArrayList<>(List.of(point.epoch(), trainer.objective(point.weights())));
      Arrays.stream(point.weights()).forEach(cells::add);
      out.row(cells);
    }
  }
}
