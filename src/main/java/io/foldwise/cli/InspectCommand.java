package io.foldwise.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foldwise.search.Figures;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.Inspection;
import io.foldwise.spark.data.load.Inspection.Facts;
import io.foldwise.spark.data.load.Inspection.Table;
import io.foldwise.spark.data.load.Inspection.Vectors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what a dataset holds. */
final class InspectCommand implements Command {
  @Override
  public String name() {
    return "inspect";
  }

  @Override
  public String summary() {
    return "say what a data file holds: columns, types, rows, ranges, missing values";
  }

  @Override
  public String example() {
    return "inspect --data data/quiz_data.pkl";
  }

  @Override
  public Map<String, List<Option>> options() {
    Map<String, List<Option>> groups = new LinkedHashMap<>();
    groups.put(
        "Data",
        Options.joined(
            List.of(List.of(Options.CONFIG, Options.DATA, Options.FORMAT), Options.CELLS)));
    groups.put("Messages", Options.TELLING);
    return groups;
  }

  @Override
  public void run(Settings settings, Console console) {
    DataOptions table = new DataArguments(settings).table();
    console.progress("starting Spark");
    Inspection found = Inspection.of(Session.open().spark(), table);
    found.notes().forEach(console::note);
    console.result(ResultJson.text(json(found)), text(found));
  }

  private static String text(Inspection found) {
    StringBuilder text = new StringBuilder();
    text.append("%s: %s%n".formatted(found.path(), found.format().option()));
    found.arrays().forEach(array -> text.append("  ").append(array).append('\n'));
    boolean split = found.test().isPresent();
    text.append(text(split ? "training rows" : "rows", found.training()));
    found.test().ifPresent(test -> text.append(text("test rows", test)));
    return text.toString();
  }

  private static String text(String what, Table table) {
    String vector = table.vector().map(v -> text(v, table.rows())).orElse("");
    TextTable columns = new TextTable();
    columns.add(List.of("column", "type", "missing", "distinct", "min", "mean", "max"));
    table.columns().forEach(facts -> columns.add(cells(facts, table.rows())));
    return "%n%,d %s%s%n%n%s".formatted(table.rows(), what, vector, columns.text());
  }

  private static List<String> cells(Facts facts, long rows) {
    return List.of(
        facts.name(),
        facts.type(),
        Long.toString(facts.missing()),
        Long.toString(Math.min(facts.distinct(), rows - facts.missing())),
        facts.range().map(range -> brief(range.min())).orElse("-"),
        facts.range().flatMap(Inspection.Range::mean).map(Figures::brief).orElse("-"),
        facts.range().map(range -> brief(range.max())).orElse("-"));
  }

  private static String text(Vectors vector, long rows) {
    return " of %,d features, x1 to x%d; %,d values are not zero, %s %%"
        .formatted(
            vector.dimensions(),
            vector.dimensions(),
            vector.nonzeros(),
            Figures.brief(100 * density(vector, rows)));
  }

  private static double density(Vectors vector, long rows) {
    return (double) vector.nonzeros() / rows / vector.dimensions();
  }

  private static String brief(String value) {
    try {
      return Figures.brief(Double.parseDouble(value));
    } catch (NumberFormatException text) {
      return value.length() > 20 ? value.substring(0, 19) + "…" : value;
    }
  }

  private static ObjectNode json(Inspection found) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("path", found.path()).put("format", found.format().option());
    ArrayNode arrays = root.putArray("arrays");
    found.arrays().forEach(arrays::add);
    root.set("training", json(found.training()));
    root.set("test", found.test().map(InspectCommand::json).orElse(null));
    return root;
  }

  private static ObjectNode json(Table table) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("rows", table.rows());
    ArrayNode columns = node.putArray("columns");
    for (Facts facts : table.columns()) {
      ObjectNode column = columns.addObject().put("name", facts.name()).put("type", facts.type());
      column.put("missing", facts.missing()).put("distinct", facts.distinct());
      column.put("min", facts.range().map(Inspection.Range::min).orElse(null));
      column.put("max", facts.range().map(Inspection.Range::max).orElse(null));
      column.put("mean", facts.range().flatMap(Inspection.Range::mean).orElse(null));
    }
    node.set("vector", table.vector().map(vector -> json(vector, table.rows())).orElse(null));
    return node;
  }

  private static ObjectNode json(Vectors vector, long rows) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("dimensions", vector.dimensions())
        .put("nonzeros", vector.nonzeros())
        .put("density", density(vector, rows));
  }
}
