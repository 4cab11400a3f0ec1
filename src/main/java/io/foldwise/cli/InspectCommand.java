package io.foldwise.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Figures;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.Inspection;
import io.foldwise.spark.data.load.Inspection.Facts;
import io.foldwise.spark.data.load.Inspection.Table;
import io.foldwise.spark.data.load.Inspection.Vectors;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what a dataset holds. */
final class InspectCommand implements Command {
  private static final List<Option> READING =
      Options.joined(List.of(List.of(Options.DATA, Options.FORMAT), Options.CELLS));

  /** What the search is told as it was told here. */
  private static final List<Option> KEPT =
      READING.stream().filter(option -> !option.equals(Options.MISSING_VALUES)).toList();

  /** The share of equal rows from which an estimate of it is worth a word. */
  private static final double TELLING = 0.05;

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
        "Data", Options.joined(List.of(List.of(Options.CONFIG), READING, List.of(Options.LABEL))));
    groups.put("Messages", Options.TELLING);
    return groups;
  }

  @Override
  public void run(Settings settings, Console console) {
    DataArguments arguments = new DataArguments(settings);
    DataOptions table = arguments.table();
    console.progress("starting Spark");
    Inspection found = Inspection.of(Session.open().spark(), table);
    found.notes().forEach(console::note);
    Optional<String> label = settings.text(Options.LABEL);
    label.ifPresent(name -> requireLabel(name, found));
    NextSearch next =
        NextSearch.of(
            found.training(),
            "submit/foldwise search " + settings.words(KEPT),
            arguments.missingValues(),
            label);
    console.result(ResultJson.text(json(found, next)), text(found, next));
  }

  private static void requireLabel(String name, Inspection found) {
    if (found.training().columns().stream().noneMatch(column -> column.name().equals(name))) {
      throw new InvalidInputException(
          "'label' (%s): '%s' has no such column".formatted(name, found.path()));
    }
  }

  private static String text(Inspection found, NextSearch next) {
    StringBuilder text = new StringBuilder();
    text.append("%s: %s%n".formatted(found.path(), found.format().option()));
    found.arrays().forEach(array -> text.append("  ").append(array).append('\n'));
    boolean split = found.test().isPresent();
    text.append(text(split ? "training rows" : "rows", found.training(), next));
    found.test().ifPresent(test -> text.append(text("test rows", test, next)));
    return text + "%nsearch    %s%n".formatted(next.words());
  }

  private static String text(String what, Table table, NextSearch next) {
    String vector = table.vector().map(v -> text(v, table.rows())).orElse("");
    String equal =
        table.equal() == 0 || (!table.isExact() && table.equal() < TELLING * table.rows())
            ? ""
            : ", %s%,d of them equal to an earlier one"
                .formatted(table.isExact() ? "" : "about ", table.equal());
    TextTable columns = new TextTable(7, 8);
    columns.add(
        List.of("column", "type", "missing", "distinct", "min", "mean", "max", "", "becomes"));
    table.columns().forEach(facts -> columns.add(cells(facts, next.parts().get(facts.name()))));
    return "%n%,d %s%s%s%n%n%s".formatted(table.rows(), what, vector, equal, columns.text());
  }

  private static List<String> cells(Facts facts, NextSearch.Part part) {
    double[] shares = facts.shares().stream().mapToDouble(share -> share).toArray();
    return List.of(
        facts.name(),
        facts.type().simpleString(),
        Long.toString(facts.missing()),
        distinct(facts),
        facts.range().map(range -> brief(range.min())).orElse("-"),
        facts.range().flatMap(Inspection.Range::mean).map(Figures::brief).orElse("-"),
        facts.range().map(range -> brief(range.max())).orElse("-"),
        Sparkline.ofShares(shares),
        part == null ? "" : part.why());
  }

  /** The number of different values, to two digits where it is not counted. */
  private static String distinct(Facts facts) {
    return facts.isCounted()
        ? Long.toString(facts.distinct())
        : "~" + new BigDecimal(facts.distinct()).round(new MathContext(2)).toBigInteger();
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

  private static ObjectNode json(Inspection found, NextSearch next) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("path", found.path()).put("format", found.format().option());
    ArrayNode arrays = root.putArray("arrays");
    found.arrays().forEach(arrays::add);
    root.set("training", json(found.training(), next));
    root.set("test", found.test().map(test -> json(test, next)).orElse(null));
    root.put("search", next.words());
    return root;
  }

  private static ObjectNode json(Table table, NextSearch next) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("rows", table.rows());
    node.put("equalRows", table.equal());
    ArrayNode columns = node.putArray("columns");
    for (Facts facts : table.columns()) {
      ObjectNode column =
          columns.addObject().put("name", facts.name()).put("type", facts.type().simpleString());
      column.put("missing", facts.missing()).put("distinct", facts.distinct());
      column.put("min", facts.range().map(Inspection.Range::min).orElse(null));
      column.put("max", facts.range().map(Inspection.Range::max).orElse(null));
      column.put("mean", facts.range().flatMap(Inspection.Range::mean).orElse(null));
      ArrayNode shares = column.putArray("shares");
      facts.shares().forEach(shares::add);
      Optional.ofNullable(next.parts().get(facts.name()))
          .ifPresent(part -> column.put("becomes", part.why()));
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
