package io.foldwise.search;

import io.foldwise.learn.score.Metric;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How a candidate is chosen of those that did not diverge. */
public enum SelectionRule {
  /** Takes the best mean; of those within 1e-9 of it, relatively, the first in grid order. */
  BEST("best") {
    @Override
    public String reason(CandidateSummary first) {
      return label() + ": as good as rank 1, and earlier in the grid";
    }

    @Override
    Optional<CandidateSummary> choose(List<CandidateSummary> eligible, Metric metric) {
      return best(eligible, metric);
    }
  },
  /**
   * Takes, among candidates within one standard error of the best, the lowest degree, then the
   * largest l1, then the largest l2, then the best mean (Breiman et al. 1984; glmnet's {@code
   * lambda.1se}).
   */
  ONE_STANDARD_ERROR("one-standard-error") {
    @Override
    public String reason(CandidateSummary first) {
      return "%s: the simplest within %s +- %s, which rank 1 has"
          .formatted(
              label(),
              Figures.brief(first.validation().ranking()),
              Figures.brief(first.validation().standardError()));
    }

    @Override
    Optional<CandidateSummary> choose(List<CandidateSummary> eligible, Metric metric) {
      return best(eligible, metric)
          .flatMap(best -> best(simplest(within(eligible, best, metric)), metric));
    }
  };

  private static final double TIE = 1e-9;

  private final String label;

  SelectionRule(String label) {
    this.label = label;
  }

  /** The name on the command line. */
  public String label() {
    return label;
  }

  /**
   * Why the candidate chosen is not the first of the ranking.
   *
   * @param first the candidate of rank 1
   */
  public abstract String reason(CandidateSummary first);

  abstract Optional<CandidateSummary> choose(List<CandidateSummary> eligible, Metric metric);

  /** The loss of a score: lower is better whatever the metric. */
  private static double cost(CandidateSummary summary, Metric metric) {
    double score = summary.validation().ranking();
    return metric.higherIsBetter() ? -score : score;
  }

  private static Optional<CandidateSummary> best(List<CandidateSummary> eligible, Metric metric) {
    Optional<CandidateSummary> least =
        eligible.stream()
            .filter(summary -> !Double.isNaN(cost(summary, metric)))
            .min(Comparator.comparingDouble(summary -> cost(summary, metric)));
    return least.flatMap(
        minimum ->
            eligible.stream()
                .filter(
                    summary ->
                        cost(summary, metric) - cost(minimum, metric)
                            <= TIE * Math.abs(cost(minimum, metric)))
                .findFirst());
  }

  private static List<CandidateSummary> within(
      List<CandidateSummary> eligible, CandidateSummary best, Metric metric) {
    double error = best.validation().standardError();
    double most = cost(best, metric) + (Double.isNaN(error) ? 0 : error);
    return eligible.stream().filter(summary -> cost(summary, metric) <= most).toList();
  }

  private static List<CandidateSummary> simplest(List<CandidateSummary> summaries) {
    Comparator<CandidateSummary> complexity =
        Comparator.<CandidateSummary>comparingInt(s -> s.candidate().form().degree())
            .thenComparing(s -> -s.candidate().penalty().l1())
            .thenComparing(s -> -s.candidate().penalty().l2());
    return summaries.stream()
        .min(complexity)
        .map(least -> summaries.stream().filter(s -> complexity.compare(s, least) == 0).toList())
        .orElse(List.of());
  }
}
