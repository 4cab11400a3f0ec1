package io.foldwise.spark.engine.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Poisson;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.learn.score.Residuals;
import io.foldwise.learn.score.ScoreHistogram;
import io.foldwise.oracle.RowSums;
import io.foldwise.search.Assignment;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.ScoredRows;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.RowReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Many models over rows of every layout, each against its predictions one by one. */
@Tag("serializer")
final class ScoringPassTest {
  private static final int FOLDS = 4;
  private static final ScoredRows ROWS = ScoredRows.random(300, FOLDS);

  static Stream<Arguments> layoutsAndLosses() {
    List<List<Loss>> kinds =
        List.of(
            List.of(new Huber(0.5), new Huber(2)),
            List.of(new Quantile(0.2), new Absolute()),
            List.of(new Logistic()),
            List.of(new Hinge()));
    return layouts().flatMap(layout -> kinds.stream().map(kind -> Arguments.of(layout, kind)));
  }

  static Stream<EngineRows.Layout> layouts() {
    return Stream.of(
        EngineRows.Layout.flat(ScoredRows.NAMES),
        new EngineRows.Layout(ScoredRows.NAMES, EngineRows.Layout.Form.COLUMNS, true),
        new EngineRows.Layout(ScoredRows.NAMES, EngineRows.Layout.Form.ARRAY, true),
        new EngineRows.Layout(ScoredRows.NAMES, EngineRows.Layout.Form.VECTOR, false),
        new EngineRows.Layout(ScoredRows.NAMES, EngineRows.Layout.Form.VECTOR, true));
  }

  @ParameterizedTest
  @MethodSource("layoutsAndLosses")
  void everyTrialHasTheSumsOfItsOwnRowsAndCandidatesThoseOfAll(
      EngineRows.Layout layout, List<Loss> losses) {
    ScoredRows rows = inLayout(ROWS, layout);
    List<TrialResult> trained = rows.trained(losses, FOLDS);
    TrialEngine.Scored scored =
        ScoringPass.score(rows.engineRows(layout), trained, Metric.ACCURACY);
    assertEquals(trained.size(), scored.trials().size());
    assertEquals(3 * losses.size(), scored.pooled().size());
    List<Metric> metrics = summed(losses.get(0));
    for (int i = 0; i < trained.size(); i++) {
      assertSame(trained.get(i).scores().training(), scored.trials().get(i).training(), metrics);
      assertSame(
          trained.get(i).scores().validation(), scored.trials().get(i).validation(), metrics);
    }
    for (int at = 0; at < scored.pooled().size(); at++) {
      MetricSums all = MetricSums.EMPTY;
      for (TrialResult trial : trained.subList(at * (FOLDS + 1), (at + 1) * (FOLDS + 1))) {
        all = all.merge(trial.scores().validation());
      }
      assertSame(all, scored.pooled().get(at), metrics);
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyTrialHasTheErrorsOfTheRowsThatItHoldsOut(EngineRows.Layout layout) {
    ScoredRows rows = inLayout(ROWS, layout);
    List<TrialResult> trained = rows.trained(List.of(new Squared(), new Poisson()), FOLDS);
    List<Residuals> residuals =
        HeldOutPass.residuals(rows.engineRows(layout), trained, Residuals.Precision.EXACT);
    assertEquals(trained.size(), residuals.size());
    for (int i = 0; i < trained.size(); i++) {
      TreeMap<Double, Double> expected = new TreeMap<>();
      boolean isLogLink = trained.get(i).trial().candidate().loss() instanceof Poisson;
      int held = trained.get(i).trial().heldOut();
      for (int row = 0; row < rows.n(); row++) {
        double weight = rows.weights()[row];
        if (rows.fold()[row] == held && weight > 0) {
          double value = trained.get(i).model().predict(rows.x()[row]);
          double error = Math.abs(rows.y()[row] - (isLogLink ? Math.exp(value) : value));
          expected.merge(error, weight, Double::sum);
        }
      }
      assertArrayEquals(doubles(expected.keySet()), residuals.get(i).values(), 1e-9);
      assertArrayEquals(doubles(expected.values()), residuals.get(i).weights(), 1e-12);
    }
  }

  /** Of six pieces of three folds, each of the models leaves some out that none is scored on. */
  @Test
  void whatAPurgeLeavesOutCountsNeitherAsTrainedOnNorAsHeldOut() {
    ScoredRows rows = ScoredRows.random(300, 6);
    EngineRows.Layout layout =
        new EngineRows.Layout(ScoredRows.NAMES, EngineRows.Layout.Form.COLUMNS, true);
    List<Split> splits = new Assignment(300, 3, 300, Assignment.TrainedOn.EARLIER_PURGED).splits();
    List<TrialResult> trained = rows.trained(List.of(new Logistic()), splits);
    TrialEngine.Scored summed =
        ScoringPass.score(rows.engineRows(layout), trained, Metric.ACCURACY);
    RankedSets sets = RankedSets.of(trained);
    RankingPass pass =
        new RankingPass(
            ScoredModels.of(trained), sets, new RowReader(layout), RowPanel.Rows.TRAINING);
    Dataset<Row> frame = rows.engineRows(layout).training();
    double[] exact = pass.areas(frame, rows.n());
    double[] binned = pass.areas(frame, ScoreHistogram.EXACT_ROWS + 1);
    List<Residuals> residuals =
        HeldOutPass.residuals(rows.engineRows(layout), trained, Residuals.Precision.EXACT);
    List<Metric> metrics = summed(new Logistic());
    for (int i = 0; i < trained.size(); i++) {
      TrialResult.Scores expected = trained.get(i).scores();
      TrialResult.Scores actual = summed.trials().get(i);
      assertSame(expected.training(), actual.training(), metrics);
      assertSame(expected.validation(), actual.validation(), metrics);
      for (double[] areas : List.of(exact, binned)) {
        assertEquals(expected.training().auc(), areas[sets.training(i)], 1e-12);
        assertEquals(expected.validation().auc(), areas[sets.validation(i)], 1e-12);
      }
      double weight = Arrays.stream(residuals.get(i).weights()).sum();
      assertEquals(expected.validation().weight(), weight, 1e-12);
    }
  }

  private static double[] doubles(Collection<Double> numbers) {
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<Metric> summed(Loss loss) {
    return Metric.all().stream()
        .filter(metric -> metric.fits(loss) && metric != Metric.AUC)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyTrialHasItsAreasAndCandidatesThatOverAllHeldOutRows(EngineRows.Layout layout) {
    ScoredRows rows = inLayout(ROWS.withOneClassInFold(1), layout);
    List<TrialResult> trained = rows.trained(List.of(new Logistic()), FOLDS);
    TrialEngine.Scored scored = ScoringPass.score(rows.engineRows(layout), trained, Metric.AUC);
    for (int i = 0; i < trained.size(); i++) {
      TrialResult.Scores expected = trained.get(i).scores();
      TrialResult.Scores actual = scored.trials().get(i);
      assertEquals(expected.training().auc(), actual.training().auc(), 1e-12);
      assertEquals(expected.validation().auc(), actual.validation().auc(), 1e-12);
      assertEquals(expected.validation().rows(), actual.validation().rows());
      int held = trained.get(i).trial().heldOut();
      boolean oneClass = held == -1 || held == 1;
      assertEquals(oneClass, Double.isNaN(actual.validation().auc()));
    }
    for (int at = 0; at < 3; at++) {
      List<TrialResult> folds = trained.subList(at * (FOLDS + 1) + 1, (at + 1) * (FOLDS + 1));
      assertEquals(pooledArea(rows, folds), scored.pooled().get(at).auc(), 1e-12);
    }
  }

  /** Every row scored by the model that holds it out. */
  private static double pooledArea(ScoredRows rows, List<TrialResult> folds) {
    double[] z = new double[rows.n()];
    for (int i = 0; i < z.length; i++) {
      z[i] = folds.get(rows.fold()[i]).model().predict(rows.x()[i]);
    }
    return RowSums.area(z, rows.y(), rows.weights());
  }

  /** So few rows fill no more bins than a histogram may have. */
  @Test
  void manyRowsAreRankedByTheSameSetsInHistograms() {
    EngineRows.Layout layout =
        new EngineRows.Layout(ScoredRows.NAMES, EngineRows.Layout.Form.COLUMNS, true);
    List<TrialResult> trained = ROWS.trained(List.of(new Hinge()), FOLDS);
    RankingPass pass =
        new RankingPass(
            ScoredModels.of(trained),
            RankedSets.of(trained),
            new RowReader(layout),
            RowPanel.Rows.TRAINING);
    EngineRows rows = ROWS.engineRows(layout);
    double[] exact = pass.areas(rows.training(), ROWS.n());
    double[] binned = pass.areas(rows.training(), ScoreHistogram.EXACT_ROWS + 1);
    assertEquals(exact.length, binned.length);
    for (int set = 0; set < exact.length; set++) {
      assertEquals(exact[set], binned[set], 1e-12, "set " + set);
    }
  }

  @Test
  void decisionsOnTestRowsAreToldWithTheirArea() {
    for (EngineRows.Layout layout : layouts().toList()) {
      ScoredRows rows = inLayout(ROWS, layout);
      for (Loss loss : List.of(new Logistic(), new Hinge(), new Squared())) {
        TrialResult fit = rows.trained(List.of(loss), 0).get(1);
        MetricSums expected = rows.sums(fit.model(), loss, row -> true);
        MetricSums actual = ScoringPass.scoreTest(rows.engineRows(layout), fit);
        assertSame(expected, actual, Metric.told(loss));
        assertTrue(fit.trial().split().isNone());
      }
    }
  }

  @Test
  void aTestLabelThatIsNoClassIsRefused() {
    double[] labels = ROWS.y().clone();
    labels[33] = 2;
    ScoredRows rows = new ScoredRows(ROWS.x(), labels, ROWS.weights(), ROWS.fold());
    TrialResult fit = ROWS.trained(List.of(new Logistic()), 0).get(0);
    EngineRows broken = rows.engineRows(EngineRows.Layout.flat(ScoredRows.NAMES));
    assertThrows(InvalidInputException.class, () -> ScoringPass.scoreTest(broken, fit));
  }

  @Test
  void leaveOneOutHasNoAreaOfAFoldButThatOfAll() {
    int n = 40;
    ScoredRows some = ScoredRows.random(n, 1);
    int[] own = IntStream.range(0, n).toArray();
    ScoredRows rows = new ScoredRows(some.x(), some.y(), some.weights(), own);
    List<TrialResult> trained = new ArrayList<>(rows.trained(List.of(new Logistic()), n));
    List<TrialResult> folds = trained.subList(1, n + 1);
    EngineRows.Layout layout =
        new EngineRows.Layout(ScoredRows.NAMES, EngineRows.Layout.Form.COLUMNS, true);
    TrialEngine.Scored scored = ScoringPass.score(rows.engineRows(layout), folds, Metric.AUC);
    assertTrue(
        scored.trials().stream().allMatch(scores -> Double.isNaN(scores.validation().auc())));
    assertEquals(pooledArea(rows, folds), scored.pooled().get(0).auc(), 1e-12);
    assertEquals(1, scored.pooled().size());
  }

  @Test
  void theModelsOfAllDegreesAreOneMatrixInTheOrderOfTheirFolds() {
    List<TrialResult> trained = ROWS.trained(List.of(new Squared()), 2);
    ScoredModels models = ScoredModels.of(trained);
    assertEquals(
        List.of(0, 3, 6, 1, 4, 7, 2, 5, 8), Arrays.stream(models.indices()).boxed().toList());
    LinearModel cubic = trained.get(6).model();
    assertEquals(cubic.basis().terms() + 1, models.width());
    assertEquals(cubic.function().intercept(), models.coefficients()[2], 0.0);
    assertEquals(3, models.splits().firstScored(0));
    assertEquals(6, models.splits().endScored(0));
    assertEquals(9, models.splits().firstScored(2));
  }

  /** Where rows have no weights, each weighs 1. */
  private static ScoredRows inLayout(ScoredRows rows, EngineRows.Layout layout) {
    double[] ones = new double[rows.n()];
    Arrays.fill(ones, 1);
    return layout.weighted() ? rows : new ScoredRows(rows.x(), rows.y(), ones, rows.fold());
  }

  private static void assertSame(MetricSums expected, MetricSums actual, List<Metric> metrics) {
    assertEquals(expected.rows(), actual.rows());
    for (Metric metric : metrics) {
      double value = metric.of(expected);
      double scale = Double.isNaN(value) ? 1 : Math.max(1, Math.abs(value));
      assertEquals(value, metric.of(actual), 1e-12 * scale, metric.label());
    }
  }
}
