package io.foldwise.cli;

import io.foldwise.learn.loss.TargetType;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.search.Axis;
import io.foldwise.search.Candidate;
import io.foldwise.search.SearchPlan;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says which of the options that were given change nothing. An axis of the grid changes nothing
 * where it takes part in no candidate ({@link Candidate#values}).
 *
 * @param asked what was given
 * @param plan what it comes to over the data
 * @param folds how rows are dealt
 */
record WithoutEffect(PlanArguments asked, SearchPlan plan, AssignmentOptions folds) {
  private static final String NOTHING_DRAWN =
      "nothing is random here: no folds, no minibatches, no initial weights";

  /** The notes, one sentence each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      if (asked.grid().names(axis) && plan.candidates().stream().noneMatch(c -> reads(c, axis))) {
        notes.add(note(Options.of(axis), "with " + trainedBy() + " nothing reads it"));
      }
    }
    List<Option> ofDescent =
        List.of(Options.INIT, Options.PATIENCE, Options.TOLERANCE, Options.HALVING);
    addIf(!plan.descends(), ofDescent, "exact goes straight to the optimum", notes);
    int candidates = plan.candidates().size();
    addIf(candidates == 1, List.of(Options.SELECT), "there is one candidate", notes);
    addIf(
        plan.descends() && isOneRung(),
        List.of(Options.HALVING),
        "the first rung is the last with "
            + SummaryText.counted(candidates, "candidate")
            + ", too few to leave some behind",
        notes);
    addIf(plan.degree() == 1, List.of(Options.BASIS), "no candidate has powers", notes);
    addIf(
        !folds.strategy().isOfGroups() && !folds.strategy().equals(FoldStrategy.none()),
        List.of(Options.GROUP),
        "the folds are dealt otherwise; the column is only kept out of the features",
        notes);
    addIf(!isDrawn(), List.of(Options.REPEATS), NOTHING_DRAWN, notes);
    boolean drawn = isDrawn() || isTestDrawn() || asked.grid().sample().isPresent();
    addIf(!drawn, List.of(Options.SEED), NOTHING_DRAWN, notes);
    addIf(
        plan.objective().loss().target() == TargetType.MULTICLASS,
        List.of(Options.REPORT_ROWS),
        "models of several classes are not trained again in the page",
        notes);
    boolean written = asked.settings().text(Options.OUT).isPresent();
    addIf(!written, List.of(Options.OVERWRITE), "without --out nothing is written", notes);
    addEqual(notes);
    return notes;
  }

  private static boolean reads(Candidate candidate, Axis axis) {
    return candidate.values().containsKey(axis);
  }

  /** The optimisers and the loss, on which it depends what is read. */
  private String trainedBy() {
    String optimizers =
        plan.candidates().stream()
            .map(candidate -> candidate.optimizer().label())
            .distinct()
            .collect(Collectors.joining(", "));
    return "optimizer %s and loss %s".formatted(optimizers, plan.objective().loss().label());
  }

  private boolean isOneRung() {
    int candidates = plan.candidates().size();
    return plan.judging().halving().map(halving -> candidates < halving.factor()).orElse(false);
  }

  private boolean isDrawn() {
    InitialWeights initial = plan.objective().initialWeights();
    boolean batches =
        plan.candidates().stream()
            .filter(candidate -> reads(candidate, Axis.BATCH_SIZE))
            .anyMatch(c -> plan.assignment().minibatches(c.descending().batchSize()) > 1);
    return folds.strategy().isDrawn()
        || batches
        || (plan.descends()
            && (initial instanceof InitialWeights.Normal
                || initial instanceof InitialWeights.Uniform));
  }

  private boolean isTestDrawn() {
    return asked.settings().text(Options.TEST_FRACTION).isPresent()
        && !asked.settings().text(Options.TEST_SPLIT).orElse("").equals("tail");
  }

  /**
   * Notes settings of the grid that differ only in what has no effect, or in how they are written.
   */
  private void addEqual(List<String> notes) {
    double settings = asked.grid().settings();
    int candidates = plan.candidates().size();
    if (asked.grid().sample().isPresent()) {
      int wanted = asked.grid().sample().getAsInt();
      if (candidates < wanted) {
        notes.add(
            "'sample' (%,d): the grid has no more than %s that differ: all are tried"
                .formatted(wanted, SummaryText.counted(candidates, "candidate")));
      }
    } else if (settings > candidates) {
      notes.add(
          "the grid's %,.0f settings come to %s: those that come to the same are trained once"
              .formatted(settings, SummaryText.counted(candidates, "candidate")));
    }
  }

  private void addIf(boolean idle, List<Option> options, String why, List<String> notes) {
    options.stream()
        .filter(option -> idle && isGiven(option))
        .forEach(option -> notes.add(note(option, why)));
  }

  private boolean isGiven(Option option) {
    return option.isFlag()
        ? asked.settings().flag(option)
        : asked.settings().text(option).isPresent();
  }

  private static String note(Option option, String why) {
    return "'%s' has no effect: %s".formatted(option.name(), why);
  }
}
