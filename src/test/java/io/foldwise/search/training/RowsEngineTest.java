package io.foldwise.search.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.TargetType;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.oracle.RowEngine;
import io.foldwise.oracle.RowOracle;
import io.foldwise.oracle.TrainingRows;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.CrossValidation;
import io.foldwise.search.Grid;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows at hand are trained on as the oracle does it, one row after the other. */
final class RowsEngineTest {
  private static final int FOLDS = 4;
  private static final int SEED = 11;
  private static final List<String> STEPS =
      List.of(
          "degree=1,2; batch-size=7,full; epochs=12",
          "optimizer=nesterov; learning-rate=0.02; l2=0.1; epochs=9",
          "optimizer=adam; learning-rate=0.05; l1=0.05; batch-size=16; epochs=9",
          "standardize=false; learning-rate=0.01; epochs=9");

  /** For losses with a log link, whose few rows of a minibatch may be ever steeper. */
  private static final List<String> SLOWER =
      List.of(
          "degree=1,2; learning-rate=0.002; batch-size=7,full; epochs=12",
          "l2=0.1; batch-size=full; epochs=5",
          "optimizer=nesterov; learning-rate=0.002; l2=0.1; epochs=9",
          "optimizer=adam; learning-rate=0.01; l1=0.05; batch-size=16; epochs=9",
          "standardize=false; learning-rate=0.001; epochs=9");

  private static TrainingRows rows(Loss loss) {
    return TrainingRows.random(
        61,
        2,
        FOLDS,
        5,
        x -> {
          double signal = 1 + x[0] - 0.5 * x[1] * x[1];
          return loss.isBinary() ? 0 : signal;
        });
  }

  private static TrainingRows labelled(Loss loss) {
    TrainingRows rows = rows(loss);
    return switch (loss.labels()) {
      case NUMBERS -> rows;
      case NON_NEGATIVE -> rows.asCounts();
      case POSITIVE -> rows.asAmounts();
      case CLASSES -> throw new AssertionError(loss + " is of several functions");
      case BINARY -> rows.asClasses(0.1);
    };
  }

  private static RowsInMemory inMemory(TrainingRows rows, Loss loss, Assignment.TrainedOn on) {
    return new RowsInMemory(
        Arrays.stream(rows.x()).flatMapToDouble(Arrays::stream).toArray(),
        rows.y(),
        new RowsInMemory.Dealt(
            rows.fold(), Arrays.stream(rows.position()).mapToInt(p -> (int) p).toArray(), on),
        new RowsInMemory.Setting(
            PolynomialBasis.power(List.of("x0", "x1"), 2),
            loss,
            new InitialWeights.Baseline(),
            SEED,
            1000));
  }

  private static SearchPlan plan(Loss loss, String grid, Assignment.TrainedOn on, Metric metric) {
    return new SearchPlan(
        new SearchPlan.Objective(
            loss, PolynomialBasis.Kind.POWER, new InitialWeights.Baseline(), SEED),
        new Assignment(61, on == Assignment.TrainedOn.EARLIER_PURGED ? FOLDS / 2 : FOLDS, 61, on),
        Grid.parse(grid).candidates(loss, 61),
        new SearchPlan.Judging(metric, SelectionRule.BEST, Optional.empty()));
  }

  @Test
  void everyLossDescendsAsTheLoopOverRowsDoes() {
    for (Loss loss :
        Loss.kinds().stream().filter(each -> each.target() != TargetType.MULTICLASS).toList()) {
      TrainingRows rows = labelled(loss);
      for (Assignment.TrainedOn on : Assignment.TrainedOn.values()) {
        RowsEngine engine = new RowsEngine(inMemory(rows, loss, on));
        for (String grid : loss.isLogLink() ? SLOWER : STEPS) {
          SearchPlan plan = plan(loss, grid, on, Metric.of(loss));
          for (Candidate candidate : plan.candidates()) {
            for (Split split : plan.assignment().splits()) {
              assertSame(Trial.of(candidate, split), engine, new RowOracle(rows, plan));
            }
          }
        }
      }
    }
  }

  private static void assertSame(Trial trial, RowsEngine engine, RowOracle oracle) {
    RowOracle.Outcome expected = oracle.train(trial);
    TrialResult found = engine.train(List.of(trial)).get(0);
    String what = trial.toString();
    assertEquals(expected.rate(), found.rate().used(), 1e-9 * expected.rate(), what);
    double[] powers = expected.powers();
    double largest = Arrays.stream(powers).map(Math::abs).max().orElse(0);
    assertEquals(powers[0], found.model().powers().intercept(), 1e-8 * largest, what);
    assertArrayEquals(
        Arrays.copyOfRange(powers, 1, powers.length),
        found.model().powers().coefficients(),
        1e-8 * largest,
        what);
    assertArrayEquals(expected.training(), found.curve().training(), 1e-8 * largest, what);
    assertArrayEquals(expected.validation(), found.curve().validation(), 1e-8 * largest, what);
  }

  @Test
  void squaredLossOverRowsIsThatFromTheirMoments() {
    Loss loss = Loss.squared();
    RowsInMemory rows = inMemory(labelled(loss), loss, Assignment.TrainedOn.OTHERS);
    String grid = "degree=1,2; optimizer=sgd,exact; l1=0,0.2; batch-size=10";
    SearchPlan plan = plan(loss, grid, Assignment.TrainedOn.OTHERS, Metric.MSE);
    SnapshotEngine moments =
        new SnapshotEngine(rows.snapshot(List.of(1, plan.assignment().minibatches(10))));
    RowsEngine engine = new RowsEngine(rows);
    for (Candidate candidate : plan.candidates()) {
      Trial trial = Trial.of(candidate, Split.without(1));
      TrialResult one = moments.train(List.of(trial)).get(0);
      TrialResult other = engine.train(List.of(trial)).get(0);
      assertEquals(
          Metric.MSE.of(one.scores().validation()),
          Metric.MSE.of(other.scores().validation()),
          1e-6 * Metric.MSE.of(one.scores().validation()),
          candidate.toString());
      assertEquals(
          moments.convergence(List.of(one)).get(0).optimum(),
          engine.convergence(List.of(other)).get(0).optimum(),
          1e-9);
      if (!candidate.isExact()) {
        double[] last = last(moments.trainer(trial).weights(1000));
        assertArrayEquals(last, last(engine.trainer(trial).weights(1000)), 1e-10);
        assertEquals(
            moments.trainer(trial).objective(last), engine.trainer(trial).objective(last), 1e-11);
      }
    }
  }

  private static double[] last(List<double[]> path) {
    return path.get(path.size() - 1);
  }

  @Test
  void noWeightsNearTheOptimumAreBetter() {
    for (Loss loss :
        Loss.kinds().stream().filter(each -> each.target() != TargetType.MULTICLASS).toList()) {
      RowsEngine engine =
          new RowsEngine(inMemory(labelled(loss), loss, Assignment.TrainedOn.OTHERS));
      Candidate candidate = Grid.parse("degree=2; l2=0.01").candidates(loss, 61).get(0);
      TrialTrainer trainer = engine.trainer(Trial.of(candidate, Split.without(2)));
      double[] optimum = trainer.optimum();
      double least = trainer.objective(optimum);
      for (int j = 0; j < optimum.length; j++) {
        for (double by : new double[] {-1e-2, 1e-2}) {
          double[] near = optimum.clone();
          near[j] += by;
          assertTrue(trainer.objective(near) > least, loss.label() + " " + j);
        }
      }
    }
  }

  @Test
  void aMetricThatTheLossDoesNotSumIsScoredRowByRow() {
    for (Loss loss : List.of(Loss.huber(), Loss.logistic())) {
      Metric metric = loss.isBinary() ? Metric.ACCURACY : Metric.R2;
      TrainingRows rows = labelled(loss);
      SearchPlan plan = plan(loss, "epochs=5; l2=0,1", Assignment.TrainedOn.OTHERS, metric);
      TrialEngine oracle = new RowEngine(rows, rows, plan);
      TrialEngine engine = new RowsEngine(inMemory(rows, loss, Assignment.TrainedOn.OTHERS));
      for (int i = 0; i < 2; i++) {
        assertEquals(
            new CrossValidation(plan, oracle).run().get(i).validation().mean(),
            new CrossValidation(plan, engine).run().get(i).validation().mean(),
            1e-9);
        assertEquals(
            new CrossValidation(plan, oracle).run().get(i).validation().pooled(),
            new CrossValidation(plan, engine).run().get(i).validation().pooled(),
            1e-9);
      }
    }
  }

  @Test
  void aTrialIsScoredOnItsOwnFoldAlone() {
    Loss loss = Loss.absolute();
    TrainingRows rows = labelled(loss);
    Assignment.TrainedOn on = Assignment.TrainedOn.EARLIER;
    SearchPlan plan = plan(loss, "epochs=3", on, Metric.R2);
    RowsEngine engine = new RowsEngine(inMemory(rows, loss, on));
    List<Trial> trials =
        plan.assignment().splits().stream()
            .map(split -> Trial.of(plan.candidates().get(0), split))
            .toList();
    List<TrialResult.Scores> scores = engine.score(engine.train(trials), Metric.R2).trials();
    for (int i = 0; i < trials.size(); i++) {
      assertEquals(rows.heldOut(trials.get(i).heldOut()).length, scores.get(i).validation().rows());
    }
  }
}
