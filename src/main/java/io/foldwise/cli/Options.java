package io.foldwise.cli;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Axis;
import io.foldwise.spark.data.fold.FoldStrategy;
import io.foldwise.spark.data.source.Format;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every option of every command, in the groups that help prints. */
final class Options {
  private static final String METRICS =
      Metric.all().stream().map(Metric::label).collect(Collectors.joining("|"));

  private static final String STRATEGIES =
      FoldStrategy.named().stream().map(FoldStrategy::option).collect(Collectors.joining("|"));
  private static final String STRATEGIES_ARE =
      FoldStrategy.named().stream()
          .map(strategy -> strategy.option() + ": " + strategy.about())
          .collect(Collectors.joining(", "));
  private static final String LOSSES =
      Loss.kinds().stream().map(Loss::label).collect(Collectors.joining("|"));

  private static final String FORMATS =
      "auto|" + Format.all().stream().map(Format::option).collect(Collectors.joining("|"));

  static final Option CONFIG =
      Option.of(
          "config",
          "FILE.yaml",
          "a file of options by the same names; the command line wins (default: none)");

  static final Option DATA =
      Option.path(
          "data",
          "PATH",
          "a file, a folder of files, a glob, table:NAME or jdbc:URL#TABLE (required)");
  static final Option FORMAT =
      Option.of(
          "format",
          FORMATS,
          "file type (default auto: by the suffix, else by how the file begins)");
  static final Option HEADER =
      Option.of(
          "header",
          "true|false|auto",
          "whether csv files begin with names; auto (default) refuses what looks like none");
  static final Option SEPARATOR =
      Option.of(
          "separator",
          "auto|tab|blanks|CHARACTER",
          "what stands between the cells of csv files (default auto: the first lines tell it, of"
              + " , ; tab | and blanks)");
  static final Option DECIMAL_COMMA =
      Option.flag("decimal-comma", "numbers of csv files have a decimal comma (default: a point)");
  static final Option COMMENT =
      Option.of(
          "comment",
          "auto|none|CHARACTER",
          "what lines of csv files begin with that are no rows (default auto: # where the file begins"
              + " with it)");
  static final Option ENCODING =
      Option.of(
          "encoding",
          "NAME",
          "encoding of csv files, such as windows-1252 or euc-kr (default utf-8)");
  static final Option MISSING_VALUES =
      Option.of(
          "missing-values",
          "A,B",
          "what stands for a missing cell of csv files, such as NA,? (default: only empty cells)");
  static final Option DIMENSIONS =
      Option.of("dimensions", "N", "features of libsvm rows (default: the data's largest index)");
  static final Option LABEL = Option.of("label", "NAME", "column to predict (default: y or label)");
  static final Option LABELS =
      Option.path(
          "labels",
          "PATH",
          "file of the labels, row by row beside the rows of --data, as in X.npy and y.npy (default:"
              + " the data hold them)");
  static final Option POSITIVE =
      Option.of(
          "positive",
          "VALUE",
          "the label that counts as 1, all others as 0 (default: the second of two classes)");
  static final Option FEATURES =
      Option.of(
          "features", "A,B", "columns to predict from (default: all that have no other role)");
  static final Option WEIGHT =
      Option.of("weight", "NAME", "column of row weights, >= 0 (default: every row weighs 1)");
  static final Option ID =
      Option.of(
          "id",
          "NAME",
          "column that identifies each row: texts or numbers (default: all columns together)");
  static final Option GROUP =
      Option.of(
          "group", "NAME", "column of groups: rows of one group share a fold (default: no groups)");

  static final Option CATEGORICAL =
      Option.of(
          "categorical",
          "auto|A,B",
          "columns to one-hot encode, a column of 0 and 1 for each value; auto: all of text with at"
              + " most 20 values (default: none)");
  static final Option DROP_FIRST =
      Option.flag("drop-first", "with --categorical: no column for the first value (default: all)");
  static final Option MISSING =
      Option.of(
          "missing",
          "refuse|drop|mean|median|indicator",
          "missing cells: refuse them (default), drop their rows, fill numbers with the mean or the"
              + " median of each fold's training rows, or with one mean and let a column of its own"
              + " say where");
  static final Option DATE =
      Option.of(
          "date",
          "A,B:PATTERN",
          "columns of dates or times, as ISO 8601 or a pattern of Spark: days since 1970 (default:"
              + " none)");

  static final Option TEST_DATA =
      Option.path(
          "test-data",
          "PATH",
          "rows to score the chosen model on (default: the test arrays of a pickle, or none)");
  static final Option TEST_LABELS =
      Option.path(
          "test-labels",
          "PATH",
          "file of the labels of --test-data, row by row (default: the test data hold them)");
  static final Option TEST_FRACTION =
      Option.of("test-fraction", "F", "or a part of the data, 0 < F < 1 (default: none)");
  static final Option TEST_SPLIT =
      Option.of("test-split", "random|tail", "which part: random rows (default) or the last ones");

  static final Option FOLDS = Option.of("folds", "K", "number of folds, >= 2 (default 5)");
  static final Option FOLD_STRATEGY =
      Option.of(
          "fold-strategy",
          STRATEGIES,
          "how rows are dealt into folds (default random, with --group group, for classes stratified): "
              + STRATEGIES_ARE);
  static final Option TIME =
      Option.of(
          "time",
          "NAME",
          "column of times, numbers or dates from the year down: folds are runs of time, each scored"
              + " by models of earlier ones (default: none)");
  static final Option PURGE =
      Option.of(
          "purge",
          "N",
          "rows just before a fold that are not trained on where it is scored, since their labels reach"
              + " into it: with --fold-strategy forward so many rows, with --time those of so much time,"
              + " in days where times are dates (default 0)");
  static final Option FOLD_COLUMN =
      Option.of("fold-column", "NAME", "column that says each row's fold (default: none)");

  static final Option LOSS = Option.of("loss", LOSSES, "what training minimises (default squared)");
  static final Option METRIC =
      Option.of(
          "metric",
          METRICS,
          "the score that ranks candidates, and after commas others to tell beside it (default: the"
              + " loss)");
  static final Option SELECT =
      Option.of(
          "select",
          "best|one-standard-error",
          "best mean score (default), or the simplest within a standard error of it");
  static final Option BASIS =
      Option.of(
          "basis",
          "chebyshev|power",
          "how x^2, x^3 are represented while training: same model, chebyshev (default) descends"
              + " faster");
  static final Option PATIENCE =
      Option.of(
          "patience",
          "N",
          "early stopping: N epochs without a better mean validation loss (default: all epochs)");
  static final Option TOLERANCE =
      Option.of("tolerance", "T", "with --patience: smaller gains do not count (default 0)");
  static final Option HALVING =
      Option.of(
          "halving",
          "N",
          "successive halving, N >= 2: after few epochs the best 1/N of the candidates go on to"
              + " N times as many (default: all train to the end)");
  static final Option INTERVAL =
      Option.of(
          "interval",
          "auto|nested|corrected|none",
          "an interval of the chosen score: by nested cross-validation (random folds, judged by the"
              + " loss), or by the corrected variance (default auto: nested for squared loss, where it"
              + " takes no training)");
  static final Option CONFIDENCE =
      Option.of(
          "confidence",
          "F",
          "the share of such intervals that hold the score on new rows, and of labels that 'errors' of"
              + " the summary tells of, 0 < F < 1 (default 0.9)");
  static final Option INIT =
      Option.path(
          "init",
          "baseline|zeros|normal|uniform|FILE",
          "initial weights (default baseline: the best constant); FILE: a run's result.json");
  static final Option REPEATS =
      Option.of("repeats", "N", "do it N times, with seeds seed, seed+1, ... (default 1)");
  static final Option SEED = Option.of("seed", "N", "random seed (default 42)");
  static final Option ENGINE =
      Option.of(
          "engine",
          "auto|moments|fused|sql",
          "how to compute: from moments (squared loss), over rows (fused), by SQL (default auto: the"
              + " cheapest)");
  static final Option MOVEMENT =
      Option.of(
          "movement",
          "auto|replicate|rotate|reduce",
          "how the fused engine brings rows and candidates together (default auto: the cheapest)");
  static final Option DEVICE =
      Option.of(
          "device",
          "auto|cpu|gpu",
          "where to train (default auto: on the CPU, as no GPU has been measured yet)");

  static final Option GRID =
      Option.of(
          "grid",
          "\"AXIS=V,V; ...\"",
          "values to try, also 1..6 and log(1e-4,1,9), with --sample uniform(0,1) and"
              + " log-uniform(1e-4,1); several --grid join (default: one candidate)");
  static final Option SAMPLE =
      Option.of(
          "sample",
          "N",
          "random search: draw N different candidates of the grid by the seed (default: try all)");
  static final List<Option> AXES = axes("VALUE");
  static final List<Option> GRID_AXES = axes("VALUE,...");

  static final Option MODEL =
      Option.path("model", "DIR", "a saved model, or the run that holds it (required)");
  static final Option FUNCTION =
      Option.of(
          "function", "linear|polynomial|logistic", "the f of y = f(x) + noise (default linear)");
  static final Option ROWS = Option.of("rows", "N", "number of rows (default 1000)");
  static final Option NOISE =
      Option.of("noise", "SD", "standard deviation of the noise (default 0.1)");
  static final Option WRITTEN_AS =
      Option.of("format", "csv|parquet", "file type to write (default: by the suffix of --out)");

  static final Option OUT =
      Option.path(
          "out",
          "DIR",
          "folder for the run, written only if the run succeeds (default: nothing is written)");
  static final Option OUT_FILE =
      Option.path("out", "FILE", "data file to write, only if all goes well (required)");
  static final Option OVERWRITE =
      Option.flag("overwrite", "replace what --out holds (default: refuse)");
  static final Option REPORT_ROWS =
      Option.of(
          "report-rows",
          "N",
          "put at most N rows, drawn at random, into report.html, for the pictures of the fit and"
              + " the sliders of losses other than squared; up to 2000 (default: none, since rows may"
              + " be private)");
  static final Option PREDICTIONS =
      Option.flag(
          "predictions",
          "write predictions.csv too: each row predicted by the model that has not seen its fold;"
              + " --id says which row is which (default: no)");
  static final Option RESIDUALS =
      Option.flag(
          "residuals",
          "keep the errors of held-out rows with the model, for predict --interval, where there are"
              + " more than 100,000 rows too: one pass more (default: only up to so many)");
  static final Option SERVE =
      Option.flag(
          "serve",
          "show the running search, then its report, in a browser on this machine, until Ctrl-C"
              + " (default: no)");
  static final Option JSON =
      Option.flag("json", "print result.json instead of the summary (default: no)");
  static final Option JSON_TEXT =
      Option.flag("json", "print JSON instead of a table (default: no)");
  static final Option QUIET = Option.flag("quiet", "print errors only (default: no)");
  static final Option VERBOSE =
      Option.flag(
          "verbose",
          "show progress, every term of the model, the engine's reason, and stack traces (default:"
              + " no)");
  static final Option VERBOSE_PROGRESS =
      Option.flag("verbose", "show progress and stack traces (default: no)");
  static final Option WAIT =
      Option.of(
          "wait", "MINUTES", "give up on a cluster that runs nothing for so long (default 10)");

  /** How files of cells are written. */
  static final List<Option> CELLS =
      List.of(HEADER, SEPARATOR, DECIMAL_COMMA, COMMENT, ENCODING, MISSING_VALUES);

  /** What is made of columns before they are features. */
  static final List<Option> MAKING = List.of(CATEGORICAL, DROP_FIRST, MISSING, DATE);

  static final List<Option> READING =
      joined(
          List.of(
              List.of(DATA, FORMAT),
              CELLS,
              List.of(DIMENSIONS, LABEL, LABELS, POSITIVE, FEATURES, WEIGHT, ID, GROUP),
              MAKING));
  static final List<Option> TESTING = List.of(TEST_DATA, TEST_LABELS, TEST_FRACTION, TEST_SPLIT);
  static final List<Option> FOLDING = List.of(FOLDS, FOLD_STRATEGY, TIME, PURGE, FOLD_COLUMN);
  static final List<Option> JUDGING =
      List.of(METRIC, SELECT, PATIENCE, TOLERANCE, HALVING, INTERVAL, CONFIDENCE);
  static final List<Option> TRAINING =
      List.of(LOSS, BASIS, INIT, REPEATS, SEED, ENGINE, MOVEMENT, DEVICE);
  static final List<Option> SAYING = List.of(JSON, QUIET, VERBOSE, WAIT);
  static final List<Option> TELLING = List.of(JSON_TEXT, QUIET, VERBOSE_PROGRESS, WAIT);

  /** Every key that a config file may hold, whatever command reads it. */
  static final Map<String, Option> BY_NAME =
      Stream.of(
              READING,
              TESTING,
              FOLDING,
              JUDGING,
              TRAINING,
              List.of(GRID, SAMPLE),
              AXES,
              SAYING,
              List.of(
                  MODEL,
                  FUNCTION,
                  ROWS,
                  NOISE,
                  OUT,
                  OVERWRITE,
                  PREDICTIONS,
                  RESIDUALS,
                  REPORT_ROWS,
                  SERVE))
          .flatMap(List::stream)
          .collect(Collectors.toMap(Option::name, option -> option));

  private Options() {}

  /** The options of several lists, in their order. */
  static List<Option> joined(List<List<Option>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  private static List<Option> axes(String parameter) {
    return Arrays.stream(Axis.values()).map(axis -> Option.of(axis, parameter)).toList();
  }

  static Option of(Axis axis) {
    return BY_NAME.get(axis.label());
  }
}
