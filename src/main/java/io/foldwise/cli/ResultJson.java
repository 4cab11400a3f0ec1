package io.foldwise.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.Axis;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.CandidateSummary.FoldScores;
import io.foldwise.search.Convergence;
import io.foldwise.search.EngineReport;
import io.foldwise.search.SearchResult;
import io.foldwise.search.Spread;
import io.foldwise.search.TrialResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A run as the text of {@code result.json}. What is undefined is null, never NaN. */
final class ResultJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ResultJson() {}

  /** The whole file, with a newline at its end. */
  static String of(Run run) {
    SearchResult result = run.result();
    ObjectNode root = NODES.objectNode();
    root.set("chosen", chosen(result.refit()));
    root.set("cv", result.chosen().map(chosen -> cv(run, chosen)).orElse(null));
    root.set("model", model(result.refit().model()));
    root.set("test", result.test().map(test -> metrics(test, run.toldMetrics())).orElse(null));
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

  /** An object of the number of rows and the value of each metric. */
  static ObjectNode metrics(MetricSums sums, List<Metric> metrics) {
    ObjectNode node = NODES.objectNode();
    node.put("rows", sums.rows());
    metrics.forEach(metric -> put(node, metric.label(), metric.of(sums)));
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

  /** The metric that ranked, and the others as {@code also}, where there are some. */
  private static ObjectNode cv(Run run, CandidateSummary chosen) {
    ObjectNode node = cv(run.plan().judging().metric(), chosen.validation());
    if (!run.plan().judging().also().isEmpty()) {
      ArrayNode also = node.putArray("also");
      for (Metric metric : run.plan().judging().also()) {
        also.add(cv(metric, run.result().scoresOf(chosen, metric)));
      }
    }
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

  private static ObjectNode model(LinearModel model) {
    ObjectNode node = NODES.objectNode();
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
