package io.foldwise.benchmark;

import static io.foldwise.benchmark.RatioTable.Sense.COSTS;
import static io.foldwise.benchmark.RatioTable.Sense.FASTER;
import static io.foldwise.benchmark.RatioTable.Sense.SHOWN;

import io.foldwise.DriverJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * From a line in a shell to the next prompt: {@code submit/foldwise} in a JVM of its own and in
 * {@code foldwise shell}, beside Python with scikit-learn on the same search and beside a cold
 * Spark job that does nothing but sum the columns of the same rows.
 */
final class Start implements Measurement {
  private static final int FEATURES = BenchmarkData.FEATURES;

  /** How often a command stands in a script of the shell; the last is timed. */
  private static final int WARM = 4;

  /** The seconds in which a person sees help and refusals, and the quiz solved. */
  private static final double AT_ONCE = 0.5;

  private static final double QUIZ = 4;

  /** What a search may take beside reading the rows once, cold. */
  private static final double OVER_SCAN = 1.6;

  private final Stage stage;
  private final Path root = Path.of(System.getenv("SPARK_HOME")).resolve("../..").normalize();
  private final Path foldwise = root.resolve("submit/foldwise");

  Start(Stage stage) {
    this.stage = stage;
  }

  @Override
  public void run() throws IOException, InterruptedException {
    String rows = stage.data(BenchmarkData.Label.LINEAR, stage.options().rows(), FEATURES).path();
    List<String> quiz = List.of("search", "--config", root.resolve("conf/quiz.yaml").toString());
    List<String> exact =
        List.of("search", "--data", rows, "--optimizer", "exact", "--grid", Stage.PENALTIES);
    cold("prepare", List.of("inspect", "--data", root.resolve("data/linear.pkl").toString()));
    stage.table().within("`--help`", cold("--help", List.of("--help")), AT_ONCE);
    List<String> missing = List.of("search", "--data", "missing.csv");
    stage.table().within("a missing file is refused", cold("refusal", missing), AT_ONCE);
    double coldQuiz = cold("quiz", quiz);
    stage.table().within("the quiz: ten searches", coldQuiz, QUIZ);
    sklearn()
        .ifPresentOrElse(
            seconds -> add("scikit-learn on the quiz over ours, cold", seconds, coldQuiz, SHOWN),
            () -> stage.table().remark("scikit-learn: skipped, /usr/bin/python3 lacks it."));
    add("the quiz cold over the same in `foldwise shell`", coldQuiz, warm("quiz", quiz), SHOWN);
    double scan = median("a cold Spark job that sums the columns", bare(rows));
    String what = "%,d × %d, `exact`, 12 penalties".formatted(stage.options().rows(), FEATURES);
    double coldExact = cold(what, exact);
    add(what + ", over a cold Spark job that sums the columns", scan, coldExact, COSTS);
    add(what + ": cold over in `foldwise shell`", coldExact, warm(what, exact), SHOWN);
  }

  private void add(String what, double peer, double ours, RatioTable.Sense sense) {
    double bound = sense == COSTS ? OVER_SCAN : sense == FASTER ? 1 : 0;
    stage.table().add(what, Timed.elsewhere(peer), Timed.elsewhere(ours), sense, bound);
  }

  private double cold(String name, List<String> words) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(foldwise.toString(), "--master", "local[2]"), words.stream())
            .toList();
    return median(name, command);
  }

  /** The median of a command's seconds. */
  private double median(String name, List<String> command)
      throws IOException, InterruptedException {
    double[] seconds = new double[stage.options().rounds()];
    for (int round = 0; round < seconds.length; round++) {
      seconds[round] = seconds(command);
    }
    Arrays.sort(seconds);
    double median = seconds[seconds.length / 2];
    stage.progress("%-48s %7.2f s".formatted(name, median));
    return median;
  }

  /** A process without what the script of the benchmark has set. */
  private static ProcessBuilder ofAPerson(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeAll(List.of("SPARK_HOME", "SPARK_SUBMIT_OPTS"));
    return builder;
  }

  private static double seconds(List<String> command) throws IOException, InterruptedException {
    Path said = Files.createTempFile("said", ".txt");
    ProcessBuilder builder =
        ofAPerson(command).redirectErrorStream(true).redirectOutput(said.toFile());
    long start = System.nanoTime();
    Process process = builder.start();
    process.getOutputStream().close();
    int status = process.waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    String text = Files.readString(said);
    Files.delete(said);
    if (status != 0 && !text.contains("no such file")) {
      throw new IllegalStateException(String.join(" ", command) + ": " + text);
    }
    return seconds;
  }

  /** The seconds of the last of some equal commands in one shell, from its line to its end. */
  private double warm(String name, List<String> words) throws IOException, InterruptedException {
    String line = "'" + String.join("' '", words) + "'\n";
    Process shell =
        ofAPerson(List.of(foldwise.toString(), "--master", "local[2]", "shell"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    double seconds = Double.NaN;
    try (InputStream out = shell.getInputStream()) {
      for (int time = 0; time < WARM; time++) {
        long start = System.nanoTime();
        shell.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
        awaitSummary(out);
        seconds = (System.nanoTime() - start) / 1e9;
      }
      shell.getOutputStream().close();
    }
    shell.waitFor();
    stage.progress("%-48s %7.2f s".formatted(name + ", in the shell", seconds));
    return seconds;
  }

  /** Reads to the end of the last line of a summary. */
  private static void awaitSummary(InputStream out) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = out.read(); read >= 0; read = out.read()) {
      if (read != '\n') {
        line.append((char) read);
      } else if (line.toString().startsWith("written ")) {
        return;
      } else {
        line.setLength(0);
      }
    }
    throw new IOException("the shell ended too soon");
  }

  /** As the launcher would start it, but without any of ours. */
  private List<String> bare(String rows) {
    String classPath =
        System.getenv("SPARK_HOME") + "/jars/*:" + root.resolve("target/test-classes");
    List<String> command =
        new ArrayList<>(new DriverJvm(classPath, BareScan.class.getName(), root).command(root));
    command.add(rows);
    return command;
  }

  /** A Spark program that sums every column of a Parquet file. */
  static final class BareScan {
    private BareScan() {}

    /** Runs it on the one path that it is given. */
    public static void main(String[] words) {
      SparkSession spark = SparkSession.builder().appName("scan").getOrCreate();
      spark.read().parquet(words[0]).createOrReplaceTempView("rows");
      String sums =
          Stream.of(spark.table("rows").columns())
              .map("sum(%s)"::formatted)
              .collect(Collectors.joining(", "));
      System.out.println(spark.sql("SELECT " + sums + " FROM rows").head());
      spark.stop();
    }
  }

  /** The seconds of the same quiz in Python, reading its libraries included. */
  private Optional<Double> sklearn() throws IOException, InterruptedException {
    if (!SklearnSearch.isInstalled()) {
      return Optional.empty();
    }
    Path script = stage.options().work().resolve("sklearn_quiz.py");
    try (InputStream source =
        Objects.requireNonNull(Start.class.getResourceAsStream("/benchmark/sklearn_quiz.py"))) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
    }
    String data = root.resolve("data/quiz_data.pkl").toString();
    return Optional.of(
        median("scikit-learn on the quiz", List.of("/usr/bin/python3", script.toString(), data)));
  }
}
