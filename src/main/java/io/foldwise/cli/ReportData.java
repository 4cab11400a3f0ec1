package io.foldwise.cli;

import static io.foldwise.cli.ResultJson.number;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Assignment;
import io.foldwise.search.Axis;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Convergence;
import io.foldwise.search.EarlyStopping;
import io.foldwise.search.EngineReport;
import io.foldwise.search.Figures;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.PredictionIntervals;
import io.foldwise.search.SearchResult;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.data.fold.SampledRow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the report shows of a run, as {@code page.js} reads it. Of many candidates the best are
 * there, of their curves the best few, thinned.
 */
final class ReportData {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MOST_CANDIDATES = 2_000;
  private static final int MOST_CURVES = 24;
  private static final int MOST_POINTS = 100;
  private static final int MOST_TERMS = 1_000;
  private static final MathContext DRAWN = new MathContext(6);

  private final Run run;
  private final SearchResult result;
  private final List<SampledRow> sample;
  private final int chosen;
  private final ObjectNode root = NODES.objectNode();

  private ReportData(Run run, List<SampledRow> sample) {
    this.run = run;
    this.sample = sample;
    this.result = run.result();
    this.chosen = result.chosen().map(CandidateSummary::index).orElse(-1);
  }

  /**
   * The text of the data, JSON.
   *
   * @param sample rows for the pictures of the fit, none unless they were asked for
   */
  static String of(Run run, List<SampledRow> sample) {
    ReportData data = new ReportData(run, sample);
    data.words();
    data.scores();
    data.candidates();
    data.curves();
    data.model();
    data.rows();
    new ReportEngine(run, sample).writeTo(data.root);
    return data.root.toString();
  }

  private void words() {
    Loss loss = run.plan().objective().loss();
    Metric metric = run.plan().judging().metric();
    root.put("title", run.data().name());
    root.put("version", Version.TEXT);
    root.put(
        "written",
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
            .format(ZonedDateTime.now(ZoneOffset.UTC)));
    root.put("metric", metric.label());
    root.put("lossMetric", Metric.of(loss).label());
    root.put("higherIsBetter", metric.higherIsBetter());
    root.put("binary", loss.isBinary());
    root.put("probabilities", loss.hasProbabilities());
    root.set("classes", texts(run.data().classes().names()));
    root.put("logLink", loss.isLogLink());
    root.put("label", run.data().label());
    root.set("features", texts(run.data().features()));
    Optional<EarlyStopping> stopping = run.plan().judging().earlyStopping();
    root.put("patience", stopping.map(EarlyStopping::patience).orElse(0L));
    root.put("tolerance", stopping.map(EarlyStopping::tolerance).orElse(0.0));
    result
        .chosen()
        .filter(chosen -> chosen.index() != result.ranked().get(0).index())
        .ifPresent(
            chosen ->
                root.put("reason", run.plan().judging().rule().reason(result.ranked().get(0))));
    root.set("axes", texts(axes()));
    ArrayNode folds = root.putArray("foldNumbers");
    if (run.isSearch()) {
      run.data().assignment().splits().stream().mapToInt(Split::fold).forEach(folds::add);
    }
    EngineReport engine = result.engine();
    root.put("data", SummaryText.facts(run) + ".");
    root.put(
        "engine",
        "Trained by the engine %s (%s), %s over the data: %s."
            .formatted(
                engine.name(),
                engine.device().toUpperCase(Locale.ROOT),
                SummaryText.counted(engine.dataPasses(), "pass"),
                engine.reason()));
    root.put(
        "took",
        "One training on loaded data took %s ms, all of it %s s after Spark's start."
            .formatted(
                Figures.brief(1e3 * result.seconds().fit()),
                Figures.brief(run.seconds().session().secondsSinceReady())));
    root.put(
        "command", "submit/foldwise %s %s".formatted(run.isSearch() ? "search" : "fit", again()));
    root.set("notes", texts(run.notes()));
  }

  /**
   * The words of the command, which would be refused if the folder that it wrote were in its way.
   */
  private String again() {
    Settings settings = run.plan().settings();
    String overwrite =
        settings.onCommandLine(Options.OUT) && !settings.flag(Options.OVERWRITE)
            ? " " + Options.OVERWRITE.dashed()
            : "";
    return settings.words() + overwrite;
  }

  /** The names of the axes that the grid has. */
  private List<String> axes() {
    return Arrays.stream(Axis.values()).filter(run.plan().grid()::names).map(Axis::label).toList();
  }

  private static ArrayNode texts(List<String> texts) {
    ArrayNode node = NODES.arrayNode();
    texts.forEach(node::add);
    return node;
  }

  private void scores() {
    Convergence refit = result.convergences().refit();
    Candidate candidate = result.refit().trial().candidate();
    Penalty penalty = candidate.penalty();
    ObjectNode node = root.putObject("convergence");
    ResultJson.put(
        node, "training", Metric.of(candidate.loss()).of(result.refit().scores().training()));
    ResultJson.put(node, "optimum", refit.optimum());
    ResultJson.put(node, "constant", refit.constant());
    ResultJson.put(node, "share", refit.share());
    ResultJson.put(node, "excess", refit.excess());
    node.put("reached", refit.isReached());
    node.put("penalized", penalty.l1() > 0 || penalty.l2() > 0);
    root.set(
        "test",
        result
            .test()
            .map(test -> ResultJson.metrics(test, run.toldMetrics(), run.data().classes()))
            .orElse(null));
    root.set("values", values(candidate));
    result
        .inference()
        .interval()
        .ifPresent(interval -> root.set("interval", ResultJson.interval(interval)));
    result
        .chosen()
        .ifPresent(
            judged ->
                root.set(
                    "selection",
                    ResultJson.selection(
                        result.inference().selection(),
                        judged.validation().mean(),
                        run.plan().judging().metric())));
    result
        .inference()
        .byRows()
        .filter(curve -> !Double.isNaN(curve.gain()))
        .ifPresent(curve -> ResultJson.put(root, "gainOfTwice", curve.gain()));
    result
        .inference()
        .regrouped()
        .ifPresent(
            all ->
                root.put("dealings", all.foldings())
                    .put("winner", all.winner())
                    .put("won", all.wins()[all.winner() - 1]));
    PredictionIntervals predictions = result.inference().predictions();
    double confidence = run.plan().judging().interval().confidence();
    if (predictions.tellsOf(confidence)) {
      ObjectNode within = root.putObject("within").put("confidence", confidence);
      ResultJson.put(within, "error", predictions.at(confidence).halfWidth());
    }
    ArrayNode columns = root.putArray("columns");
    result.inference().columns().stream()
        .limit(MOST_TERMS)
        .forEach(
            worth -> {
              ObjectNode column = columns.addObject().put("feature", worth.feature());
              ResultJson.put(column, "more", worth.more());
              ResultJson.put(column, "p", worth.pValue());
            });
  }

  private static ObjectNode values(Candidate candidate) {
    ObjectNode node = NODES.objectNode();
    for (Map.Entry<Axis, Object> axis : candidate.values().entrySet()) {
      node.putPOJO(axis.getKey().label(), axis.getValue());
    }
    return node;
  }

  private void candidates() {
    ArrayNode all = root.putArray("candidates");
    for (int at = 0; at < result.ranked().size(); at++) {
      CandidateSummary summary = result.ranked().get(at);
      if (at < MOST_CANDIDATES || summary.index() == chosen) {
        all.add(candidate(summary, at + 1, summary.index() == chosen));
      }
    }
  }

  private ObjectNode candidate(CandidateSummary summary, int rank, boolean isChosen) {
    CandidateSummary.FoldScores scores = summary.validation();
    ObjectNode node = NODES.objectNode();
    node.put("index", summary.index()).put("rank", rank).put("chosen", isChosen);
    node.set("values", values(summary.candidate()).retain(axes()));
    ResultJson.put(node, "ranking", scores.ranking());
    ResultJson.put(node, "se", scores.standardError());
    ResultJson.put(node, "train", summary.meanTrain());
    if (!run.plan().judging().also().isEmpty()) {
      ObjectNode also = node.putObject("also");
      for (Metric other : run.plan().judging().also()) {
        ResultJson.put(also, other.label(), result.scoresOf(summary, other).ranking());
      }
    }
    ArrayNode folds = node.putArray("folds");
    Arrays.stream(scores.folds()).forEach(fold -> folds.add(number(fold)));
    node.put("ending", summary.ending().name().toLowerCase(Locale.ROOT));
    ResultJson.put(node, "rate", result.meanRate(summary));
    boolean descends = !summary.candidate().isExact();
    if (descends) {
      node.put("epochs", summary.epochs());
      node.put("stopped", summary.epochs() < summary.candidate().descending().epochs());
    }
    ResultJson.put(node, "short", result.convergences().mean(summary, Convergence::share));
    node.put(
        "nonzero",
        Math.round(
            result.trialsOf(summary).stream()
                .mapToLong(trial -> nonzero(trial.model()))
                .average()
                .orElse(0)));
    return node;
  }

  private static long nonzero(LinearModel model) {
    return model.functions().stream()
        .flatMapToDouble(function -> Arrays.stream(function.coefficients()))
        .filter(weight -> weight != 0)
        .count();
  }

  /** The chosen candidate's curves fold by fold, and the mean ones of the best others. */
  private void curves() {
    ObjectNode all = root.putObject("curves");
    for (int at = 0; at < result.ranked().size(); at++) {
      CandidateSummary summary = result.ranked().get(at);
      List<LearningCurve> folds = result.curvesOf(summary);
      String key = Integer.toString(summary.index());
      if (summary.index() == chosen) {
        ArrayNode each = all.putArray(key);
        folds.forEach(fold -> each.add(curve(List.of(fold))));
      } else if (at < MOST_CURVES) {
        all.putArray(key).add(curve(folds));
      }
    }
    if (!run.isSearch()) {
      all.putArray("fit").add(curve(List.of(result.refit().curve())));
    }
  }

  /** The mean of curves as far as all reach, thinned. */
  private static ObjectNode curve(List<LearningCurve> folds) {
    ObjectNode node = NODES.objectNode();
    ArrayNode epochs = node.putArray("epochs");
    ArrayNode training = node.putArray("training");
    ArrayNode validation = node.putArray("validation");
    LearningCurve mean = LearningCurve.mean(folds);
    int points = mean.epochs().length;
    for (int point = 0; point < points; point++) {
      if (point == 0 || LearningCurve.includes(point + 1L, points, MOST_POINTS)) {
        epochs.add(mean.epochs()[point]);
        training.add(drawn(mean.training()[point]));
        validation.add(drawn(mean.validation()[point]));
      }
    }
    return node;
  }

  /** A mean to the six digits that a picture can show. */
  private static ValueNode drawn(double mean) {
    return number(
        Double.isFinite(mean) ? new BigDecimal(mean).round(DRAWN).doubleValue() : Double.NaN);
  }

  private void model() {
    List<LinearModel> functions = result.refit().model().each();
    if (functions.size() > 1) {
      ArrayNode each = root.putArray("models");
      for (int k = 0; k < functions.size(); k++) {
        ObjectNode node = each.addObject().put("class", run.data().classes().names().get(k));
        function(functions.get(k), node);
      }
      return;
    }
    function(functions.get(0), root.putObject("model"));
  }

  private static void function(LinearModel model, ObjectNode node) {
    double[] powers = model.powers().coefficients();
    List<String> names = model.basis().termNames();
    ResultJson.put(node, "intercept", model.powers().intercept());
    ArrayNode terms = node.putArray("terms");
    ArrayNode coefficients = node.putArray("coefficients");
    double least = leastShown(powers);
    for (int term = 0; term < powers.length; term++) {
      if (terms.size() < MOST_TERMS && !(Math.abs(powers[term]) < least)) {
        terms.add(names.get(term));
        coefficients.add(number(powers[term]));
      }
    }
    node.put("left", powers.length - terms.size());
  }

  /** The size of the smallest coefficient among as many as are shown. */
  private static double leastShown(double[] coefficients) {
    double[] sizes = Arrays.stream(coefficients).map(Math::abs).sorted().toArray();
    return sizes.length <= MOST_TERMS ? 0 : sizes[sizes.length - MOST_TERMS];
  }

  /** Sampled rows: what they should be, what the models say, and the feature if there is one. */
  private void rows() {
    if (sample.isEmpty() || result.refit().model().functions().size() > 1) {
      root.putNull("rows");
      return;
    }
    LinearModel last = result.refit().model();
    Loss loss = run.plan().objective().loss();
    List<TrialResult> trials = result.chosen().map(result::trialsOf).orElse(List.of());
    Assignment dealt = run.data().assignment();
    int first = run.isSearch() ? dealt.splits().get(0).fold() : 0;
    ObjectNode node = root.putObject("rows");
    ArrayNode x = run.data().features().size() == 1 ? node.putArray("x") : NODES.arrayNode();
    ArrayNode label = node.putArray("label");
    ArrayNode test = node.putArray("test");
    ArrayNode predicted = node.putArray("predicted");
    ArrayNode outOfFold = trials.isEmpty() ? NODES.arrayNode() : node.putArray("outOfFold");
    for (SampledRow row : sample) {
      x.add(number(row.features()[0]));
      label.add(number(row.label()));
      test.add(row.isTest() ? 1 : 0);
      predicted.add(number(loss.response(last.predict(row.features()))));
      int trial = dealt.trainedOn().fold(row.piece()) - first;
      outOfFold.add(
          row.isTest() || trial < 0 || trials.isEmpty()
              ? NODES.nullNode()
              : number(loss.response(trials.get(trial).model().predict(row.features()))));
    }
    node.put("probability", loss.isLogOdds());
  }
}
