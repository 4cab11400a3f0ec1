package io.foldwise.benchmark;

import io.foldwise.learn.score.Metric;
import io.foldwise.search.TrialResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What came of a case on one engine.
 *
 * @param text for its cell
 * @param timed the run of median time; empty where there was none
 */
record GpuRun(String text, Optional<Timed<List<TrialResult>>> timed) {
  static GpuRun of(Timed<List<TrialResult>> median) {
    return new GpuRun(GpuReport.seconds(median.seconds()), Optional.of(median));
  }

  /** No run: it failed, or there was to be none. */
  static GpuRun none(String why) {
    return new GpuRun(why, Optional.empty());
  }

  /** How many times as long as another; NaN where either did not run. */
  double over(GpuRun other) {
    return seconds() / other.seconds();
  }

  private double seconds() {
    return timed.map(Timed::seconds).orElse(Double.NaN);
  }

  /** As {@link #difference}; empty where either did not run. */
  OptionalDouble differenceFrom(GpuRun other) {
    return timed.isEmpty() || other.timed.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(difference(timed.get().value(), other.timed.get().value()));
  }

  /** The largest relative difference of a trial's validation score from a peer's. */
  static double difference(List<TrialResult> own, List<TrialResult> peer) {
    double most = 0;
    for (int i = 0; i < own.size(); i++) {
      most = Math.max(most, Math.abs(score(own.get(i)) / score(peer.get(i)) - 1));
    }
    return most;
  }

  private static double score(TrialResult result) {
    return Metric.of(result.trial().candidate().loss()).of(result.scores().validation());
  }
}
