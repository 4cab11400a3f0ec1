package io.foldwise;

import static io.foldwise.Iris.coefficients;
import static io.foldwise.Iris.intercepts;
import static io.foldwise.Iris.model;
import static io.foldwise.Iris.moving;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Convergence;
import io.foldwise.search.SearchResult;
import io.foldwise.spark.engine.plan.Device;
import io.foldwise.spark.engine.plan.Engine;
import io.foldwise.spark.engine.plan.EngineRequest;
import io.foldwise.spark.engine.plan.Movement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Multinomial logistic regression on the iris data, against scikit-learn, MLlib and NumPy. */
final class SeveralClassesTest {
  private static final List<String> FEATURES =
      List.of("sepal_length", "sepal_width", "petal_length", "petal_width");

  /** 1/(2·C·n) for scikit-learn's C = 1. */
  private static final String L2 = "l2=0.0033333333333333335";

  private final SparkSession spark = TestSpark.session();

  private static Foldwise softmax(String grid) {
    return Iris.search(Loss.softmax(), grid);
  }

  /**
   * scikit-learn 1.9.1: {@code LogisticRegression(C=1, solver="newton-cholesky", tol=1e-15)} on the
   * features as they are, intercepts about their mean.
   */
  @Test
  void theOptimumIsScikitLearns() {
    SearchResult fit = softmax("optimizer=exact; standardize=false; " + L2).fit();
    double[] expected = {
      -0.4235099201227141, 0.9673505795715518, -2.517152377609207, -1.0793366485007179,
      0.5344615089959327, -0.3215878551919344, -0.20639207129486695, -0.9442984653963384,
      -0.11095158887320573, -0.6457627243796172, 2.723544448904091, 2.023635113897058
    };
    assertArrayEquals(expected, coefficients(model(fit)), 1e-9);
    assertArrayEquals(
        new double[] {9.849568050482185, 2.237205632203191, -12.086773682685378},
        intercepts(model(fit)),
        1e-8);
    Convergence convergence = fit.convergences().refit();
    assertEquals(0.19257544402728327, convergence.objective(), 1e-14);
    assertEquals(Math.log(3), convergence.constant(), 1e-14);
    assertTrue(convergence.isReached());
    double[] bare =
        coefficients(
            model(softmax("optimizer=exact; standardize=false; fit-intercept=false; " + L2).fit()));
    double[] without = {
      0.7744142708209151, 1.746928039423208, -2.3485553425030616, -1.1124533114301165,
      0.6233931816349669, -0.09419464903191155, -0.04478342648338165, -1.0217622895343315,
      -1.3978074524558917, -1.6527333903912897, 2.393338768986449, 2.134215600964442
    };
    assertArrayEquals(without, bare, 1e-8);
  }

  /**
   * scikit-learn 1.9.1: {@code LogisticRegression(C=1, l1_ratio=1, solver="saga", tol=1e-15)} on
   * standardised features, whose objective this is.
   */
  @Test
  void theOptimumWithL1HasScikitLearnsZeros() {
    SearchResult fit = softmax("optimizer=exact; l1=0.006666666666666667").fit();
    assertEquals(0.1913637805548884, fit.convergences().refit().objective(), 1e-12);
    double[] standardized = {
      0.0,
      0.9210330294743703,
      -4.716944945856808,
      0.0,
      0.2154029102718093,
      0.0,
      0.0,
      0.0,
      0.0,
      -0.6984725543838067,
      4.165604974836804,
      5.0351068770472756
    };
    double[] actual = coefficients(model(fit));
    Dataset<Row> rows =
        spark.read().option("header", true).option("inferSchema", true).csv(Iris.DATA);
    for (int j = 0; j < actual.length; j++) {
      double deviation =
          rows.agg(org.apache.spark.sql.functions.stddev_pop(FEATURES.get(j % 4)))
              .head()
              .getDouble(0);
      assertEquals(standardized[j], actual[j] * deviation, 2e-7, "weight " + j);
      assertEquals(standardized[j] == 0, actual[j] == 0, "zero " + j);
    }
  }

  /**
   * scikit-learn 1.9.1: {@code LogisticRegression(C=1, solver="newton-cholesky", tol=1e-15)} on
   * {@code load_digits().data / 16}; here pixels are as they are, from 0 to 16, so that l2 is 256
   * times as large. The file holds the same rows under the names p00 to p63 and digit.
   */
  @Test
  void theOptimumOfTenDigitsIsScikitLearns() {
    SearchResult fit =
        Foldwise.read(spark, "src/test/resources/classes/digits.csv.gz")
            .label("digit")
            .loss(Loss.softmax())
            .grid("optimizer=exact; standardize=false; l2=" + 256 / (2 * 1797.0))
            .fit();
    assertEquals(0.1995264038586319, fit.convergences().refit().objective(), 1e-13);
    double[] expected = {
      0.616226944324235, -2.6329881299044264, -0.20448237202129674, 0.3525735722038521,
      3.692382810773578, -0.23247998307115994, -0.7731418935324237, 1.7482333120636233,
      -1.1633223823156194, -1.4030018785203624
    };
    assertArrayEquals(expected, intercepts(model(fit)), 1e-6);
    double[] all = coefficients(model(fit));
    assertEquals(0.5743685369835508, 16 * all[3 * 64 + 10], 1e-6);
    assertEquals(0.8088056846381304, 16 * all[3 * 64 + 20], 1e-6);
    assertEquals(-0.014394067208230738, 16 * all[8 * 64 + 20], 1e-6);
    assertEquals(0.7071097663907235, 16 * all[8 * 64 + 36], 1e-6);
  }

  /**
   * NumPy 2.4.6: 30 steps of gradient descent (rate 0.5), Nesterov's (0.1) and Adam (0.05) from
   * zeros on the mean loss over all standardised rows and 0.01·‖W‖², written as a loop.
   */
  @Test
  void stepsAreThoseOfAPlainLoop() {
    double[][] expected = {
      {
        -0.7255679255534598, 1.5253930759124967, -0.5160435442258539, -1.1172451035421638,
        0.17920019527694533, -1.3485294540272708, 0.06291414583125557, -0.25425702115276555,
        0.5463677302765142, -0.1768636218852253, 0.45312939839459826, 1.3715021246949288
      },
      {
        -1.0427970131994952, 2.306463798176976, -0.7399887701693126, -1.6120690522902263,
        0.3142052614493712, -1.734386960638286, 0.0749244453197042, -0.38056636010154554,
        0.7285917517501231, -0.5720768375386862, 0.6650643248496098, 1.9926354123917696
      },
      {
        -1.0638033655685584, 1.8819239140629227, -0.5209413939577925, -1.1990992290382065,
        0.503285037774495, -1.7671005349883764, 0.1314451165765944, -0.87187175909964,
        0.9600530501485671, -1.078869495747917, 0.54889223775766, 1.3596686866159136
      }
    };
    double[][] constants = {
      {2.5555315288531197, 3.7553712041723455, -6.310902733025466},
      {3.295357833538364, 4.680982308575454, -7.976340142113819},
      {3.1551672999283755, 3.686875778538161, -6.842043078466537}
    };
    List<String> optimizers =
        List.of(
            "optimizer=sgd; learning-rate=0.5",
            "optimizer=nesterov; learning-rate=0.1",
            "optimizer=adam; learning-rate=0.05");
    for (int i = 0; i < expected.length; i++) {
      String grid = optimizers.get(i) + "; l2=0.01; batch-size=full; epochs=30";
      LinearModel model = model(softmax(grid).initialWeights(new InitialWeights.Zeros()).fit());
      // Adam divides the intercepts' first gradient, which is rounding alone, by its own size.
      double tolerance = i == 2 ? 1e-8 : 1e-11;
      assertArrayEquals(expected[i], coefficients(model), tolerance, optimizers.get(i));
      assertArrayEquals(constants[i], intercepts(model), 10 * tolerance, optimizers.get(i));
    }
  }

  /** MLlib's own multinomial regression, run here to 1e-14, without a penalty and with one. */
  @Test
  void theOptimumIsMllibs() {
    Dataset<Row> rows =
        spark
            .range(0, 400, 1, 1)
            .selectExpr(
                "rand(1) as a",
                "3 * rand(2) as b",
                "cast(1.49 * (rand(1) + rand(3)) as int) as label")
            .cache();
    Dataset<Row> assembled =
        new VectorAssembler()
            .setInputCols(new String[] {"a", "b"})
            .setOutputCol("features")
            .transform(rows);
    for (double lambda : new double[] {0, 0.02}) {
      LogisticRegressionModel theirs =
          new LogisticRegression()
              .setFamily("multinomial")
              .setRegParam(lambda)
              .setStandardization(false)
              .setTol(1e-14)
              .setMaxIter(10_000)
              .fit(assembled);
      LinearModel ours =
          model(
              Foldwise.on(rows)
                  .label("label")
                  .loss(Loss.softmax())
                  .grid("optimizer=exact; standardize=false; l2=" + lambda / 2)
                  .fit());
      double[] their = new double[6];
      Arrays.setAll(their, at -> theirs.coefficientMatrix().apply(at / 2, at % 2));
      assertArrayEquals(their, coefficients(ours), 1e-6, "lambda " + lambda);
      assertArrayEquals(theirs.interceptVector().toArray(), intercepts(ours), 1e-6);
    }
    rows.unpersist();
  }

  @ParameterizedTest
  @EnumSource(
      value = Movement.class,
      names = {"REPLICATE", "ROTATE", "REDUCE"})
  void everyMovementTrainsTheSame(Movement way) {
    for (String batch : List.of("full", "20")) {
      if (way == Movement.ROTATE && batch.equals("20")) {
        continue;
      }
      String grid = "optimizer=nesterov; epochs=2; l2=0,0.1; batch-size=" + batch;
      SearchResult expected = softmax(grid).folds(4).engine(moving(Movement.REPLICATE)).search();
      SearchResult actual = softmax(grid).folds(4).engine(moving(way)).search();
      assertEquals(expected.trials().size(), actual.trials().size());
      for (int i = 0; i < expected.trials().size(); i++) {
        assertArrayEquals(
            coefficients(expected.trials().get(i).model()),
            coefficients(actual.trials().get(i).model()),
            1e-11);
      }
      assertArrayEquals(
          expected.ranked().get(0).validation().folds(),
          actual.ranked().get(0).validation().folds(),
          1e-11);
    }
    String exact = "optimizer=exact; l2=0.01,0.1";
    assertArrayEquals(
        coefficients(model(softmax(exact).engine(moving(Movement.REPLICATE)).search())),
        coefficients(model(softmax(exact).engine(moving(way)).search())),
        1e-8);
  }

  /**
   * The mean over the folds of a metric that is taken by a pass, and the one that training left.
   */
  @Test
  void defaultsArriveAndScoresOfAPassAreThoseOfTraining() {
    SearchResult byLoss = softmax(L2).search();
    assertTrue(byLoss.convergences().refit().share() < 0.01);
    SearchResult byAccuracy = softmax(L2).metric(Metric.ACCURACY).search();
    for (int fold = 0; fold < 5; fold++) {
      assertEquals(
          byLoss
              .trials()
              .get(fold)
              .scores()
              .validation()
              .mean(io.foldwise.learn.score.Sum.of(Loss.softmax())),
          byAccuracy
              .trials()
              .get(fold)
              .scores()
              .validation()
              .mean(io.foldwise.learn.score.Sum.of(Loss.softmax())),
          1e-12);
      assertEquals(
          30,
          DoubleStream.of(byAccuracy.trials().get(fold).scores().validation().confusion().cells())
              .sum());
    }
    double best = byAccuracy.ranked().get(0).validation().mean();
    assertTrue(best > 0.93 && best < 1, "accuracy " + best);
  }

  /** Every fold has as many rows of each of the three classes of 50. */
  @Test
  void foldsAreStratified() {
    SearchResult result = softmax(L2).metric(Metric.MACRO_F1).search();
    for (int fold = 0; fold < 5; fold++) {
      double[] cells = result.trials().get(fold).scores().validation().confusion().cells();
      for (int k = 0; k < 3; k++) {
        assertEquals(10, cells[3 * k] + cells[3 * k + 1] + cells[3 * k + 2]);
      }
    }
  }

  @Test
  void leavingOneOutNeedsNoStrata() {
    SearchResult result = softmax("optimizer=exact; " + L2).folds(150).search();
    assertEquals(150, result.trials().size());
  }

  @Test
  void whatIsNotOfferedIsRefused() {
    EngineRequest sql =
        new EngineRequest(
            Optional.of(Engine.SQL), Optional.empty(), new Device(Device.Use.CPU, ""));
    assertEquals(
        "'loss' (softmax) is trained by the fused engine on the CPU, and sql is asked for: leave out"
            + " --engine and --device",
        refusal(softmax(L2).engine(sql)));
    assertEquals(
        "'metric' (auc) is for labels that are 0 or 1, and 'loss' is softmax: take log-loss, accuracy, macro-f1",
        refusal(softmax(L2).metric(Metric.AUC)));
    assertEquals(
        "'metric' (macro-f1) is for labels of more than two classes, and 'loss' is logistic: take log-loss, accuracy, f1, auc",
        refusal(softmax(L2).loss(Loss.logistic()).metric(Metric.MACRO_F1)));
  }

  private static String refusal(Foldwise asked) {
    return assertThrows(InvalidInputException.class, asked::search).getMessage();
  }
}
