package io.foldwise.cli;

import static java.util.Map.entry;

import io.foldwise.spark.data.generate.GeneratedData;
import io.foldwise.spark.data.generate.Generator;
import io.foldwise.spark.data.generate.GeneratorOptions;
import io.foldwise.spark.data.generate.GeneratorOptions.Shape;
import io.foldwise.spark.data.generate.WrittenFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes data y = f(x) + noise whose f is known. */
final class GenerateCommand implements Command {
  private static final Option FORMAT =
      Option.of(
          "format", "csv|parquet|pickle", "file type to write (default: by the suffix of --out)");
  private static final Option FEATURES =
      Option.of("features", "D", "number of features (default 1)");
  private static final Map<String, Shape> SHAPES =
      Settings.words(
          entry("linear", Shape.LINEAR),
          entry("polynomial", Shape.POLYNOMIAL),
          entry("logistic", Shape.LOGISTIC));
  private static final Map<String, WrittenFormat> FORMATS =
      Settings.words(List.of(WrittenFormat.values()), WrittenFormat::option);

  @Override
  public String name() {
    return "generate";
  }

  @Override
  public String summary() {
    return "make a data file: y = f(x) + noise";
  }

  @Override
  public String example() {
    return "generate --function polynomial --rows 500 --noise 0.5 --out runs/curve.csv";
  }

  @Override
  public Map<String, List<Option>> options() {
    Map<String, List<Option>> groups = new LinkedHashMap<>();
    groups.put(
        "Data",
        List.of(
            Options.CONFIG, Options.FUNCTION, Options.ROWS, FEATURES, Options.NOISE, Options.SEED));
    groups.put("Output", List.of(Options.OUT_FILE, FORMAT, Options.OVERWRITE));
    groups.put("Messages", List.of(Options.QUIET, Options.VERBOSE_PROGRESS, Options.WAIT));
    return groups;
  }

  @Override
  public void run(Settings settings, Console console) {
    GeneratorOptions options =
        new GeneratorOptions(
            settings.choice(Options.FUNCTION, SHAPES).orElse(Shape.LINEAR),
            settings.whole(Options.ROWS, 1).orElse(1000L),
            (int) Math.min(Integer.MAX_VALUE, settings.whole(FEATURES, 1).orElse(1L)),
            settings.number(Options.NOISE).orElse(0.1),
            PlanArguments.seed(settings));
    try (WrittenData out = WrittenData.of(settings, FORMAT, FORMATS)) {
      console.progress("starting Spark");
      GeneratedData data = Generator.generate(Session.open().spark(), options);
      console.progress("generating " + SummaryText.counted(options.rows(), "row"));
      data.write(out.scratch().toString(), out.format());
      out.commit();
      console.result("", text(data, out.place().shown()));
    }
  }

  private static String text(GeneratedData data, String written) {
    String name = data.options().shape() == Shape.LOGISTIC ? "z" : "y";
    return "%-9s %s%n%-9s %s%n"
        .formatted(
            "model",
            Equation.BRIEF.of(name, data.intercept(), data.coefficients()),
            "written",
            written);
  }
}
