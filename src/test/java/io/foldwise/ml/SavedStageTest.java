package io.foldwise.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.ml.tuning.FusedCrossValidator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLWritable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of stage that is saved and read, in directories that are not as they were saved. */
class SavedStageTest {
  private static final Path SAVED = Path.of("src/test/resources/saved");

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    TestSpark.session();
  }

  /**
   * A kind of stage.
   *
   * @param saved one of them
   * @param part a folder without which it cannot be read
   */
  private record Kind(MLWritable saved, Function<String, ?> load, String part) {
    @Override
    public String toString() {
      return saved.getClass().getSimpleName();
    }
  }

  private static TrainedFunction trained(Loss loss) {
    PolynomialBasis basis = PolynomialBasis.power(List.of("x"), 1);
    return new TrainedFunction(
        new LinearModel(basis, new AffineFunction(1, new double[] {2})), loss, "");
  }

  private static Stream<Kind> kinds() {
    SGDRegressor regressor = new SGDRegressor();
    FusedCrossValidator validator =
        new FusedCrossValidator()
            .setEstimator(regressor)
            .setEstimatorParamMaps(new ParamMap[] {new ParamMap()})
            .setEvaluator(new RegressionEvaluator());
    return Stream.of(
        new Kind(regressor, SGDRegressor::load, "metadata"),
        new Kind(new SGDClassifier(), SGDClassifier::load, "metadata"),
        new Kind(SGDRegressionModel.of(trained(new Squared())), SGDRegressionModel::load, "data"),
        new Kind(
            SGDClassificationModel.of(trained(new Logistic())),
            SGDClassificationModel::load,
            "data"),
        new Kind(validator, FusedCrossValidator::load, "evaluator"));
  }

  /** What becomes of a directory. */
  private enum Damage {
    GONE("holds no", "name the directory that one was saved to"),
    WITHOUT_METADATA("holds no", "name the directory that one was saved to"),
    CUT_METADATA("holds a damaged", "save it again"),
    CUT_METADATA_OF_NO_CHECKSUM("holds a damaged", "save it again"),
    OTHER_METADATA("holds a damaged", "save it again"),
    ANOTHER_CLASS("holds org.apache.spark.ml.feature.VectorAssembler", "load it as what it is"),
    CUT_PART("holds a damaged", "save it again"),
    WITHOUT_PART("holds ", ": ");

    private final String what;
    private final String remedy;

    Damage(String what, String remedy) {
      this.what = what;
      this.remedy = remedy;
    }

    private void to(Path stage, String part) throws IOException {
      switch (this) {
        case GONE -> delete(stage);
        case WITHOUT_METADATA -> delete(stage.resolve("metadata"));
        case CUT_METADATA -> cut(stage.resolve("metadata"));
        case CUT_METADATA_OF_NO_CHECKSUM -> {
          deleteChecksums(stage);
          cut(stage.resolve("metadata"));
        }
        case OTHER_METADATA -> {
          deleteChecksums(stage);
          Files.writeString(part(stage.resolve("metadata")), "[]");
        }
        case ANOTHER_CLASS -> {
          delete(stage);
          new VectorAssembler().setOutputCol("v").save(stage.toString());
        }
        case CUT_PART -> {
          deleteChecksums(stage);
          Path parts = stage.resolve(part);
          cut(Files.isDirectory(parts.resolve("metadata")) ? parts.resolve("metadata") : parts);
        }
        case WITHOUT_PART -> delete(stage.resolve(part));
      }
    }

    private static void delete(Path folder) throws IOException {
      try (Stream<Path> all = Files.walk(folder)) {
        all.sorted(Comparator.reverseOrder()).forEach(Damage::deleteFile);
      }
    }

    private static void deleteChecksums(Path folder) throws IOException {
      try (Stream<Path> all = Files.walk(folder)) {
        all.filter(file -> file.toString().endsWith(".crc")).forEach(Damage::deleteFile);
      }
    }

    private static void deleteFile(Path file) {
      try {
        Files.delete(file);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    private static Path part(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        return files
            .filter(file -> file.getFileName().toString().startsWith("part-"))
            .findFirst()
            .orElseThrow();
      }
    }

    private static void cut(Path folder) throws IOException {
      Path file = part(folder);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }
  }

  private static Stream<Arguments> damages() {
    return kinds()
        .flatMap(kind -> Arrays.stream(Damage.values()).map(how -> Arguments.of(kind, how)));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void whatCannotBeReadIsRefusedInOneLine(Kind kind, Damage how) throws IOException {
    Path stage = folder.resolve("stage");
    kind.saved().save(stage.toString());
    assertEquals(kind.saved().getClass(), kind.load().apply(stage.toString()).getClass());
    how.to(stage, kind.part());
    String message =
        assertThrows(InvalidInputException.class, () -> kind.load().apply(stage.toString()))
            .getMessage();
    assertTrue(message.startsWith("'" + stage + "' " + how.what), message);
    assertTrue(message.contains(kind.saved().getClass().getSimpleName()), message);
    assertTrue(message.contains(how.remedy), message);
    assertEquals(1, message.lines().count(), message);
  }

  /**
   * Written by 0.1.0: {@code new SGDRegressor("regressor").setFeaturesCols({"x",
   * "z"}).setDegree(2).setOptimizer("exact").setRegParam(0.5)}, the like of a classifier, and their
   * models of eight rows, with what these predicted for (0.5, −1).
   */
  @Test
  void whatAnEarlierVersionSavedIsRead() {
    SGDRegressor regressor = SGDRegressor.load(SAVED.resolve("regressor").toString());
    assertEquals("regressor", regressor.uid());
    assertArrayEquals(new String[] {"x", "z"}, regressor.getFeaturesCols());
    assertEquals(0.5, regressor.getRegParam());
    assertEquals(2, regressor.getDegree());
    SGDClassifier classifier = SGDClassifier.load(SAVED.resolve("classifier").toString());
    assertEquals("exact", classifier.getOptimizer());
    SGDRegressionModel line = SGDRegressionModel.load(SAVED.resolve("regression-model").toString());
    assertEquals("regressor", line.uid());
    assertEquals(2.502562743009394, line.predict(Vectors.dense(0.5, -1)));
    SGDClassificationModel classes =
        SGDClassificationModel.load(SAVED.resolve("classification-model").toString());
    assertEquals(0.6941027297315113, classes.probability(Vectors.dense(0.5, -1)).getAsDouble());
    assertEquals(List.of("x", "z"), classes.features());
  }
}
