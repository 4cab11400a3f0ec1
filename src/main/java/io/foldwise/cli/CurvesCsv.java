package io.foldwise.cli;

import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Convergence;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.TrialResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The text of {@code curves.csv}: the mean loss of every trial by epoch, at most 1,000 points each.
 * {@code candidate} is the rank in candidates.csv; {@code fold} is the one held out, empty where
 * none is. {@code objective} is what the trial's training objective, loss and penalties, came to at
 * its end, and {@code optimum} the least value of it; both are empty where they are not known.
 */
record CurvesCsv(Run run) {

  void write(CsvText out) throws IOException {
    String loss = run.plan().objective().loss().metric();
    List<String> header = new ArrayList<>(List.of("candidate", "fold", "epoch"));
    header.addAll(List.of("train_" + loss, "validation_" + loss, "objective", "optimum"));
    out.row(header);
    int rank = 1;
    for (CandidateSummary summary : run.result().ranked()) {
      List<TrialResult> trials = run.result().trialsOf(summary);
      List<Convergence> convergences = run.result().convergences().of(summary);
      for (int i = 0; i < trials.size(); i++) {
        TrialResult trial = trials.get(i);
        curve(out, List.of(rank, trial.trial().heldOut()), trial.curve(), convergences.get(i));
      }
      rank++;
    }
    if (!run.isSearch()) {
      Convergence convergence = run.result().convergences().refit();
      curve(out, Arrays.asList(1, null), run.result().refit().curve(), convergence);
    }
  }

  private static void curve(
      CsvText out, List<Integer> trial, LearningCurve curve, Convergence convergence)
      throws IOException {
    for (int i = 0; i < curve.epochs().length; i++) {
      List<Object> cells = new ArrayList<>(trial);
      cells.addAll(List.of(curve.epochs()[i], curve.training()[i], curve.validation()[i]));
      cells.addAll(List.of(convergence.objective(), convergence.optimum()));
      out.row(cells);
    }
  }
}
