package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad usage: one line, status 2, nothing written. */
class UsageRefusalTest {
  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void writeData() throws IOException {
    data = Files.writeString(folder.resolve("data.csv"), "x,y\n1,2\n2,4\n3,5\n4,9\n");
  }

  static Stream<Arguments> badValues() {
    return Stream.of(
        arguments("--folds", "0", "'folds' (0) must be a whole number >= 2"),
        arguments("--folds", "1", "'folds' (1) must be a whole number >= 2"),
        arguments("--folds", "-3", "'folds' (-3) must be a whole number >= 2"),
        arguments("--folds", "2.5", "'folds' (2.5) must be a whole number >= 2"),
        arguments("--folds", "5", "'folds' (5) must be <= rows (4): a fold would be empty"),
        arguments(
            "--test-fraction",
            "1.5",
            "'test-fraction' (1.5) must be > 0 and < 1: both sets need rows"),
        arguments("--test-fraction", "half", "'test-fraction' (half) must be a number"),
        arguments(
            "--test-split",
            "tail",
            "'test-split' needs 'test-fraction': say how much of the data is for testing"),
        arguments(
            "--fold-strategy",
            "block",
            "'fold-strategy' (block) must be one of random, contiguous, forward, time, stratified, group"),
        arguments(
            "--fold-strategy",
            "group",
            "'fold-strategy' (group) needs a column of groups: name it with --group"),
        arguments(
            "--format",
            "xyz",
            "'format' (xyz) must be one of auto, pickle, npy, npz, csv, parquet, orc, json, libsvm"),
        arguments(
            "--loss",
            "log",
            "'loss' (log) must be one of squared, absolute, huber, quantile, epsilon-insensitive,"
                + " poisson, gamma, tweedie, logistic, hinge, squared-hinge, softmax, ovr-hinge, ovr-squared-hinge"),
        arguments(
            "--metric",
            "gini",
            "'metric' (gini) must be one of mse, mae, huber, pinball, epsilon-insensitive,"
                + " poisson-deviance, gamma-deviance, tweedie-deviance, rmse, r2, max-error, log-loss,"
                + " hinge, squared-hinge, ovr-hinge, ovr-squared-hinge, accuracy, f1, macro-f1, auc"),
        arguments(
            "--metric",
            "auc",
            "'metric' (auc) is for labels that are 0 or 1, and 'loss' is squared: take"
                + " mse, rmse, mae, r2"),
        arguments("--select", "worst", "'select' (worst) must be one of best, one-standard-error"),
        arguments("--basis", "fourier", "'basis' (fourier) must be one of chebyshev, power"),
        arguments("--engine", "gpu", "'engine' (gpu) must be one of auto, moments, fused, sql"),
        arguments("--device", "tpu", "'device' (tpu) must be one of auto, cpu, gpu"),
        arguments(
            "--device",
            "gpu",
            "'device' (gpu) is out of reach: Spark runs already, without RAPIDS' plugin; leave out"
                + " --device"),
        arguments("--repeats", "0", "'repeats' (0) must be a whole number >= 1"),
        arguments("--seed", "x", "'seed' (x) must be a whole number"),
        arguments("--patience", "0", "'patience' (0) must be a whole number >= 1"),
        arguments(
            "--tolerance",
            "0.1",
            "'tolerance' needs 'patience': say how many epochs to wait for an improvement"),
        arguments("--learning-rate", "0", "'learning-rate' (0) must be a number > 0, or auto"),
        arguments("--degree", "0", "'degree' (0) must be a whole number >= 1"),
        arguments(
            "--optimizer",
            "lbfgs",
            "'optimizer' (lbfgs) must be sgd, momentum, nesterov, adagrad, rmsprop, adam or exact"),
        arguments("--grid", "l2=-1", "'l2' (-1) must be a number >= 0"),
        arguments("--grid", "depth=3", "'grid' has no axis 'depth': the axes are " + axes()),
        arguments(
            "--init",
            "ones",
            "'init' (ones) must be baseline, zeros, normal, uniform or a file, and no such file"
                + " exists"),
        arguments(
            "--features",
            "x,,z",
            "'features' (x,,z) must be words divided by commas, none of them empty"),
        arguments(
            "--quiet",
            "yes",
            "unexpected word 'yes' after search: options start with --, and a value with blanks"
                + " needs quotes"));
  }

  @Test
  void forwardChainingTakesThreeFoldsOrMore() {
    Outcome.of("search", "--data", data, "--fold-strategy", "forward", "--folds", "2")
        .assertRefused(
            2,
            "'folds' (2) must be >= 3 where 'fold-strategy' is forward: the first is never held"
                + " out, and one other has no standard error");
  }

  @ParameterizedTest
  @MethodSource("badValues")
  void aBadValueIsRefused(String option, String value, String line) {
    Path out = folder.resolve("run");
    Outcome.of("search", "--data", data, "--out", out, option, value).assertRefused(2, line);
    assertFalse(Files.exists(out));
  }

  @Test
  void aCommandIsNeeded() {
    Outcome.of().assertRefused(2, "a command is missing: name one of " + commands());
  }

  @Test
  void anUnknownCommandIsRefusedWithTheKnownOnes() {
    Outcome.of("train")
        .assertRefused(
            2, "unknown command 'train': did you mean 'fit'? the commands are " + commands());
  }

  @Test
  void anUnknownOptionLikeNoneSaysWhereTheKnownOnesAre() {
    Outcome.of("search", "--data", data, "--colour", "red")
        .assertRefused(
            2, "unknown option '--colour' of search: 'foldwise search --help' lists them");
  }

  @Test
  void dataAreNeeded() {
    Outcome.of("search")
        .assertRefused(
            2,
            "'data' is missing: give --data PATH, a file, a folder of files, a glob, table:NAME or jdbc:URL#TABLE");
  }

  @Test
  void anOptionNeedsItsValue() {
    Outcome.of("search", "--data").assertRefused(2, "'data' has no value: write --data PATH");
  }

  @Test
  void anOptionStandsOnce() {
    Outcome.of("search", "--folds", "2", "--folds", "3")
        .assertRefused(2, "'folds' is given twice: keep one");
  }

  @Test
  void anAxisStandsInTheGridOrAlone() {
    Outcome.of("search", "--data", data, "--grid", "l2=0,1", "--l2", "3")
        .assertRefused(2, "'l2' is given both in 'grid' and as an option of its own: keep one");
  }

  @Test
  void testRowsComeFromOnePlace() {
    Outcome.of("search", "--data", data, "--test-data", data, "--test-fraction", "0.5")
        .assertRefused(2, "'test-data' and 'test-fraction' exclude each other: keep one");
  }

  @Test
  void fitTakesOneCandidate() {
    Outcome.of("fit", "--data", data, "--degree", "1..3")
        .assertRefused(2, "'fit' takes one value an axis, and these make 3 candidates: use search");
  }

  @Test
  void anExistingRunIsLeftAlone() throws IOException {
    Path out = Files.createDirectory(folder.resolve("run"));
    Files.writeString(out.resolve("notes.txt"), "mine");
    Outcome.of("search", "--data", data, "--folds", "2", "--out", out)
        .assertRefused(2, "'out' (" + out + ") exists: choose another or add --overwrite");
    Outcome.of("search", "--data", data, "--folds", "2", "--out", out, "--overwrite")
        .assertRefused(
            2,
            "'out' ("
                + out
                + ") holds what foldwise did not write, which --overwrite would delete: choose another");
    assertEquals("mine", Files.readString(out.resolve("notes.txt")));
  }

  @Test
  void aRunCannotLieBelowAFile() {
    Outcome.of("search", "--data", data, "--out", data.resolve("run"))
        .assertRefused(
            2, "'out' (" + data.resolve("run") + ") lies below '" + data + "', which is a file");
  }

  @Test
  void aModelMustExist() {
    Outcome.of("evaluate", "--model", folder.resolve("none"), "--data", data)
        .assertRefused(
            2,
            "'model' ("
                + folder.resolve("none")
                + "): no such directory: name a run or a saved model");
  }

  @Test
  void aFolderWithoutModelIsRefused() {
    Outcome.of("evaluate", "--model", folder, "--data", data)
        .assertRefused(
            2,
            "'model' ("
                + folder
                + ") holds no model of Foldwise: name a run, or the folder 'model' in it");
  }

  @Test
  void helpGoesToStandardOutput() {
    Outcome help = Outcome.of("search", "--help").succeeded();
    assertTrue(help.out().contains("--learning-rate"));
    assertTrue(Outcome.of("--version").succeeded().out().startsWith("foldwise "));
  }

  private static String commands() {
    return "search, fit, evaluate, predict, inspect, generate, explain, report, compare,"
        + " lecture, shell, completion";
  }

  private static String axes() {
    return "learning-rate, schedule, optimizer, momentum, l1, l2, batch-size, epochs, degree,"
        + " fit-intercept, standardize, delta, tau, epsilon, power";
  }
}
