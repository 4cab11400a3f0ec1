package io.foldwise.spark.engine;

import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.optim.Descent;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Optimizer;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.Trial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trials of one training set that descend side by side: same form, same minibatches, same epochs.
 *
 * @param indices the trials' places in the list they came in
 */
record TrialGroup(Shared shared, List<Trial> trials, List<Integer> indices)
    implements Serializable {
  /**
   * What the trials of a group have in common.
   *
   * @param minibatches per epoch; 0 for the exact optimum
   */
  record Shared(int heldOut, ModelForm form, int minibatches, long epochs) implements Serializable {
    static Shared of(Trial trial, Assignment assignment) {
      boolean exact = trial.candidate().optimizer() instanceof Optimizer.Exact;
      return new Shared(
          trial.heldOut(),
          trial.candidate().form(),
          exact ? 0 : assignment.minibatches(trial.candidate().descending().batchSize()),
          exact ? 0 : trial.epochs());
    }
  }

  /** Whether the trials are solved for, not descended to. */
  boolean isExact() {
    return shared.minibatches == 0;
  }

  /** How a trial steps, its rate resolved on its training set. */
  static Descent.Stepper stepper(Trial trial, LearningRate.Training training) {
    Candidate candidate = trial.candidate();
    return new Descent.Stepper(
        (Optimizer.Stepping) candidate.optimizer(),
        candidate.descending().schedule(),
        rate(candidate.descending().learningRate(), candidate, training),
        trial.epochs(),
        candidate.descending().epochs());
  }

  /** The rate that {@code auto} takes. */
  static double automaticRate(Trial trial, LearningRate.Training training) {
    LearningRate given = trial.candidate().descending().learningRate();
    LearningRate auto = given instanceof LearningRate.Auto ? given : new LearningRate.Auto();
    return rate(auto, trial.candidate(), training);
  }

  private static double rate(
      LearningRate rate, Candidate candidate, LearningRate.Training training) {
    return rate.resolve(
        (Optimizer.Stepping) candidate.optimizer(),
        candidate.penalty().l2(),
        candidate.descending().schedule(),
        training);
  }

  /**
   * Groups trials, each group at most {@code width} wide.
   *
   * @return ordered by held-out fold
   */
  static List<TrialGroup> of(List<Trial> trials, Assignment assignment, int width) {
    Map<Shared, List<Integer>> bySharing = new LinkedHashMap<>();
    for (int i = 0; i < trials.size(); i++) {
      bySharing
          .computeIfAbsent(Shared.of(trials.get(i), assignment), key -> new ArrayList<>())
          .add(i);
    }
    List<TrialGroup> groups = new ArrayList<>();
    bySharing.forEach(
        (shared, indices) -> {
          for (int from = 0; from < indices.size(); from += width) {
            List<Integer> part =
                List.copyOf(indices.subList(from, Math.min(indices.size(), from + width)));
            groups.add(new TrialGroup(shared, part.stream().map(trials::get).toList(), part));
          }
        });
    groups.sort((a, b) -> Integer.compare(a.shared.heldOut, b.shared.heldOut));
    return groups;
  }

  /** Deals groups into at most {@code tasks} lists of neighbours. */
  static List<List<TrialGroup>> slices(List<TrialGroup> groups, int tasks) {
    int slices = Math.min(tasks, groups.size());
    return IntStream.range(0, slices)
        .mapToObj(
            i ->
                List.copyOf(
                    groups.subList(
                        (int) ((long) i * groups.size() / slices),
                        (int) ((long) (i + 1) * groups.size() / slices))))
        .toList();
  }
}
