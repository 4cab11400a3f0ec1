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
 * Puts runs side by side: what each chose and how it scored. Where two runs have the same number of
 * rows, folds and seed, and so the same folds if their data are the same, the difference from the
 * best is told fold by fold: its mean and the standard error of that, which is smaller than those
 * of the scores where folds are hard or easy for all alike.
 */
final class CompareCommand implements Command {
  private static final Option RUNS =
      Option.path("run", "DIR", "the folder of a run, twice or more (required)");

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
          "'run' needs two folders of runs or more: write compare DIR DIR");
    }
    List<Row> rows = folders.stream().map(CompareCommand::row).toList();
    Row best = best(rows);
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

    /** Whether the folds of another are the same, if its data are. */
    boolean sharesFolds(Row other) {
      return !metric().isEmpty()
          && metric().equals(other.metric())
          && result.at("/data/rows").equals(other.result.at("/data/rows"))
          && result.at("/cv/folds").size() == other.result.at("/cv/folds").size()
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

  /** The run of the best mean; the first where runs have different metrics, or none. */
  private static Row best(List<Row> rows) {
    String metric = rows.get(0).metric();
    if (metric.isEmpty() || rows.stream().anyMatch(row -> !row.metric().equals(metric))) {
      return rows.get(0);
    }
    boolean higher =
        Metric.all().stream().anyMatch(m -> m.label().equals(metric) && m.higherIsBetter());
    return rows.stream()
        .filter(row -> !Double.isNaN(row.mean()))
        .min(Comparator.comparingDouble(row -> higher ? -row.mean() : row.mean()))
        .orElse(rows.get(0));
  }

  private static String table(List<Row> rows, Row best) {
    TextTable table = new TextTable();
    table.add(
        List.of(
            "  run", "metric", "cv", "std error", "from the best", "test", "short", "rows", "s"));
    for (Row row : rows) {
      table.add(cells(row, best));
    }
    StringBuilder text = new StringBuilder(table.text());
    for (Row row : rows) {
      text.append("%n%s%n  %s%n".formatted(row.folder, chosen(row.result)));
    }
    return text.toString();
  }

  private static List<String> cells(Row row, Row best) {
    JsonNode result = row.result;
    String metric = row.metric().isEmpty() ? "none" : row.metric();
    double share = result.at("/convergence/shortOfOptimum").asDouble(Double.NaN);
    return List.of(
        (row.equals(best) ? "* " : "  ") + row.folder,
        metric,
        Figures.brief(row.mean()),
        Figures.brief(result.at("/cv/standardError").asDouble(Double.NaN)),
        difference(row, best),
        Figures.brief(result.at("/test/" + metric).asDouble(Double.NaN)),
        Double.isNaN(share) ? "-" : SummaryText.percent(share),
        "%,d".formatted(result.at("/data/rows").asLong()),
        Figures.brief(result.at("/timings/total").asDouble(Double.NaN)));
  }

  private static String difference(Row row, Row best) {
    if (row.equals(best) || !row.sharesFolds(best)) {
      return row.equals(best) ? "" : "-";
    }
    Spread difference = row.from(best);
    return "%s +- %s"
        .formatted(Figures.brief(difference.mean()), Figures.brief(difference.standardError()));
  }

  private static String chosen(JsonNode result) {
    List<String> words = new ArrayList<>();
    result
        .get("chosen")
        .properties()
        .forEach(axis -> words.add(axis.getKey() + "=" + axis.getValue().asText()));
    return String.join(" ", words);
  }

  private static String json(List<Row> rows, Row best) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Row row : rows) {
      ObjectNode node = all.addObject().put("run", row.folder);
      for (String field : List.of("chosen", "cv", "test", "convergence", "data", "seed")) {
        node.set(field, row.result.get(field));
      }
      if (!row.equals(best) && row.sharesFolds(best)) {
        Spread difference = row.from(best);
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
