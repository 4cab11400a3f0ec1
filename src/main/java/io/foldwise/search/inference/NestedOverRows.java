package io.foldwise.search.inference;

import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.ErrorSpread;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Regrouping;
import io.foldwise.search.ScoreInterval;
import io.foldwise.search.SearchResult;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@link NestedCrossValidation} on a search's own folds, by training the chosen candidate again
 * without each two of them.
 *
 * <p>The pairs of k folds are those of a tournament: in each of k − 1 rounds, or k where k is odd,
 * every fold meets another one, so that a round is one dealing of the rows into pairs of folds, and
 * one training leaves out each.
 */
record NestedOverRows(SearchResult result, TrialEngine engine, Regrouping regrouping, int folds) {
  /** A model and the folds that it was trained without. */
  private record Without(int first, int second, TrialResult trained) {
    /** The model as one that is scored on one of the folds. */
    TrialResult scoredOn(int fold) {
      Trial trial = trained.trial();
      return trained.of(new Trial(trial.candidate(), Split.without(fold), trial.epochs()));
    }
  }

  /** The interval; none where a training diverges. */
  Optional<ScoreInterval> interval(double confidence) {
    CandidateSummary chosen = result.chosen().orElseThrow();
    List<Without> models = new ArrayList<>();
    for (TrialResult own : result.trialsOf(chosen)) {
      models.add(new Without(own.trial().heldOut(), own.trial().heldOut(), own));
    }
    for (int[] opponents : rounds(folds)) {
      models.addAll(round(chosen, opponents));
    }
    if (models.stream().anyMatch(model -> model.trained.diverged())) {
      return Optional.empty();
    }
    List<TrialResult> scored = new ArrayList<>();
    models.forEach(model -> scored.add(model.scoredOn(model.first)));
    models.forEach(model -> scored.add(model.scoredOn(model.second)));
    List<ErrorSpread> spreads = engine.losses(scored);
    ErrorSpread[][] errors = new ErrorSpread[folds][folds];
    for (int at = 0; at < models.size(); at++) {
      Without model = models.get(at);
      errors[model.first][model.second] = spreads.get(at);
      errors[model.second][model.first] = spreads.get(models.size() + at);
    }
    NestedCrossValidation nested = new NestedCrossValidation(folds);
    nested.add(errors);
    return Optional.of(
        nested.interval(result.refit().scores().training().rows(), folds, confidence));
  }

  /** Trains without each pair of a round, one dealing of the rows. */
  private List<Without> round(CandidateSummary chosen, int[] opponents) {
    int[] groups = new int[folds];
    List<int[]> pairs = new ArrayList<>();
    int count = 0;
    for (int fold = 0; fold < folds; fold++) {
      if (opponents[fold] > fold) {
        pairs.add(new int[] {fold, opponents[fold], count});
      }
      groups[fold] = opponents[fold] < fold ? groups[opponents[fold]] : count++;
    }
    List<Trial> trials =
        pairs.stream()
            .map(pair -> new Trial(chosen.candidate(), Split.without(pair[2]), chosen.epochs()))
            .toList();
    List<TrialResult> trained = regrouping.train(groups, trials);
    return IntStream.range(0, pairs.size())
        .mapToObj(at -> new Without(pairs.get(at)[0], pairs.get(at)[1], trained.get(at)))
        .toList();
  }

  /**
   * The rounds of a tournament of so many, by turning all but one about it: for each round whom
   * each meets, itself where it rests.
   */
  static List<int[]> rounds(int players) {
    int even = players + players % 2;
    List<int[]> rounds = new ArrayList<>();
    for (int round = 0; round < even - 1; round++) {
      int[] meets = new int[even];
      for (int at = 0; at < even - 1; at++) {
        int other = Math.floorMod(round - at, even - 1);
        meets[at] = other == at ? even - 1 : other;
        if (other == at) {
          meets[even - 1] = at;
        }
      }
      int[] own = Arrays.copyOf(meets, players);
      for (int player = 0; player < players; player++) {
        own[player] = own[player] < players ? own[player] : player;
      }
      rounds.add(own);
    }
    return rounds;
  }
}
