package io.foldwise.search.training;

import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.optim.Exact;
import io.foldwise.learn.optim.Split;
import io.foldwise.search.Assignment;
import io.foldwise.search.Trial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trials of one training set that descend side by side: same form, same minibatches, same epochs.
 *
 * @param indices the trials' indices in the list they came in
 */
public record TrialGroup(Shared shared, List<Trial> trials, List<Integer> indices)
    implements Serializable {
  private static final double OF_A_STEP = 50;

  /**
   * What the trials of a group have in common.
   *
   * @param minibatches the number of minibatches in an epoch; 0 for the exact optimum
   */
  public record Shared(Split split, ModelForm form, int minibatches, long epochs)
      implements Serializable {
    public static Shared of(Trial trial, Assignment assignment) {
      boolean exact = trial.candidate().optimizer() instanceof Exact;
      return new Shared(
          trial.split(),
          trial.candidate().form(),
          exact ? 0 : assignment.minibatches(trial.candidate().descending().batchSize()),
          exact ? 0 : trial.epochs());
    }
  }

  /**
   * About how many operations training takes: p² a step and trial, and some for the step itself; p³
   * to solve; as many for the optimum beside each.
   *
   * @param terms p, the weights of a trial
   */
  public double operations(int terms) {
    double steps = (double) shared.minibatches * shared.epochs * trials.size();
    return steps * (2.0 * terms * terms + OF_A_STEP) + 2.0 * trials.size() * Math.pow(terms, 3);
  }

  /** Whether the trials are solved for, not descended to. */
  public boolean isExact() {
    return shared.minibatches == 0;
  }

  /**
   * Groups trials, each group at most {@code width} wide.
   *
   * @return the groups, ordered by what they leave out
   */
  public static List<TrialGroup> of(List<Trial> trials, Assignment assignment, int width) {
    List<TrialGroup> groups = new ArrayList<>();
    for (Grouped<Shared> all : Grouped.by(trials, trial -> Shared.of(trial, assignment))) {
      for (int from = 0; from < all.indices().size(); from += width) {
        int to = Math.min(all.indices().size(), from + width);
        List<Integer> part = List.copyOf(all.indices().subList(from, to));
        groups.add(new TrialGroup(all.key(), part.stream().map(trials::get).toList(), part));
      }
    }
    groups.sort((a, b) -> a.shared.split.compareTo(b.shared.split));
    return groups;
  }

  /** Deals groups into at most {@code tasks} lists of neighbours. */
  public static List<List<TrialGroup>> slices(List<TrialGroup> groups, int tasks) {
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
