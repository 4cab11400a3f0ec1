package io.foldwise.benchmark;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.engine.plan.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * What is checked, on what, and where it goes: {@code WORK --out FILE.md [PART ...] [OPTION ...]};
 * the last of several values holds.
 */
@Command(name = "gpu-check")
final class GpuCheckOptions {
  private static final int LEAST_ROWS = 100;
  private static final long MOST_ROWS = 1_000_000_000;
  private static final String USAGE =
      "submit/gpu-check [contracts|losses|timings ...] [--quick] [--on-cpu] [--out FILE.md]"
          + " [--rows N] [--tests REGEX]";

  /** What can be asked for; that SQL is on the GPU at all is asked first, whatever is. */
  enum Part {
    CONTRACTS,
    LOSSES,
    TIMINGS
  }

  /** Where the SQL engine runs that is checked. */
  enum Processor {
    GPU("SQL on the GPU", Device.Use.GPU),
    /** To try the check itself, without the plugin. */
    CPU("SQL on the CPU, **in the GPU's place**", Device.Use.CPU);

    private final String label;
    private final Device.Use use;

    Processor(String label, Device.Use use) {
      this.label = label;
      this.use = use;
    }

    String label() {
      return label;
    }

    Device device() {
      return new Device(use, "");
    }
  }

  /**
   * How much is timed.
   *
   * @param unit rows of the smallest cases; the others have 10 and 100 times as many
   * @param most times the unit: larger cases are left out
   * @param rounds of which the median is taken
   */
  record Size(long unit, int most, int rounds) {
    static final long JUDGED_UNIT = 1_000_000;

    /** Whether there are rows enough for the bound to be meant. */
    boolean isJudged() {
      return unit >= JUDGED_UNIT;
    }
  }

  @Parameters(index = "0", paramLabel = "WORK")
  private Path work;

  @Parameters(index = "1..*", paramLabel = "PART")
  private List<Part> parts = List.of();

  @Option(names = "--quick")
  private boolean quick;

  @Option(names = "--on-cpu")
  private boolean onCpu;

  @Option(names = "--rows", paramLabel = "N")
  private Long rows;

  @Option(names = "--tests", paramLabel = "REGEX")
  private Pattern tests;

  @Option(names = "--out", required = true, paramLabel = "FILE.md")
  private Path out;

  private GpuCheckOptions() {}

  /**
   * Reads the command line.
   *
   * @throws InvalidInputException in one line with the usage, if it is another
   */
  static GpuCheckOptions parse(String... words) {
    GpuCheckOptions options = new GpuCheckOptions();
    try {
      new CommandLine(options)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setOverwrittenOptionsAllowed(true)
          .parseArgs(words);
    } catch (CommandLine.UnmatchedArgumentException unknown) {
      throw new InvalidInputException(
          "'%s' is unknown; usage: %s".formatted(unknown.getUnmatched().get(0), USAGE));
    } catch (CommandLine.ParameterException unreadable) {
      throw new InvalidInputException(
          unreadable.getMessage().lines().findFirst().orElseThrow() + "; usage: " + USAGE);
    }
    options.checkRows();
    return options;
  }

  private void checkRows() {
    if (rows != null && (rows < LEAST_ROWS || rows > MOST_ROWS)) {
      throw new InvalidInputException(
          "'rows' (%d) must be between %d, for folds and minibatches not to be empty, and %,d"
              .formatted(rows, LEAST_ROWS, MOST_ROWS));
    }
  }

  /** In the order in which they run. */
  List<Part> parts() {
    return parts.isEmpty() ? List.of(Part.values()) : parts.stream().distinct().sorted().toList();
  }

  Processor processor() {
    return onCpu ? Processor.CPU : Processor.GPU;
  }

  Size size() {
    long unit = rows == null ? Size.JUDGED_UNIT : rows;
    return new Size(unit, quick || rows != null ? 1 : 100, quick ? 3 : 5);
  }

  /** Folder of the data, which are removed after each case. */
  Path work() {
    return work;
  }

  /** The table's file. */
  Path out() {
    return out;
  }

  /** Simple names of the classes of the contract suite. */
  Pattern tests() {
    if (tests != null) {
      return tests;
    }
    return Pattern.compile(quick ? "SqlMomentsTest" : "Sql\\w*Test|LossColumnsTest");
  }
}
