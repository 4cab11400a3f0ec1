package io.foldwise.oracle;

import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order of trials that hop over S segments: minibatch b of m lies in segment ⌊b·S/m⌋. The T
 * trials of one degree and one m, by the fold they hold out and then as they came, are cut into G =
 * min(S, T) groups at ⌊γ·T/G⌋; group γ starts each epoch at segment ⌊γ·S/G⌋ and goes on in cyclic
 * order, in each segment in the common order.
 */
public final class RotatedOrder implements VisitingOrder {
  private final SearchPlan plan;
  private final List<Trial> trials;
  private final int segments;

  /**
   * @param trials of one call
   * @param segments at most; no more than there are minibatches
   */
  public RotatedOrder(SearchPlan plan, List<Trial> trials, int segments) {
    this.plan = plan;
    this.trials = List.copyOf(trials);
    this.segments = segments;
  }

  @Override
  public int[] of(Trial trial, int minibatches, long epoch) {
    int count = Math.min(segments, minibatches);
    int first = firstSegment(trial, count);
    int[] common = VisitingOrder.shuffled(minibatches, plan.objective().seed(), epoch);
    List<Integer> order = new ArrayList<>();
    for (int round = 0; round < count; round++) {
      int segment = (first + round) % count;
      for (int b : common) {
        if ((long) b * count / minibatches == segment) {
          order.add(b);
        }
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private int firstSegment(Trial trial, int count) {
    List<Trial> run =
        trials.stream()
            .filter(other -> sharesRun(trial, other))
            .sorted(Comparator.comparingInt(Trial::heldOut))
            .toList();
    int groups = Math.min(count, run.size());
    int at = run.indexOf(trial);
    int group = 0;
    while ((group + 1) * run.size() / groups <= at) {
      group++;
    }
    return group * count / groups;
  }

  private boolean sharesRun(Trial one, Trial other) {
    return one.candidate().form().degree() == other.candidate().form().degree()
        && minibatches(one) == minibatches(other);
  }

  private int minibatches(Trial trial) {
    return plan.assignment().minibatches(trial.candidate().descending().batchSize());
  }
}
