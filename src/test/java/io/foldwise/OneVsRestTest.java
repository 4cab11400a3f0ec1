package io.foldwise;

import static io.foldwise.Iris.coefficients;
import static io.foldwise.Iris.intercepts;
import static io.foldwise.Iris.model;
import static io.foldwise.Iris.moving;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.BinaryLoss;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.SquaredHinge;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.Sum;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.engine.plan.Movement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Support vector machines of several classes on the iris data, one against all others each. */
final class OneVsRestTest {
  private static final List<String> SPECIES = List.of("setosa", "versicolor", "virginica");

  private final SparkSession spark = TestSpark.session();

  private static Foldwise ovr(BinaryLoss each, String grid) {
    return Iris.search(Loss.oneVsRest(each), grid);
  }

  /**
   * Clarabel 0.11.1, to gaps of 1e-13: a quadratic program of weights, constant and a slack for
   * each row, for each class against the rest, features as they are. scikit-learn 1.9.1's {@code
   * OneVsRestClassifier(SVC(kernel="linear", C=1 / (2 * 150 * 0.01), tol=1e-14))} ends 1.1e-7
   * above.
   */
  @Test
  void theOptimumOfHingesIsThatOfQuadraticPrograms() {
    SearchResult fit = ovr(new Hinge(), "optimizer=exact; standardize=false; l2=0.01").fit();
    double[] expected = {
      -0.0523795075856462, 0.4503039701531226, -0.8679713222953401, -0.4116227848435459,
      0.07769962297446373, -1.6262723036444118, 0.3369350088156389, -0.9080966058112302,
      -0.40524433850572733, -0.5601907032152846, 1.7401668653178344, 1.6090584028554433
    };
    assertEquals(0.7894928880912472, fit.convergences().refit().objective(), 1e-9);
    assertArrayEquals(expected, coefficients(model(fit)), 2e-5);
    assertTrue(fit.convergences().refit().isReached());
  }

  /**
   * scikit-learn 1.9.1: {@code OneVsRestClassifier(LinearSVC(C=1 / (2 * 150 * 0.01), dual=False,
   * tol=1e-16, fit_intercept=False))}, whose loss is the squared hinge.
   */
  @Test
  void theOptimumOfSquaredHingesIsScikitLearns() {
    SearchResult fit =
        ovr(new SquaredHinge(), "optimizer=exact; standardize=false; fit-intercept=false; l2=0.01")
            .fit();
    double[] expected = {
      0.16086515356699504, 0.44938485980902493, -0.7246239777821898, -0.3836548272003231,
      0.2823710697011167, -0.6895893211828575, 0.3086561624256892, -0.8805780487169039,
      -0.8788316196265109, -0.9120012164560853, 1.1713222735888602, 1.440101097669122
    };
    assertEquals(0.8940200861451898, fit.convergences().refit().objective(), 1e-12);
    assertArrayEquals(expected, coefficients(model(fit)), 1e-7);
  }

  /**
   * NumPy 2.4.6: 30 steps from zeros on the mean loss over all standardised rows and 0.01·‖W‖²,
   * written as a loop: of hinges by gradient descent (rate 0.1), of squared hinges by Nesterov's
   * (0.02).
   */
  @Test
  void stepsAreThoseOfAPlainLoop() {
    LinearModel hinges =
        model(
            ovr(
                    new Hinge(),
                    "optimizer=sgd; learning-rate=0.1; l2=0.01; batch-size=full; epochs=30")
                .initialWeights(new InitialWeights.Zeros())
                .fit());
    double[] expected = {
      -0.33720152226437133, 1.132833406008345, -0.305265754844908, -0.6366051399463041,
      -0.034169582324096864, -1.5084995575215572, 0.04988402711477924, -0.14754664171838275,
      0.3913570315794945, 0.44395427318943337, 0.24022429184220678, 0.761657201349641
    };
    assertArrayEquals(expected, coefficients(hinges), 1e-11);
    assertArrayEquals(
        new double[] {-0.18904463365527058, 4.232477004979955, -5.926389544655692},
        intercepts(hinges),
        1e-10);
    LinearModel squared =
        model(
            ovr(
                    new SquaredHinge(),
                    "optimizer=nesterov; learning-rate=0.02; l2=0.01; batch-size=full; epochs=30")
                .initialWeights(new InitialWeights.Zeros())
                .fit());
    double[] ahead = {
      -0.6210035404131545, 1.8354251605865755, -0.4884726994883977, -1.0665784734825838,
      0.10107928327882043, -1.4106755899581065, 0.08462606178357453, -0.33001734120981585,
      0.1991042222861807, -0.09181812584866465, 0.374656755127564, 1.2540427025675296
    };
    assertArrayEquals(ahead, coefficients(squared), 1e-11);
    assertArrayEquals(
        new double[] {0.3689130728374552, 3.4003195312409282, -4.8917019653191955},
        intercepts(squared),
        1e-10);
  }

  static Stream<Arguments> searches() {
    List<String> grids =
        List.of(
            "optimizer=exact; l2=1e-6,0.01",
            "optimizer=exact; l1=0.02",
            "optimizer=exact; l2=0.1; degree=2",
            "optimizer=nesterov; epochs=3; batch-size=20; l2=0.01; learning-rate=0.05",
            "optimizer=adam; epochs=5; batch-size=full");
    return Stream.of(new Hinge(), new SquaredHinge())
        .flatMap(each -> grids.stream().map(grid -> Arguments.of(each, grid)));
  }

  /**
   * Each class's function is the one that a search of two classes finds over the same folds, of
   * which the last one has all virginica: where a class is missing from the training rows, or is
   * separable and hardly penalised, too.
   */
  @ParameterizedTest
  @MethodSource("searches")
  void eachFunctionIsThatOfItsClassAgainstTheRest(BinaryLoss each, String grid) {
    SearchResult together = folded(Foldwise.on(dealt()), grid, Loss.oneVsRest(each));
    double[] losses = new double[together.trials().size()];
    for (int k = 0; k < SPECIES.size(); k++) {
      SearchResult alone = folded(Foldwise.on(dealt()).positive(SPECIES.get(k)), grid, each);
      for (int i = 0; i < losses.length; i++) {
        TrialResult one = alone.trials().get(i);
        losses[i] += one.scores().validation().mean(Sum.of(each));
        double[] expected = one.model().each().get(0).powers().coefficients();
        double size = DoubleStream.of(expected).map(Math::abs).max().orElse(0);
        assertArrayEquals(
            expected,
            together.trials().get(i).model().each().get(k).powers().coefficients(),
            (grid.contains("adam") ? 1e-6 : 1e-8) * (1 + size),
            SPECIES.get(k) + " of trial " + i);
      }
    }
    for (int i = 0; i < losses.length; i++) {
      assertEquals(
          losses[i],
          together.trials().get(i).scores().validation().mean(Sum.of(Loss.oneVsRest(each))),
          (grid.contains("adam") ? 1e-6 : 1e-8) * (1 + losses[i]));
    }
  }

  /** Flowers in three folds, by their tenths of a centimetre. */
  private Dataset<Row> dealt() {
    return spark
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv(Iris.DATA)
        .withColumn(
            "fold",
            expr(
                "if(species = 'virginica', 2, pmod(int(round(10 * (sepal_length + petal_length))), 3))"));
  }

  private static SearchResult folded(Foldwise rows, String grid, Loss loss) {
    return rows.label("species").loss(loss).grid(grid).foldColumn("fold").search();
  }

  @ParameterizedTest
  @EnumSource(
      value = Movement.class,
      names = {"ROTATE", "REDUCE"})
  void everyMovementTrainsTheSame(Movement way) {
    for (BinaryLoss each : List.of(new Hinge(), new SquaredHinge())) {
      String grid = "optimizer=nesterov; epochs=2; l2=0,0.1; batch-size=full";
      SearchResult expected = ovr(each, grid).engine(moving(Movement.REPLICATE)).search();
      SearchResult actual = ovr(each, grid).engine(moving(way)).search();
      for (int i = 0; i < expected.trials().size(); i++) {
        assertArrayEquals(
            coefficients(expected.trials().get(i).model()),
            coefficients(actual.trials().get(i).model()),
            1e-11);
      }
    }
  }

  @Test
  void defaultsArrive() {
    for (BinaryLoss each : List.of(new Hinge(), new SquaredHinge())) {
      for (String optimizer : List.of("sgd", "nesterov", "adam")) {
        SearchResult fit = ovr(each, "l2=0.01; optimizer=" + optimizer).fit();
        double share = fit.convergences().refit().share();
        assertTrue(share < 0.02, each + " by " + optimizer + ": " + share);
      }
    }
  }

  @Test
  void whatIsNotOfSuchModelsIsRefused() {
    List<String> said = new ArrayList<>();
    for (Metric metric : List.of(Metric.of(Loss.softmax()), Metric.of(Loss.hinge()))) {
      Foldwise asked = ovr(new Hinge(), "l2=0.01").metric(metric);
      said.add(assertThrows(InvalidInputException.class, asked::search).getMessage());
    }
    Foldwise ofTwo =
        Foldwise.read(spark, Iris.DATA)
            .label("species")
            .positive("setosa")
            .loss(Loss.hinge())
            .metric(Metric.of(Loss.oneVsRest(new Hinge())));
    said.add(assertThrows(InvalidInputException.class, ofTwo::search).getMessage());
    assertEquals(
        List.of(
            "'metric' (log-loss) is for models of the loss softmax, and 'loss' is ovr-hinge: take ovr-hinge, accuracy, macro-f1",
            "'metric' (hinge) is for labels that are 0 or 1, and 'loss' is ovr-hinge: take ovr-hinge, accuracy, macro-f1",
            "'metric' (ovr-hinge) is for models of the loss ovr-hinge, and 'loss' is hinge: take hinge, accuracy, f1, auc"),
        said);
  }
}
