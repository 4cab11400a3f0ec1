package io.foldwise.cli;

import io.foldwise.search.CandidateSummary;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.TrialResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The text of {@code curves.csv}: the mean loss of every trial by epoch, at most 1,000 points each.
 * {@code candidate} is the rank in candidates.csv; {@code fold} is the one held out, empty where
 * none is. {@code optimum} is the least value of the trial's training objective, loss and
 * penalties, empty where it is not known.
 */
record CurvesCsv(Run run) {

  void write(CsvText out) throws IOException {
    String loss = run.plan().objective().loss().metric().label();
    out.row(
        List.of("candidate", "fold", "epoch", "train_" + loss, "validation_" + loss, "optimum"));
    int rank = 1;
    int folds = run.data().assignment().folds();
    for (CandidateSummary summary : run.result().ranked()) {
      int first = summary.index() * folds;
      for (int at = first; at < first + folds; at++) {
        TrialResult trial = run.result().trials().get(at);
        double optimum = run.result().arrival().trials().get(at).optimum();
        curve(out, List.of(rank, trial.trial().heldOut()), trial.curve(), optimum);
      }
      rank++;
    }
    if (!run.isSearch()) {
      double optimum = run.result().arrival().refit().optimum();
      curve(out, Arrays.asList(1, null), run.result().refit().curve(), optimum);
    }
  }

  private static void curve(CsvText out, List<Integer> trial, LearningCurve curve, double optimum)
      throws IOException {
    for (int i = 0; i < curve.epochs().length; i++) {
      List<Object> cells = new ArrayList<>(trial);
      cells.addAll(List.of(curve.epochs()[i], curve.training()[i], curve.validation()[i], optimum));
      out.row(cells);
    }
  }
}
