package io.foldwise.cli;

import io.foldwise.search.CandidateSummary;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.TrialResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The text of {@code curves.csv}: the mean loss of every trial by epoch, at most 1,000 points each.
 * {@code candidate} is the rank in candidates.csv; {@code fold} is the one held out, empty where
 * none is.
 */
record CurvesCsv(Run run) {

  void write(CsvText out) throws IOException {
    String loss = run.plan().objective().loss().metric().label();
    out.row(List.of("candidate", "fold", "epoch", "train_" + loss, "validation_" + loss));
    int rank = 1;
    int folds = run.data().assignment().folds();
    for (CandidateSummary summary : run.result().ranked()) {
      int first = summary.index() * folds;
      for (TrialResult trial : run.result().trials().subList(first, first + folds)) {
        curve(out, rank, trial.trial().heldOut(), trial.curve());
      }
      rank++;
    }
    if (!run.isSearch()) {
      curve(out, 1, null, run.result().refit().curve());
    }
  }

  private static void curve(CsvText out, int rank, Integer fold, LearningCurve curve)
      throws IOException {
    for (int i = 0; i < curve.epochs().length; i++) {
      double validation = fold == null ? Double.NaN : curve.validation()[i];
      out.row(Arrays.asList(rank, fold, curve.epochs()[i], curve.training()[i], validation));
    }
  }
}
