package io.foldwise.benchmark;

import io.foldwise.learn.loss.Absolute;
import io.foldwise.learn.loss.Hinge;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Data sets of every kind that defaults have to serve: of data/, of scikit-learn, and drawn. */
final class DefaultsData {
  /**
   * One of them.
   *
   * @param path of its file
   * @param positive the label's value that counts as 1; empty where the label is a number
   * @param grid what the data need beside defaults, such as a penalty where there is no optimum
   *     without one
   */
  record DataSet(String name, Path path, String label, String positive, String grid) {
    boolean isClasses() {
      return !positive.isEmpty();
    }

    /** The losses that its labels are for. */
    List<Loss> losses() {
      return isClasses()
          ? List.of(new Logistic(), new Hinge())
          : List.of(
              new Squared(), new Absolute(), new Huber(Huber.DEFAULT_DELTA), new Quantile(0.9));
    }
  }

  /** The penalty of data without an optimum of their own. */
  private static final String RIDGE = "l2=0.01";

  private final Path work;
  private final Path shipped;

  /** With a folder to write to, and that of the project's own data sets. */
  DefaultsData(Path work, Path shipped) {
    this.work = work.resolve("defaults");
    this.shipped = shipped;
  }

  /** All, written to their files. */
  List<DataSet> all() throws IOException, InterruptedException {
    Files.createDirectories(work);
    List<DataSet> all = new ArrayList<>(own());
    all.addAll(drawnNumbers());
    all.addAll(drawnClasses());
    all.addAll(scikitLearns());
    return all;
  }

  private List<DataSet> own() {
    return List.of(
        new DataSet("diabetes", shipped.resolve("diabetes.csv"), "target", "", ""),
        new DataSet("housing", shipped.resolve("housing.csv"), "price", "", ""),
        new DataSet("linear", shipped.resolve("linear.pkl"), "y", "", ""),
        new DataSet("quiz, degree 3", shipped.resolve("quiz_data.pkl"), "y", "", "degree=3"),
        new DataSet("phones", shipped.resolve("phones.csv"), "calls", "", ""),
        new DataSet(
            "breast cancer, l2 0.01",
            shipped.resolve("breast_cancer.csv"),
            "diagnosis",
            "malignant",
            RIDGE));
  }

  /** What is drawn: how features look, what the label's noise is, and how it is scaled. */
  private record Drawn(
      int rows, int features, Features kind, ToDoubleFunction<Random> noise, double scale) {
    Drawn(int rows, int features, ToDoubleFunction<Random> noise) {
      this(rows, features, Features.NORMAL, noise, 1);
    }

    Drawn(int rows, int features, Features kind) {
      this(rows, features, kind, Random::nextGaussian, 1);
    }
  }

  private enum Features {
    NORMAL,
    /** Of variance 1, any two of correlation 0.99. */
    CORRELATED,
    /** Of deviations 1e-3 to 1e5. */
    ILL_SCALED,
    /** 1 in a twentieth of the rows, else 0. */
    RARE;

    double[] draw(Random random, int d) {
      double common = random.nextGaussian();
      return IntStream.range(0, d)
          .mapToDouble(
              j ->
                  switch (this) {
                    case NORMAL -> random.nextGaussian();
                    case CORRELATED -> Math.sqrt(0.99) * common + 0.1 * random.nextGaussian();
                    case ILL_SCALED -> random.nextGaussian() * Math.pow(10, 8.0 * j / (d - 1) - 3);
                    case RARE -> random.nextInt(20) == 0 ? 1 : 0;
                  })
          .toArray();
    }

    /** What a coefficient of the j-th is divided by to count as much as the others. */
    double size(int j, int d) {
      return this == ILL_SCALED ? Math.pow(10, 8.0 * j / (d - 1) - 3) : 1;
    }
  }

  private List<DataSet> drawnNumbers() throws IOException {
    ToDoubleFunction<Random> cauchy = random -> Math.tan(Math.PI * (random.nextDouble() - 0.5));
    ToDoubleFunction<Random> student =
        random -> random.nextGaussian() / Math.sqrt(-Math.log(1 - random.nextDouble()));
    ToDoubleFunction<Random> skew = random -> -2 * Math.log(1 - random.nextDouble());
    List<DataSet> sets = new ArrayList<>();
    sets.add(numbers("normal", new Drawn(230, 6, Random::nextGaussian)));
    sets.add(numbers("5,000 x 8", new Drawn(5000, 8, Random::nextGaussian)));
    sets.add(numbers("50 rows", new Drawn(50, 3, Random::nextGaussian)));
    sets.add(numbers("50,000 rows", new Drawn(50_000, 6, Random::nextGaussian)));
    sets.add(numbers("ill-scaled", new Drawn(500, 5, Features.ILL_SCALED)));
    sets.add(numbers("correlated 0.99", new Drawn(400, 5, Features.CORRELATED)));
    sets.add(numbers("rare features", new Drawn(1000, 8, Features.RARE)));
    sets.add(numbers("p > n", new Drawn(40, 60, Random::nextGaussian), RIDGE));
    sets.add(numbers("Student's t, 2", new Drawn(800, 5, student)));
    sets.add(numbers("Cauchy", new Drawn(800, 5, cauchy)));
    sets.add(numbers("skewed", new Drawn(800, 5, skew)));
    sets.add(numbers("noise 30", new Drawn(600, 6, random -> 30 * random.nextGaussian())));
    for (double scale : new double[] {1e6, 1e-6}) {
      sets.add(
          numbers(
              "labels x %.0e".formatted(scale),
              new Drawn(300, 5, Features.NORMAL, Random::nextGaussian, scale)));
    }
    return sets;
  }

  private List<DataSet> drawnClasses() throws IOException {
    DoubleUnaryOperator logistic = score -> 1 / (1 + Math.exp(-score));
    DoubleUnaryOperator rare = score -> 1 / (1 + Math.exp(6 - score));
    DoubleUnaryOperator sharp = score -> score > 0 ? 1 : 0;
    ToDoubleFunction<Random> none = random -> 0;
    List<DataSet> sets = new ArrayList<>();
    sets.add(classes("classes", new Drawn(1000, 5, none), logistic, ""));
    sets.add(classes("classes, 60 rows", new Drawn(60, 2, none), logistic, RIDGE));
    sets.add(classes("classes, 50,000 rows", new Drawn(50_000, 6, none), logistic, ""));
    sets.add(classes("classes, 1 % positive", new Drawn(5000, 3, none), rare, ""));
    sets.add(classes("classes, ill-scaled", new Drawn(500, 5, Features.ILL_SCALED), logistic, ""));
    sets.add(
        classes("classes, correlated 0.99", new Drawn(500, 4, Features.CORRELATED), logistic, ""));
    sets.add(classes("classes, separable", new Drawn(200, 2, none), sharp, RIDGE));
    sets.add(classes("classes, p > n", new Drawn(60, 80, none), logistic, RIDGE));
    return sets;
  }

  private DataSet numbers(String name, Drawn drawn) throws IOException {
    return numbers(name, drawn, "");
  }

  private DataSet numbers(String name, Drawn drawn, String grid) throws IOException {
    Path file = write(name, drawn, (score, random) -> score);
    return new DataSet(name, file, "y", "", grid);
  }

  private DataSet classes(String name, Drawn drawn, DoubleUnaryOperator probability, String grid)
      throws IOException {
    Path file =
        write(
            name,
            drawn,
            (score, random) -> random.nextDouble() < probability.applyAsDouble(score) ? 1 : 0);
    return new DataSet(name, file, "y", "1", grid);
  }

  /** Makes a label of a score. */
  private interface Labelling {
    double label(double score, Random random);
  }

  private Path write(String name, Drawn drawn, Labelling labelling) throws IOException {
    Random random = new Random(name.hashCode());
    int d = drawn.features;
    double[] truth =
        IntStream.range(0, d)
            .mapToDouble(j -> random.nextGaussian() / drawn.kind.size(j, d))
            .toArray();
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", IntStream.range(0, d).mapToObj(j -> "x" + j).toList()).concat(",y"));
    for (int i = 0; i < drawn.rows; i++) {
      double[] x = drawn.kind.draw(random, d);
      double score = drawn.noise.applyAsDouble(random);
      for (int j = 0; j < d; j++) {
        score += truth[j] * x[j];
      }
      double y = drawn.scale * labelling.label(score, random);
      Stream<String> cells = IntStream.range(0, d).mapToObj(j -> Double.toString(x[j]));
      lines.add(String.join(",", Stream.concat(cells, Stream.of(Double.toString(y))).toList()));
    }
    return Files.write(work.resolve(name.replaceAll("[^A-Za-z0-9]+", "-") + ".csv"), lines);
  }

  /** Those that come with scikit-learn, where Python has it. */
  private List<DataSet> scikitLearns() throws IOException, InterruptedException {
    Path script = work.resolve("sklearn_data.py");
    try (InputStream source =
        Objects.requireNonNull(
            DefaultsData.class.getResourceAsStream("/benchmark/sklearn_data.py"))) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    if (!SklearnSearch.isInstalled()
        || SklearnSearch.run(script.toString(), work.toString()).isEmpty()) {
      return List.of();
    }
    return List.of(
        new DataSet("wine, alcohol", work.resolve("wine.csv"), "alcohol", "", ""),
        new DataSet("iris, petal width", work.resolve("iris.csv"), "width", "", ""),
        new DataSet("digits, value", work.resolve("digits.csv"), "y", "", RIDGE),
        new DataSet("iris, versicolor", work.resolve("versicolor.csv"), "y", "1", ""),
        new DataSet("wine, class 1", work.resolve("wine_class.csv"), "y", "1", RIDGE),
        new DataSet("digits, 5 and up", work.resolve("digits_high.csv"), "y", "1", RIDGE));
  }
}
