package io.foldwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.score.Confusion;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.Axis;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.CandidateSummary.FoldScores;
import io.foldwise.search.Convergence;
import io.foldwise.search.EngineReport;
import io.foldwise.search.Figures;
import io.foldwise.search.Inference;
import io.foldwise.search.PredictionIntervals;
import io.foldwise.search.ScoreInterval;
import io.foldwise.search.SearchResult;
import io.foldwise.search.Spread;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.data.schema.Classes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A run as the text of {@code result.json}. What is undefined is null, never NaN. */
final class ResultJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** The shares of labels that it is told of within how much of the prediction they are. */
  private static final double[] TOLD_CONFIDENCES = {0.5, 0.8, 0.9, 0.95, 0.99};

  private ResultJson() {}

  /** The whole file, with a newline at its end. */
  static String of(Run run) {
    SearchResult result = run.result();
    ObjectNode root = NODES.objectNode();
    root.set("chosen", chosen(result.refit()));
    root.set("cv", result.chosen().map(chosen -> cv(run, chosen)).orElse(null));
    root.set("model", model(result.refit().model(), run.data()));
    root.set(
        "test",
        result
            .test()
            .map(test -> metrics(test, run.toldMetrics(), run.data().classes()))
            .orElse(null));
    root.set("convergence", convergence(result.convergences().refit()));
    root.set("repeats", repeats(run));
    root.set("engine", engine(result.engine()));
    if (!run.notes().isEmpty()) {
      root.set("notes", MAPPER.valueToTree(run.notes()));
    }
    root.set("timings", timings(run));
    root.set("data", data(run));
    root.put("version", Version.TEXT);
    root.put("seed", run.plan().objective().seed());
    return text(root);
  }

  /** The text of an object, indented, with a newline at its end. */
  static String text(ObjectNode root) {
    try {
      return MAPPER.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** An object of the number of rows, the value of each metric, and the confusion matrix if any. */
  static ObjectNode metrics(MetricSums sums, List<Metric> metrics, Classes classes) {
    ObjectNode node = NODES.objectNode();
    node.put("rows", sums.rows());
    metrics.forEach(metric -> put(node, metric.label(), metric.of(sums)));
    if (!sums.confusion().isNone()) {
      node.set("confusion", confusion(sums.confusion(), classes));
    }
    return node;
  }

  /** The classes, and for each of them the weight of its rows by the class that is predicted. */
  private static ObjectNode confusion(Confusion confusion, Classes classes) {
    ObjectNode node = NODES.objectNode();
    node.set("classes", MAPPER.valueToTree(classes.names()));
    ArrayNode rows = node.putArray("rows");
    for (int label = 0; label < confusion.classes(); label++) {
      ArrayNode row = rows.addArray();
      for (int predicted = 0; predicted < confusion.classes(); predicted++) {
        double cell = confusion.cell(label, predicted);
        row.add(cell == Math.rint(cell) ? NODES.numberNode((long) cell) : number(cell));
      }
    }
    return node;
  }

  static void put(ObjectNode node, String name, double value) {
    node.set(name, number(value));
  }

  /** A number; null where it is undefined. */
  static ValueNode number(double value) {
    return Double.isFinite(value) ? NODES.numberNode(value) : NODES.nullNode();
  }

  /**
   * Each axis's value, and the number that an automatic learning rate came to; epochs are those
   * trained, which early stopping may have cut.
   */
  private static ObjectNode chosen(TrialResult refit) {
    Candidate candidate = refit.trial().candidate();
    ObjectNode node = NODES.objectNode();
    for (Map.Entry<Axis, Object> axis : candidate.values().entrySet()) {
      boolean epochs = axis.getKey() == Axis.EPOCHS;
      node.putPOJO(axis.getKey().label(), epochs ? refit.trial().epochs() : axis.getValue());
      if (axis.getKey() == Axis.LEARNING_RATE) {
        put(node, "learning-rate-used", refit.rate().used());
      }
    }
    return node;
  }

  /** The metric that ranked and what its score is worth, and the others as {@code also}. */
  private static ObjectNode cv(Run run, CandidateSummary chosen) {
    Metric metric = run.plan().judging().metric();
    ObjectNode node = cv(metric, chosen.validation());
    if (!run.plan().judging().also().isEmpty()) {
      ArrayNode also = node.putArray("also");
      for (Metric other : run.plan().judging().also()) {
        also.add(cv(other, run.result().scoresOf(chosen, other)));
      }
    }
    putWorth(node, run.result().inference(), chosen.validation().mean(), metric);
    return node;
  }

  private static ObjectNode cv(Metric metric, FoldScores scores) {
    ObjectNode node = NODES.objectNode().put("metric", metric.label());
    put(node, "mean", scores.mean());
    put(node, "sd", scores.sd());
    put(node, "standardError", scores.standardError());
    put(node, "pooled", scores.pooled());
    ArrayNode folds = node.putArray("folds");
    Arrays.stream(scores.folds()).forEach(fold -> folds.add(number(fold)));
    return node;
  }

  private static void putWorth(ObjectNode node, Inference inference, double mean, Metric metric) {
    node.set("interval", inference.interval().map(ResultJson::interval).orElse(null));
    node.set("selection", selection(inference.selection(), mean, metric));
    node.set("regrouped", inference.regrouped().map(ResultJson::regrouped).orElse(null));
    node.set("rows", inference.byRows().map(ResultJson::byRows).orElse(null));
    node.set(
        "predictions",
        inference.predictions().isEmpty() ? null : predictions(inference.predictions()));
    ArrayNode columns = node.putArray("columns");
    for (Inference.Worth worth : inference.columns()) {
      ObjectNode column = columns.addObject().put("feature", worth.feature());
      put(column, "more", worth.more());
      put(column, "standardError", worth.standardError());
      put(column, "pValue", worth.pValue());
    }
  }

  /** By how much labels of held-out rows miss their predictions, by the share that miss by less. */
  private static ObjectNode predictions(PredictionIntervals intervals) {
    ObjectNode node = NODES.objectNode().put("rows", intervals.rows());
    ObjectNode within = node.putObject("within");
    for (double confidence : TOLD_CONFIDENCES) {
      if (intervals.tellsOf(confidence)) {
        put(within, Figures.brief(confidence), intervals.at(confidence).halfWidth());
      }
    }
    return node;
  }

  /** Means, deviations and wins of the first candidates, by rank. */
  private static ObjectNode regrouped(Inference.Regrouped regrouped) {
    ObjectNode node = NODES.objectNode().put("foldings", regrouped.foldings());
    node.set("mean", numbers(regrouped.mean()));
    node.set("sd", numbers(regrouped.sd()));
    ArrayNode wins = node.putArray("wins");
    Arrays.stream(regrouped.wins()).forEach(wins::add);
    return node;
  }

  static ObjectNode byRows(Inference.ByRows curve) {
    ObjectNode node = NODES.objectNode();
    node.set("trained", numbers(curve.rows()));
    node.set("mse", numbers(curve.errors()));
    put(node, "atAll", curve.atAll());
    put(node, "atTwice", curve.atTwice());
    put(node, "gain", curve.gain());
    return node;
  }

  private static ArrayNode numbers(double[] values) {
    ArrayNode node = NODES.arrayNode();
    Arrays.stream(values).forEach(value -> node.add(number(value)));
    return node;
  }

  static ObjectNode interval(ScoreInterval interval) {
    ObjectNode node = NODES.objectNode().put("method", interval.method().label());
    put(node, "confidence", interval.confidence());
    put(node, "low", interval.range().low());
    put(node, "high", interval.range().high());
    put(node, "estimate", interval.estimate());
    put(node, "standardError", interval.standardError());
    interval
        .nested()
        .ifPresent(
            nested -> {
              put(node, "inflation", nested.inflation());
              node.put("folds", nested.folds());
              node.put("foldings", nested.foldings());
              node.put("blocks", nested.blocks());
            });
    if (!interval.reason().isEmpty()) {
      node.put("notNested", interval.reason());
    }
    return node;
  }

  static ObjectNode selection(Inference.Selection selection, double mean, Metric metric) {
    ObjectNode node = NODES.objectNode();
    put(node, "bias", selection.bias());
    put(node, "correctedMean", selection.corrected(mean, metric.higherIsBetter()));
    node.put("candidates", selection.pValues().length);
    node.put("asGood", selection.asGood());
    return node;
  }

  /**
   * The model in powers of the features: of several classes with one intercept and one object of
   * coefficients for each.
   */
  private static ObjectNode model(LinearModel model, Run.Data data) {
    ObjectNode node = NODES.objectNode();
    if (!data.classes().isNone()) {
      node.set("classes", MAPPER.valueToTree(data.classes().names()));
    }
    data.positive().ifPresent(positive -> node.put("positive", positive));
    if (model.functions().size() > 1) {
      ObjectNode intercepts = node.putObject("intercepts");
      ObjectNode coefficients = node.putObject("coefficients");
      for (int k = 0; k < model.functions().size(); k++) {
        LinearModel own = model.each().get(k);
        String name = data.classes().names().get(k);
        put(intercepts, name, own.powers().intercept());
        ObjectNode ofClass = coefficients.putObject(name);
        own.namedPowers().forEach((term, value) -> put(ofClass, term, value));
      }
      return node;
    }
    put(node, "intercept", model.powers().intercept());
    ObjectNode coefficients = node.putObject("coefficients");
    model.namedPowers().forEach((name, value) -> put(coefficients, name, value));
    return node;
  }

  /** The final model's values of its training objective, and what it lacks of the gain. */
  private static ObjectNode convergence(Convergence refit) {
    ObjectNode node = NODES.objectNode();
    put(node, "objective", refit.objective());
    put(node, "optimum", refit.optimum());
    put(node, "constant", refit.constant());
    put(node, "shortOfOptimum", refit.share());
    return node;
  }

  private static ObjectNode repeats(Run run) {
    List<Run.RepeatScore> repeats = run.repeats();
    Spread test = Spread.of(repeats.stream().mapToDouble(Run.RepeatScore::testMetric).toArray());
    Spread fit = Spread.of(repeats.stream().mapToDouble(r -> 1e3 * r.fitSeconds()).toArray());
    ObjectNode node = NODES.objectNode().put("count", repeats.size());
    if (run.result().test().isPresent()) {
      ObjectNode metric = node.putObject("testMetric");
      put(metric, "mean", test.mean());
      put(metric, "sd", test.sd());
    } else {
      node.putNull("testMetric");
    }
    ObjectNode millis = node.putObject("fitMillis");
    put(millis, "mean", fit.mean());
    put(millis, "max", fit.max());
    ArrayNode each = node.putArray("each");
    for (int repeat = 0; repeat < repeats.size(); repeat++) {
      Run.RepeatScore score = repeats.get(repeat);
      ObjectNode one = each.addObject().put("seed", run.plan().seed(repeat));
      put(one, "testMetric", score.testMetric());
      one.set("chosen", chosen(score.refit()));
      put(one, "shortOfOptimum", score.convergence().share());
    }
    return node;
  }

  private static ObjectNode engine(EngineReport engine) {
    return NODES
        .objectNode()
        .put("name", engine.name())
        .put("movement", engine.movement())
        .put("device", engine.device())
        .put("reason", engine.reason())
        .put("dataPasses", engine.dataPasses());
  }

  private static ObjectNode timings(Run run) {
    SearchResult.Seconds seconds = run.result().seconds();
    ObjectNode node = NODES.objectNode();
    put(node, "startup", run.seconds().startup());
    put(node, "load", run.seconds().load());
    put(node, "assign", run.seconds().assign());
    put(node, "aggregate", run.result().engine().aggregateSeconds());
    put(node, "trials", seconds.trials());
    put(node, "refit", seconds.refit());
    put(node, "test", seconds.test());
    put(node, "total", run.seconds().session().secondsSinceReady());
    return node;
  }

  private static ObjectNode data(Run run) {
    ObjectNode node = NODES.objectNode();
    node.put("name", run.data().name());
    node.put("rows", run.trainingRows());
    node.put("features", run.data().features().size());
    node.put("folds", run.isSearch() ? run.data().assignment().folds() : null);
    node.put("foldStrategy", run.isSearch() ? run.data().strategy() : null);
    return node;
  }
}
