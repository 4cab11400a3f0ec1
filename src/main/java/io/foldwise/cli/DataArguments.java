package io.foldwise.cli;

import static java.util.Map.entry;

import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.spark.data.fold.AssignmentOptions;
import io.foldwise.spark.data.fold.FoldStrategy;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.Preparation;
import io.foldwise.spark.data.schema.Header;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.data.schema.TestSource;
import io.foldwise.spark.data.source.Dialect;
import io.foldwise.spark.data.source.Format;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options about data, folds and test rows, read and checked before any data is. */
final class DataArguments {
  private static final Map<String, Optional<Format>> FORMATS =
      Settings.autoOr(Format.all(), Format::option);
  private static final Map<String, Header> HEADERS =
      Settings.words(
          entry("true", Header.TRUE), entry("false", Header.FALSE), entry("auto", Header.AUTO));
  private static final Map<String, FoldStrategy> STRATEGIES =
      Settings.words(FoldStrategy.named(), FoldStrategy::option);
  private static final Map<String, Preparation.Missing> MISSING =
      Settings.words(List.of(Preparation.Missing.values()), Preparation.Missing::option);
  private static final Map<String, TestSource.Split> SPLITS =
      Settings.words(
          entry("random", TestSource.Split.RANDOM), entry("tail", TestSource.Split.TAIL));

  private final Settings settings;

  DataArguments(Settings settings) {
    this.settings =
        settings
            .withOneOf(Options.TEST_DATA, Options.TEST_FRACTION)
            .withOneOf(Options.FOLD_COLUMN, Options.FOLDS)
            .withOneOf(Options.FOLD_COLUMN, Options.FOLD_STRATEGY)
            .withOneOf(Options.FOLD_COLUMN, Options.TIME)
            .withOneOf(Options.FOLD_COLUMN, Options.PURGE);
  }

  /** The options of the data and of what its columns mean, with labels of that kind. */
  DataOptions data(Labels kind) {
    return checked(
        new DataOptions(
            settings.required(Options.DATA),
            format(),
            dialect(),
            dimensions(),
            roles(kind),
            preparation(),
            test()));
  }

  private DataOptions.Roles roles(Labels kind) {
    return new DataOptions.Roles(
        new DataOptions.Label(
            settings.text(Options.LABEL),
            settings.text(Options.POSITIVE),
            kind,
            settings.text(Options.LABELS)),
        settings
            .text(Options.FEATURES)
            .map(text -> names(Options.FEATURES, text))
            .orElse(List.of()),
        settings.text(Options.WEIGHT),
        settings.text(Options.ID),
        settings.text(Options.GROUP),
        settings.text(Options.FOLD_COLUMN).or(() -> settings.text(Options.TIME)));
  }

  private Preparation preparation() {
    boolean dropsFirst = settings.flag(Options.DROP_FIRST);
    Optional<String> categorical = settings.text(Options.CATEGORICAL);
    if (dropsFirst && categorical.isEmpty()) {
      throw new InvalidInputException(
          "'drop-first' needs 'categorical': say which columns are encoded");
    }
    return new Preparation.Asked(
        categorical.map(
            text -> text.equals("auto") ? List.<String>of() : names(Options.CATEGORICAL, text)),
        dropsFirst ? Preparation.Levels.WITHOUT_FIRST : Preparation.Levels.ALL,
        settings.choice(Options.MISSING, MISSING).orElse(Preparation.Missing.REFUSE),
        settings.text(Options.DATE).map(DataArguments::dates).orElse(Map.of()));
  }

  /** Columns of dates, each with its pattern, which may be empty. */
  private static Map<String, String> dates(String text) {
    Map<String, String> dates = new LinkedHashMap<>();
    for (String word : names(Options.DATE, text)) {
      int colon = word.indexOf(':');
      dates.put(
          colon < 0 ? word : word.substring(0, colon), colon < 0 ? "" : word.substring(colon + 1));
    }
    return dates;
  }

  private Optional<Integer> dimensions() {
    return settings.whole(Options.DIMENSIONS, 1).map(d -> (int) Math.min(Integer.MAX_VALUE, d));
  }

  /** The options of the data, whatever its columns mean. */
  DataOptions table() {
    DataOptions table = DataOptions.of(settings.required(Options.DATA)).with(dialect());
    return checked(format().map(table::with).orElse(table));
  }

  private static DataOptions checked(DataOptions options) {
    DataLoader.check(InputFile::hadoop, options);
    return options;
  }

  private Optional<Format> format() {
    return settings.choice(Options.FORMAT, FORMATS).flatMap(format -> format);
  }

  private Dialect dialect() {
    return new Dialect(
        settings.choice(Options.HEADER, HEADERS).orElse(Header.AUTO),
        settings.text(Options.SEPARATOR).filter(word -> !word.equals("auto")).map(this::separator),
        settings.flag(Options.DECIMAL_COMMA) ? ',' : '.',
        settings.text(Options.COMMENT).filter(word -> !word.equals("auto")).map(this::comment),
        settings.text(Options.ENCODING).map(this::encoding).orElse(StandardCharsets.UTF_8),
        Set.copyOf(missingValues()));
  }

  /** What stands for a missing cell, beside an empty one. */
  List<String> missingValues() {
    return settings
        .text(Options.MISSING_VALUES)
        .map(text -> names(Options.MISSING_VALUES, text))
        .orElse(List.of());
  }

  private char separator(String word) {
    return switch (word) {
      case "tab", "\\t" -> '\t';
      case "blanks", " " -> Dialect.BLANKS;
      default -> character(Options.SEPARATOR, word, "auto, tab, blanks or one character");
    };
  }

  private String comment(String word) {
    return word.equals("none")
        ? ""
        : String.valueOf(character(Options.COMMENT, word, "auto, none or one character"));
  }

  private static char character(Option option, String word, String bound) {
    if (word.length() != 1) {
      throw Settings.refusal(option, word, bound);
    }
    return word.charAt(0);
  }

  private Charset encoding(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException unknown) {
      throw Settings.refusal(
          Options.ENCODING, name, "the name of an encoding, such as utf-8, windows-1252 or euc-kr");
    }
  }

  /** How rows are dealt in the first repeat, to be trained on with a loss. */
  AssignmentOptions folds(long seed, Loss loss) {
    if (settings.text(Options.FOLD_COLUMN).isPresent()) {
      return AssignmentOptions.byColumn(seed);
    }
    boolean grouped = settings.text(Options.GROUP).isPresent();
    boolean timed = settings.text(Options.TIME).isPresent();
    FoldStrategy strategy =
        settings
            .choice(Options.FOLD_STRATEGY, STRATEGIES)
            .orElse(
                timed
                    ? FoldStrategy.time()
                    : grouped ? FoldStrategy.group() : FoldStrategy.of(loss));
    if (strategy.isOfTimes() != timed) {
      throw new InvalidInputException(
          timed
              ? "'time' needs 'fold-strategy' time, not %s: keep one".formatted(strategy.option())
              : "'fold-strategy' (time) needs a column of times: name it with --time");
    }
    if (strategy.isOfGroups() && !grouped) {
      throw new InvalidInputException(
          "'fold-strategy' (group) needs a column of groups: name it with --group");
    }
    long folds = settings.whole(Options.FOLDS, 2).orElse((long) AssignmentOptions.DEFAULT_FOLDS);
    if (folds > Integer.MAX_VALUE) {
      throw Settings.refusal(Options.FOLDS, Long.toString(folds), "<= " + Integer.MAX_VALUE);
    }
    FoldStrategy dealt = settings.number(Options.PURGE).map(strategy::purged).orElse(strategy);
    return AssignmentOptions.of((int) folds, dealt, seed);
  }

  private TestSource test() {
    Optional<TestSource.Split> split = settings.choice(Options.TEST_SPLIT, SPLITS);
    Optional<Double> fraction = settings.number(Options.TEST_FRACTION);
    if (fraction.isPresent()) {
      return new TestSource.Fraction(fraction.get(), split.orElse(TestSource.Split.RANDOM));
    }
    if (split.isPresent()) {
      throw new InvalidInputException(
          "'test-split' needs 'test-fraction': say how much of the data is for testing");
    }
    Optional<String> labels = settings.text(Options.TEST_LABELS);
    if (labels.isPresent() && settings.text(Options.TEST_DATA).isEmpty()) {
      throw new InvalidInputException(
          "'test-labels' (%s) needs 'test-data': name the file of the features"
              .formatted(labels.get()));
    }
    return settings
        .text(Options.TEST_DATA)
        .<TestSource>map(path -> new TestSource.Separate(path, labels))
        .orElse(new TestSource.Own());
  }

  private static List<String> names(Option option, String text) {
    List<String> names = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (names.contains("")) {
      throw Settings.refusal(option, text, "words divided by commas, none of them empty");
    }
    return names;
  }
}
