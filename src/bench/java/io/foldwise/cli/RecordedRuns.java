package io.foldwise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes down what many runs find, without what time and place add to it, so that the files of two
 * commits can be compared: {@code diff -r}. They are the same to the last bit on one machine.
 */
final class RecordedRuns {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String DIABETES = "search --data data/diabetes.csv --label target ";
  private static final String CANCER =
      "search --data data/breast_cancer.csv --label diagnosis --positive malignant ";
  private static final String OWN = "search --data %s/rows.csv --label y --features a,b,c ";

  /** One a line; those of conf/ but for the large one, whose data is not in the repository. */
  private static final List<String> RUNS =
      List.of(
          "search --config conf/quiz.yaml",
          "search --config conf/linear.yaml",
          "search --config conf/housing.yaml",
          "search --config conf/cancer.yaml",
          "fit --data data/phones.csv --label calls --loss huber",
          "fit --data data/phones.csv --label calls --loss absolute --optimizer exact",
          "fit --data data/housing.csv --label price --degree 2 --basis power",
          "fit --data data/diabetes.csv --label target --metric mae --init zeros",
          DIABETES + "--optimizer sgd,momentum,nesterov,adagrad,rmsprop,adam,exact",
          DIABETES + "--l1 0,0.5 --l2 0,0.01 --optimizer exact --select one-standard-error",
          DIABETES + "--degree 1,2 --batch-size 7,64,full --schedule constant,cosine",
          DIABETES + "--schedule inverse-scaling(0.5),exponential(0.9) --learning-rate 0.01",
          DIABETES + "--patience 3 --epochs 200 --learning-rate 0.01,0.05",
          DIABETES + "--halving 3 --learning-rate log(1e-4,1e-1,9)",
          DIABETES + "--loss huber --delta 20,auto --movement replicate",
          DIABETES + "--loss quantile --tau 0.1,0.9 --movement rotate --epochs 20",
          DIABETES + "--loss absolute --movement reduce --epochs 3 --batch-size 100",
          DIABETES + "--loss huber --engine sql --epochs 2 --batch-size full",
          DIABETES + "--engine sql --degree 1,2",
          DIABETES + "--engine fused --movement replicate --learning-rate 0.05",
          DIABETES + "--metric mae --test-fraction 0.2 --repeats 3",
          DIABETES + "--metric r2 --fold-strategy contiguous --test-fraction 0.1 --test-split tail",
          DIABETES + "--learning-rate 0.01,5 --standardize true,false --fit-intercept true,false",
          DIABETES + "--features bmi,bp --optimizer exact --folds 442",
          CANCER + "--loss logistic --optimizer sgd,nesterov,adam --metric auc",
          CANCER + "--loss logistic --optimizer exact --l1 0.01 --l2 0.01 --folds 3",
          CANCER + "--loss hinge --fold-strategy stratified --l2 0.001,0.01",
          CANCER + "--loss hinge --optimizer exact --l2 0.01 --metric f1",
          OWN + "--weight w --optimizer sgd,exact --l2 0,0.1",
          OWN + "--weight w --loss huber --optimizer nesterov,exact",
          OWN + "--group g --fold-strategy group --folds 4 --seed 7",
          OWN + "--fold-column f --loss absolute --optimizer sgd,exact",
          OWN + "--id id --init uniform --repeats 2 --degree 1..3",
          "search --data %s/sparse.libsvm --optimizer sgd,exact --l2 0.01",
          "search --data %s/sparse.libsvm --loss logistic --positive 1 --movement replicate",
          "search --data %s/sparse.libsvm --loss huber --movement rotate --epochs 10",
          "search --data %s/many.csv --folds 3 --learning-rate 0.01,auto --epochs 5",
          "search --data %s/many.csv --folds 3 --fold-strategy stratified --loss logistic"
              + " --label k --features a,b --epochs 3");

  private RecordedRuns() {}

  public static void main(String[] words) throws IOException {
    Path folder = Files.createDirectories(Path.of(words[0]));
    Path work = Files.createTempDirectory("recorded");
    write(work);
    for (int at = 0; at < RUNS.size(); at++) {
      record(RUNS.get(at).formatted(work), work.resolve("run-" + at), folder.resolve("run-" + at));
    }
  }

  private static void record(String words, Path run, Path record) throws IOException {
    List<Object> args = new ArrayList<>(Arrays.asList((Object[]) words.split(" ")));
    args.addAll(List.of("--predictions", "--out", run));
    if (words.startsWith("fit")) {
      args.remove("--predictions");
    }
    Outcome outcome = Outcome.of(args.toArray());
    Files.createDirectories(record);
    Files.writeString(record.resolve("said.txt"), said(words, outcome, run));
    if (outcome.status() != 0) {
      return;
    }
    JsonNode result = MAPPER.readTree(run.resolve("result.json").toFile());
    ((ObjectNode) result).remove(List.of("timings", "version"));
    ((ObjectNode) result.get("repeats")).remove("fitMillis");
    Files.writeString(record.resolve("result.json"), result.toPrettyString());
    Files.write(record.resolve("candidates.csv"), withoutSeconds(run.resolve("candidates.csv")));
    for (String same : List.of("curves.csv", "predictions.csv")) {
      if (Files.exists(run.resolve(same))) {
        Files.copy(run.resolve(same), record.resolve(same));
      }
    }
  }

  /** Times and folders told apart from the rest. */
  private static String said(String words, Outcome outcome, Path run) {
    String text = outcome.status() + "\n" + outcome.out() + outcome.err();
    return (words + "\n" + text)
        .replace(run.getParent().toString(), "WORK")
        .replaceAll("(?m)^fit .*$", "fit");
  }

  /** The last column. */
  private static List<String> withoutSeconds(Path csv) throws IOException {
    return Files.readAllLines(csv).stream().map(row -> row.replaceAll(",[^,]*$", "")).toList();
  }

  private static void write(Path work) throws IOException {
    Random random = new Random(1);
    Files.write(
        work.resolve("rows.csv"), lines("id,a,b,c,w,g,f,y", 300, i -> dense(i, random)).toList());
    Files.write(work.resolve("many.csv"), lines("a,b,y,k", 130_000, i -> many(random)).toList());
    Files.write(
        work.resolve("sparse.libsvm"),
        IntStream.range(0, 400).mapToObj(i -> sparse(random)).toList());
  }

  private static Stream<String> lines(
      String header, int rows, java.util.function.IntFunction<String> row) {
    return Stream.concat(Stream.of(header), IntStream.range(0, rows).mapToObj(row));
  }

  private static String dense(int i, Random random) {
    double a = random.nextGaussian();
    double b = 5 + random.nextGaussian();
    double c = a + random.nextGaussian() / 10;
    double y = 1 + a - 2 * b + c * c + random.nextGaussian();
    return "r%d,%s,%s,%s,%d,g%d,%d,%s".formatted(i, a, b, c, i % 4, i % 17, random.nextInt(3), y);
  }

  private static String many(Random random) {
    double a = random.nextGaussian();
    double b = random.nextGaussian();
    double y = a - b + random.nextGaussian();
    return "%s,%s,%s,%d".formatted(a, b, y, y > 0 ? 1 : 0);
  }

  private static String sparse(Random random) {
    StringBuilder line = new StringBuilder();
    double sum = 0;
    for (int j = 1; j <= 50; j++) {
      if (random.nextInt(10) == 0) {
        double value = random.nextInt(5);
        sum += j % 2 == 0 ? value : -value;
        line.append(' ').append(j).append(':').append(value);
      }
    }
    return (sum + random.nextGaussian() > 0 ? 1 : 0) + line.toString();
  }
}
