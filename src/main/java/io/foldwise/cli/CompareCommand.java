package io.foldwise.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Figures;
import io.foldwise.search.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts runs side by side: what each chose and how it scored. Where two runs have the same data, by
 * name and number of rows, and the same folds, the difference from the best is told fold by fold:
 * its mean and the standard error of that, which is smaller than those of the scores where folds
 * are hard or easy for all alike.
 */
final class CompareCommand implements Command {
  private static final Option RUNS =
      Option.path("DIR", "DIR DIR...", "the folders of two runs or more (required)");

  @Override
  public String name() {
    return "compare";
  }

  @Override
  public String summary() {
    return "put runs side by side: what each chose, and how it scored";
  }

  @Override
  public String example() {
    return "compare runs/first runs/second";
  }

  @Override
  public Map<String, List<Option>> options() {
    return Map.of("Messages", List.of(Options.JSON_TEXT));
  }

  @Override
  public Optional<Option> arguments() {
    return Optional.of(RUNS);
  }

  @Override
  public void run(Settings settings, Console console) {
    List<String> folders = settings.arguments(RUNS);
    if (folders.size() < 2) {
      throw new InvalidInputException(
          "'compare' needs the folders of two runs or more: write compare DIR DIR");
    }
    List<Row> rows = folders.stream().map(CompareCommand::row).toList();
    Optional<Row> best = best(rows);
    if (best.isEmpty()) {
      console.note("the runs are of different data or metrics: their scores do not compare");
    }
    console.result(json(rows, best), table(rows, best));
  }

  /** A run and what it found. */
  private record Row(String folder, JsonNode result) {
    String metric() {
      return result.at("/cv/metric").asText("");
    }

    double mean() {
      return result.at("/cv/mean").asDouble(Double.NaN);
    }

    /** Whether the scores of another are of the same metric and data. */
    boolean isComparable(Row other) {
      return !metric().isEmpty()
          && metric().equals(other.metric())
          && result.at("/data/name").equals(other.result.at("/data/name"))
          && result.at("/data/rows").equals(other.result.at("/data/rows"));
    }

    /** Whether the folds of another are the same. */
    boolean sharesFolds(Row other) {
      return isComparable(other)
          && result.at("/data/folds").equals(other.result.at("/data/folds"))
          && result.at("/data/foldStrategy").equals(other.result.at("/data/foldStrategy"))
          && result.get("seed").equals(other.result.get("seed"));
    }

    /** The difference of the folds' own scores from those of another. */
    Spread from(Row other) {
      JsonNode folds = result.at("/cv/folds");
      JsonNode others = other.result.at("/cv/folds");
      return Spread.of(
          IntStream.range(0, folds.size())
              .mapToDouble(
                  fold ->
                      folds.get(fold).asDouble(Double.NaN) - others.get(fold).asDouble(Double.NaN))
              .toArray());
    }
  }

  private static Row row(String folder) {
    return new Row(folder, new SavedRun(folder).result());
  }

  /** The run of the best mean; none where runs have different metrics or data. */
  private static Optional<Row> best(List<Row> rows) {
    Row first = rows.get(0);
    if (!rows.stream().allMatch(first::isComparable)) {
      return Optional.empty();
    }
    boolean higher =
        Metric.all().stream().anyMatch(m -> m.label().equals(first.metric()) && m.higherIsBetter());
    return rows.stream()
        .filter(row -> !Double.isNaN(row.mean()))
        .min(Comparator.comparingDouble(row -> higher ? -row.mean() : row.mean()));
  }

  private static String table(List<Row> rows, Optional<Row> best) {
    TextTable table = new TextTable();
    table.add(
        List.of(
            "  run",
            "data",
            "rows",
            "metric",
            "cv",
            "std error",
            "from the best",
            "test",
            "short of optimum"));
    for (Row row : rows) {
      table.add(cells(row, best));
    }
    StringBuilder text = new StringBuilder(table.text());
    for (Row row : rows) {
      text.append("%n%s%n  %s%n".formatted(row.folder, chosen(row.result)));
    }
    return text.toString();
  }

  private static List<String> cells(Row row, Optional<Row> best) {
    JsonNode result = row.result;
    String metric = row.metric().isEmpty() ? "none" : row.metric();
    double share = result.at("/convergence/shortOfOptimum").asDouble(Double.NaN);
    return List.of(
        (isBest(row, best) ? "* " : "  ") + row.folder,
        result.at("/data/name").asText("-"),
        "%,d".formatted(result.at("/data/rows").asLong()),
        metric,
        Figures.brief(row.mean()),
        Figures.brief(result.at("/cv/standardError").asDouble(Double.NaN)),
        difference(row, best),
        Figures.brief(result.at("/test/" + metric).asDouble(Double.NaN)),
        Double.isNaN(share) ? "-" : SummaryText.percent(share));
  }

  private static String difference(Row row, Optional<Row> best) {
    if (best.isEmpty() || isBest(row, best) || !row.sharesFolds(best.get())) {
      return isBest(row, best) ? "" : "-";
    }
    Spread difference = row.from(best.get());
    return "%s +- %s"
        .formatted(Figures.brief(difference.mean()), Figures.brief(difference.standardError()));
  }

  private static boolean isBest(Row row, Optional<Row> best) {
    return best.filter(row::equals).isPresent();
  }

  private static String chosen(JsonNode result) {
    List<String> words = new ArrayList<>();
    result
        .get("chosen")
        .properties()
        .forEach(axis -> words.add(axis.getKey() + "=" + axis.getValue().asText()));
    return String.join(" ", words);
  }

  private static String json(List<Row> rows, Optional<Row> best) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Row row : rows) {
      ObjectNode node = all.addObject().put("run", row.folder);
      for (String field : List.of("chosen", "cv", "test", "convergence", "data", "seed")) {
        node.set(field, row.result.get(field));
      }
      if (!isBest(row, best) && best.filter(row::sharesFolds).isPresent()) {
        Spread difference = row.from(best.get());
        ObjectNode from = node.putObject("fromTheBest");
        ResultJson.put(from, "mean", difference.mean());
        ResultJson.put(from, "standardError", difference.standardError());
      }
    }
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("runs", all);
    return ResultJson.text(root);
  }
}
