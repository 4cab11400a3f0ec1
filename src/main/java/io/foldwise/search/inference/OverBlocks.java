package io.foldwise.search.inference;

import io.foldwise.learn.model.Imputed;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Inference;
import io.foldwise.search.ScoreInterval;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SearchResult;
import io.foldwise.search.training.FinerCut;
import io.foldwise.search.training.MomentsSnapshot;
import io.foldwise.search.training.MomentsTable;
import io.foldwise.search.training.TrainsFromMoments;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What moments of blocks tell of a search that was computed from them. How often blocks are dealt
 * anew is cut by operations, so that it is small beside the search, and the same on every machine.
 * Dealings are worked on by all cores of the driver, and added up in their order.
 */
final class OverBlocks {
  /** K of nested cross-validation, as in the package nestedcv of R, whatever the search's folds. */
  private static final int FOLDS = 10;

  /** The most foldings, R, and the fewest that are worth it. */
  private static final int FOLDINGS = 50;

  private static final int FEWEST_FOLDINGS = 5;

  /** The most foldings over which the error by rows is averaged. */
  private static final int ROWS_FOLDINGS = 20;

  /** The most candidates, by rank, that are compared over many foldings. */
  private static final int COMPARED = 20;

  /**
   * What the operations of one kind of inference may come to, together some 0.4 s of a core, or the
   * stated share of the operations that the moments took, where that is more.
   */
  private enum Budget {
    NESTED(2e8, 1.0 / 20, 0),
    REPEATED(1e8, 1.0 / 40, FOLDINGS),
    ROWS(5e7, 1.0 / 80, 2 * FOLDINGS),
    COLUMNS(5e7, 1.0 / 80, 3 * FOLDINGS);

    private final double operations;
    private final double share;
    private final int first;

    /**
     * @param first the first of its dealings of the search's seed
     */
    Budget(double operations, double share, int first) {
      this.operations = operations;
      this.share = share;
      this.first = first;
    }
  }

  private final SearchPlan plan;
  private final SearchResult result;
  private final CandidateSummary chosen;
  private final MomentsSnapshot moments;
  private final Blocks blocks;
  private final MomentsFit fit;

  OverBlocks(SearchPlan plan, SearchResult result, TrainsFromMoments engine) {
    this.plan = plan;
    this.result = result;
    this.chosen = result.chosen().orElseThrow();
    this.moments = engine.moments();
    this.blocks = Blocks.of(engine.blocks(), FinerCut.BLOCKS);
    this.fit = MomentsFit.of(chosen.candidate(), moments);
  }

  /** Why the interval cannot be of nested cross-validation; empty if it can. */
  String lack() {
    if (!blocks.isUnweighted()) {
      return "rows have weights";
    }
    if (blocks.count() < FinerCut.FEWEST) {
      return "there are fewer than %d blocks of rows".formatted(FinerCut.FEWEST);
    }
    if (fit.basis().imputed().stream().anyMatch(Imputed::isByMedian)) {
      return Inferences.FILLED_WITH_MEDIANS;
    }
    if (!isAtOptimum(chosen)) {
      return "training ended short of the optimum";
    }
    return nestedFoldings() < FEWEST_FOLDINGS
        ? "%,d terms would take too long".formatted(fit.terms())
        : "";
  }

  /** Whether the optimum stands for a candidate on every training set. */
  private boolean isAtOptimum(CandidateSummary candidate) {
    return candidate.candidate().isExact()
        || Stream.concat(
                result.convergences().of(candidate).stream(),
                candidate.index() == chosen.index()
                    ? Stream.of(result.convergences().refit())
                    : Stream.empty())
            .allMatch(convergence -> convergence.lack(candidate.candidate().loss()) <= 1);
  }

  private int nestedFoldings() {
    return foldings(NestedOverBlocks.operations(blocks, fit, FOLDS), Budget.NESTED);
  }

  /** How many foldings of so many operations there is time for. */
  private int foldings(double each, Budget budget) {
    double q = moments.basis().terms() + 2.0;
    double building = 2 * plan.assignment().rows() * q * q;
    return (int) Math.min(FOLDINGS, Math.max(budget.operations, budget.share * building) / each);
  }

  /** So many dealings of the search's seed: the folds of the blocks, each asked for once. */
  private List<int[]> dealings(int folds, Budget use, int count) {
    return IntStream.range(0, count)
        .mapToObj(draw -> blocks.dealt(folds, plan.objective().seed(), use.first + draw))
        .toList();
  }

  /** The interval of nested cross-validation, where nothing lacks. */
  ScoreInterval nested() {
    NestedOverBlocks validation = new NestedOverBlocks(blocks.leading(fit.terms()), fit, FOLDS);
    validation.add(dealings(FOLDS, Budget.NESTED, nestedFoldings()));
    return validation.interval(plan.judging().interval().confidence());
  }

  /** The first candidates by rank over other dealings, where all have arrived at their optima. */
  Optional<Inference.Regrouped> regrouped() {
    List<CandidateSummary> first =
        result.ranked().stream().filter(CandidateSummary::isEligible).limit(COMPARED).toList();
    int folds = plan.assignment().folds();
    if (first.size() < 2
        || blocks.count() < 2 * folds
        || !first.stream().allMatch(this::isAtOptimum)) {
      return Optional.empty();
    }
    RepeatedCrossValidation repeated =
        new RepeatedCrossValidation(
            blocks, first.stream().map(c -> MomentsFit.of(c.candidate(), moments)).toList(), folds);
    int foldings = foldings(repeated.operations(), Budget.REPEATED);
    if (foldings < FEWEST_FOLDINGS) {
      return Optional.empty();
    }
    repeated.add(dealings(folds, Budget.REPEATED, foldings));
    return Optional.of(repeated.found());
  }

  /** The chosen candidate's error by the rows that it is trained on. */
  Optional<Inference.ByRows> byRows() {
    int folds = plan.assignment().folds();
    Blocks own = blocks.leading(fit.terms());
    RowsCurve curve = new RowsCurve(own, fit, folds);
    int foldings = Math.min(ROWS_FOLDINGS, foldings(curve.operations(), Budget.ROWS));
    if (blocks.count() < 2 * folds || foldings < 1) {
      return Optional.empty();
    }
    curve.add(dealings(folds, Budget.ROWS, foldings));
    return Optional.of(curve.found());
  }

  /** What the features are worth, on the search's own folds, which may be of any strategy. */
  List<Inference.Worth> columns() {
    ModelForm form = chosen.candidate().form();
    int features = fit.basis().features().size();
    if (features < 2
        || !fit.basis().imputed().isEmpty()
        || !(form.fitIntercept() || form.standardize())
        || !isAtOptimum(chosen)) {
      return List.of();
    }
    MomentsTable whole = moments.table().cutInto(List.of(1));
    int[] dealt = whole.segment(0).stream().mapToInt(MomentsTable.Block::fold).toArray();
    Blocks own = Blocks.of(whole, dealt.length).leading(fit.terms());
    DropColumn drop =
        new DropColumn(fit, new Folding(own, own.sums(), plan.assignment().folds(), dealt));
    if (foldings(drop.operations(), Budget.COLUMNS) < 1) {
      return List.of();
    }
    double[] with = drop.errors(DropColumn.NONE);
    return IntStream.range(0, features)
        .parallel()
        .mapToObj(feature -> drop.worth(feature, with))
        .sorted(Comparator.comparingDouble(worth -> -worth.more()))
        .toList();
  }
}
