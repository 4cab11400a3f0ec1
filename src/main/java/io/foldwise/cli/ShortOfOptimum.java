package io.foldwise.cli;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.Imputed;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.optim.Schedule;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Convergence;
import io.foldwise.search.Descending;
import io.foldwise.search.Figures;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says where training ended short of its optimum, what that may change, and what would close it.
 */
record ShortOfOptimum(Run run) {
  private static final long MOST_EPOCHS = 10_000_000;

  /** A curve falls if in its last tenth it lost more than this share of what it still lacks. */
  private static final double FALLING = 0.02;

  /**
   * A descent that lacks more than this share of what training could gain is not near its optimum.
   */
  private static final double FAR = 0.5;

  /** A loss below this share of the best constant's logistic loss counts as none. */
  private static final double SEPARATED = 1e-6;

  /** How many times smaller than need be the gap is to become in the epochs that are advised. */
  private static final double SAFE = 2;

  /** The notes, one sentence each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    Convergence refit = run.result().convergences().refit();
    Trial trial = run.result().refit().trial();
    Candidate candidate = trial.candidate();
    if (isAtInfinity(candidate, refit)) {
      notes.add(
          "a model tells the classes of all training rows apart: without a penalty its optimum lies at infinitely large coefficients, and longer training only makes them larger; try --l2 0.001");
    } else if (refit.isShort(candidate.loss())) {
      String where =
          !refit.isShortOfGain(candidate.loss()) && refit.excess() < SummaryText.MOST_ABOVE
              ? "%s above its optimum".formatted(SummaryText.percent(refit.excess()))
              : "%s short of what its optimum gains over the best constant"
                  .formatted(SummaryText.percent(refit.share()));
      notes.add("training ended %s: %s".formatted(where, advice(refit)));
    }
    if (candidate.isExact() && refit.known() == Convergence.Known.NOT_REACHED) {
      notes.add("the search for the optimum gave up before it was certain: an l2 penalty eases it");
    }
    rival().ifPresent(notes::add);
    return notes;
  }

  /** Whether a log-loss can be brought to zero. */
  private static boolean isAtInfinity(Candidate candidate, Convergence refit) {
    return Metric.of(candidate.loss()) == Metric.of(Loss.logistic())
        && candidate.penalty().isNone()
        && refit.optimum() < SEPARATED * refit.constant();
  }

  /** What would close the gap: a rate, a schedule, more epochs; and always the optimum itself. */
  private String advice(Convergence refit) {
    Candidate candidate = run.result().refit().trial().candidate();
    List<String> ways = new ArrayList<>();
    if (!candidate.form().standardize()) {
      ways.add("--standardize true");
    }
    if (isFalling(refit)) {
      epochs(refit).ifPresent(epochs -> ways.add("--epochs " + epochs));
    } else if (isNoisy(candidate) && refit.share() < FAR) {
      ways.add("--schedule cosine");
    }
    if (candidate.descending().learningRate() instanceof LearningRate.Fixed) {
      ways.add("--learning-rate auto");
    }
    ways.add("--optimizer exact, which solves for it");
    return "try " + String.join(", or ", ways);
  }

  /** Whether steps stay as long as they were, over minibatches that differ. */
  private boolean isNoisy(Candidate candidate) {
    Descending descending = candidate.descending();
    return descending.schedule() instanceof Schedule.Constant
        && run.data().assignment().minibatches(descending.batchSize()) > 1;
  }

  private boolean isFalling(Convergence refit) {
    LearningCurve curve = run.result().refit().curve();
    double[] training = curve.training();
    int last = training.length - 1;
    return last > 0 && training[last * 9 / 10] - training[last] > FALLING * refit.gap();
  }

  /** The epochs that a gap needs which goes on to shrink as over the second half of the run. */
  private Optional<Long> epochs(Convergence refit) {
    LearningCurve curve = run.result().refit().curve();
    double[] training = curve.training();
    int last = training.length - 1;
    double before = refit.gap() + training[last / 2] - training[last];
    double lack = refit.lack(run.result().refit().trial().candidate().loss());
    double halves = Math.log(SAFE * lack) / Math.log(before / refit.gap());
    double trained = curve.epochs()[last];
    double needed = trained * (1 + halves / 2);
    if (!(needed > trained && needed <= MOST_EPOCHS)) {
      return Optional.empty();
    }
    double digit = Math.pow(10, Math.floor(Math.log10(needed)));
    return Optional.of((long) (Math.ceil(needed / digit) * digit));
  }

  /** Names the best ranked candidate whose lack of training may have cost it its rank. */
  private Optional<String> rival() {
    if (!run.isSearch()) {
      return Optional.empty();
    }
    CandidateSummary chosen = run.result().chosen().orElseThrow();
    List<CandidateSummary> ranked = run.result().ranked();
    for (int rank = 1; rank <= ranked.size(); rank++) {
      CandidateSummary other = ranked.get(rank - 1);
      if (other.index() != chosen.index() && isRival(other, chosen)) {
        return Optional.of(
            "the candidate of rank %d ended short of its optimum, where it may do better than the chosen one: candidates.csv (--out) says how far each came, and --optimizer exact compares optima"
                .formatted(rank));
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a candidate lacks more than its validation score lags behind that of the chosen; where
   * the metric is not the loss, whether it lacks anything.
   */
  private boolean isRival(CandidateSummary other, CandidateSummary chosen) {
    if (!other.isEligible() || !isShort(other) || isSettled(other)) {
      return false;
    }
    Loss loss = other.candidate().loss();
    boolean passedOver = other.validation().ranking() <= chosen.validation().ranking();
    if (passedOver && run.plan().judging().metric() == Metric.of(loss)) {
      return false;
    }
    double best = other.validation().ranking() - gap(other);
    return run.plan().judging().metric() != Metric.of(loss)
        || best < chosen.validation().ranking() - gap(chosen);
  }

  private boolean isShort(CandidateSummary candidate) {
    Loss loss = candidate.candidate().loss();
    return folds(candidate).stream().anyMatch(fold -> fold.isShort(loss));
  }

  /** Whether another candidate came to the same optimum: how good that is, is known. */
  private boolean isSettled(CandidateSummary candidate) {
    return run.result().ranked().stream()
        .filter(
            other -> other.isEligible() && other.candidate().sharesOptimum(candidate.candidate()))
        .anyMatch(other -> !isShort(other));
  }

  private List<Convergence> folds(CandidateSummary candidate) {
    return run.result().convergences().of(candidate);
  }

  private double gap(CandidateSummary candidate) {
    double mean = folds(candidate).stream().mapToDouble(Convergence::gap).average().orElse(0);
    return Double.isNaN(mean) ? 0 : mean;
  }

  /** Names features that took no part in the model, though no penalty keeps them out. */
  Optional<String> idle() {
    Trial trial = run.result().refit().trial();
    Convergence convergence = run.result().convergences().refit();
    boolean varies = !(convergence.constant() - convergence.optimum() <= convergence.rounding());
    Candidate candidate = trial.candidate();
    if (!varies || candidate.penalty().l1() > 0 || candidate.form().degree() > 1) {
      return Optional.empty();
    }
    List<AffineFunction> functions = run.result().refit().model().functions();
    // A column that only says where means were filled in is no feature that anybody gave.
    Set<Integer> aside =
        run.result().refit().model().basis().imputed().stream()
            .map(Imputed::missing)
            .collect(Collectors.toSet());
    List<String> names = new ArrayList<>();
    for (int j = 0; j < functions.get(0).coefficients().length; j++) {
      int term = j;
      if (!aside.contains(term)
          && functions.stream().allMatch(function -> function.coefficient(term) == 0)) {
        names.add(run.data().features().get(j));
      }
    }
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s the same in every training row, to rounding, and no part of the model: %s"
                .formatted(
                    names.size() == 1 ? "a feature is" : names.size() + " features are",
                    Figures.listed(names)));
  }
}
