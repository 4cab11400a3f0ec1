package io.foldwise.cli;

import io.foldwise.learn.Metric;
import io.foldwise.search.Axis;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every option of every command, in the groups that help prints. */
final class Options {
  static final Option CONFIG =
      Option.of("config", "FILE.yaml", "any of these options, by name; the command line wins");

  static final Option DATA = Option.path("data", "PATH", "a file, a directory of files or a glob");
  static final Option FORMAT =
      Option.of("format", "auto|pickle|csv|parquet|libsvm", "auto (default) goes by the suffix");
  static final Option DIMENSIONS =
      Option.of("dimensions", "N", "features of libsvm rows (default: the data's largest index)");
  static final Option LABEL =
      Option.of("label", "NAME", "the column to predict (default: y or label)");
  static final Option POSITIVE =
      Option.of("positive", "VALUE", "the label that counts as 1, all others as 0");
  static final Option FEATURES =
      Option.of("features", "A,B", "the columns to predict from (default: all others)");
  static final Option WEIGHT =
      Option.of("weight", "NAME", "the column of what each row counts, >= 0 (default: 1 each)");
  static final Option ID =
      Option.of(
          "id",
          "NAME",
          "the column that tells rows apart, numbers up to 2^53 (default: all values)");
  static final Option GROUP =
      Option.of("group", "NAME", "rows of one group share a fold; implies --fold-strategy group");

  static final Option TEST_DATA =
      Option.path("test-data", "PATH", "rows to score the chosen model on, not the data's own");
  static final Option TEST_FRACTION =
      Option.of("test-fraction", "F", "or this part of the data, 0 < F < 1");
  static final Option TEST_SPLIT =
      Option.of("test-split", "random|tail", "which part: random (default) or the last rows");

  static final Option FOLDS = Option.of("folds", "K", "number of folds, >= 2 (default 5)");
  static final Option FOLD_STRATEGY =
      Option.of("fold-strategy", "random|contiguous|stratified|group", "what decides a row's fold");
  static final Option FOLD_COLUMN =
      Option.of("fold-column", "NAME", "or a column whose values are the folds");

  static final Option LOSS =
      Option.of(
          "loss",
          "squared|absolute|huber|quantile|logistic|hinge",
          "what training minimises (default squared)");
  static final Option METRIC =
      Option.of(
          "metric",
          Arrays.stream(Metric.values()).map(Metric::label).collect(Collectors.joining("|")),
          "what ranks candidates (default: the loss)");
  static final Option SELECT =
      Option.of(
          "select", "best|one-standard-error", "best mean (default), or the simplest close to it");
  static final Option BASIS =
      Option.of("basis", "chebyshev|power", "how powers are carried (default chebyshev)");
  static final Option PATIENCE =
      Option.of("patience", "N", "stop N epochs after the best of the mean validation curve");
  static final Option TOLERANCE =
      Option.of("tolerance", "T", "with --patience: smaller improvements do not count (default 0)");
  static final Option HALVING =
      Option.of(
          "halving",
          "N",
          "successive halving: rungs of ever more epochs, each keeps the best 1/N, N >= 2");
  static final Option INIT =
      Option.path(
          "init",
          "baseline|zeros|normal|uniform|FILE",
          "where descent starts (default baseline); FILE: a result.json");
  static final Option REPEATS =
      Option.of("repeats", "N", "repeat with seeds seed, seed+1, ... (default 1)");
  static final Option SEED = Option.of("seed", "N", "of everything random (default 42)");
  static final Option ENGINE =
      Option.of(
          "engine",
          "auto|moments|fused|sql",
          "from moments (squared loss), over rows (any loss) or by SQL aggregates");
  static final Option MOVEMENT =
      Option.of(
          "movement", "auto|replicate|rotate|reduce", "how the fused engine moves rows and trials");
  static final Option DEVICE =
      Option.of(
          "device",
          "auto|cpu|gpu",
          "what trains; auto (default): a GPU where one can be used and pays");

  static final Option GRID =
      Option.of("grid", "\"AXIS=V,V; ...\"", "the values to try; also a..b and log(a,b,n)");
  static final List<Option> AXES = Arrays.stream(Axis.values()).map(Option::of).toList();

  static final Option MODEL =
      Option.path("model", "DIR", "a saved model, or the run that holds it");
  static final Option FUNCTION =
      Option.of("function", "linear|polynomial|logistic", "the f of y = f(x) + noise");
  static final Option ROWS = Option.of("rows", "N", "how many rows (default 1000)");
  static final Option NOISE = Option.of("noise", "SD", "deviation of the noise (default 0.1)");
  static final Option WRITTEN_AS =
      Option.of("format", "csv|parquet", "of what is written (default: by the suffix of --out)");

  static final Option OUT = Option.path("out", "DIR", "where the run is written; all or nothing");
  static final Option OVERWRITE = Option.flag("overwrite", "replace what is there");
  static final Option PREDICTIONS =
      Option.flag("predictions", "write out-of-fold predictions too; --id names their rows");
  static final Option JSON = Option.flag("json", "print result.json instead of the summary");
  static final Option QUIET = Option.flag("quiet", "print errors only");
  static final Option WAIT =
      Option.of(
          "wait", "MINUTES", "give up on a cluster that runs nothing for so long (default 10)");
  static final Option VERBOSE = Option.flag("verbose", "say what is going on; print stack traces");

  static final List<Option> READING =
      List.of(DATA, FORMAT, DIMENSIONS, LABEL, POSITIVE, FEATURES, WEIGHT, ID, GROUP);
  static final List<Option> TESTING = List.of(TEST_DATA, TEST_FRACTION, TEST_SPLIT);
  static final List<Option> FOLDING = List.of(FOLDS, FOLD_STRATEGY, FOLD_COLUMN);
  static final List<Option> JUDGING = List.of(METRIC, SELECT, PATIENCE, TOLERANCE, HALVING);
  static final List<Option> TRAINING =
      List.of(LOSS, BASIS, INIT, REPEATS, SEED, ENGINE, MOVEMENT, DEVICE);
  static final List<Option> SAYING = List.of(JSON, QUIET, VERBOSE, WAIT);

  /** Every key that a config file may hold, whatever command reads it. */
  static final Map<String, Option> BY_NAME =
      Stream.of(
              READING,
              TESTING,
              FOLDING,
              JUDGING,
              TRAINING,
              List.of(GRID),
              AXES,
              SAYING,
              List.of(MODEL, FUNCTION, ROWS, NOISE, OUT, OVERWRITE, PREDICTIONS))
          .flatMap(List::stream)
          .collect(Collectors.toMap(Option::name, option -> option));

  private Options() {}

  static Option of(Axis axis) {
    return BY_NAME.get(axis.label());
  }
}
