package io.foldwise.cli;

import static io.foldwise.search.Figures.brief;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.Axis;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.CandidateSummary.FoldScores;
import io.foldwise.search.Convergence;
import io.foldwise.search.EngineReport;
import io.foldwise.search.Inference;
import io.foldwise.search.PredictionIntervals;
import io.foldwise.search.ScoreInterval;
import io.foldwise.search.SearchResult;
import io.foldwise.search.Spread;
import io.foldwise.search.TrialResult;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a person reads at the end of a run. */
final class SummaryText {
  private static final Set<Axis> ALWAYS_TOLD = EnumSet.of(Axis.OPTIMIZER, Axis.EPOCHS);

  private static final double ROUNDING = 1e-12;

  /** The classes whose functions are shown. */
  private static final int MOST_FUNCTIONS = 5;

  /** The least share that more rows must bring to be told of, and the most features told. */
  private static final double LEAST_GAIN = 0.005;

  private static final int MISSED = 3;

  /** From this excess on a share of the optimum says nothing, as beside an optimum near zero. */
  static final double MOST_ABOVE = 3;

  /** What became of the search for an optimum that is not known. */
  private static final Map<Convergence.Known, String> SOUGHT =
      Map.of(
          Convergence.Known.NOT_MEASURED,
          "not looked for",
          Convergence.Known.NOT_REACHED,
          "looked for, and not found for certain");

  /** How an interval was found. */
  private static final Map<ScoreInterval.Method, String> METHODS =
      Map.of(
          ScoreInterval.Method.NESTED,
          "nested cross-validation",
          ScoreInterval.Method.CORRECTED,
          "corrected variance of the folds");

  private final Run run;
  private final SearchResult result;
  private final Metric metric;
  private final Console.Loudness loudness;
  private final StringBuilder text = new StringBuilder();

  private SummaryText(Run run, Console.Loudness loudness) {
    this.run = run;
    this.loudness = loudness;
    this.result = run.result();
    this.metric = run.plan().judging().metric();
  }

  /**
   * The summary of a run.
   *
   * @param written where the run is, or empty
   * @param loudness whether every term of the model and the engine's reason are told
   */
  static String of(Run run, String written, Console.Loudness loudness) {
    SummaryText summary = new SummaryText(run, loudness);
    summary.data();
    if (run.isSearch()) {
      summary.text.append('\n').append(new CandidateTable(run).text()).append('\n');
    }
    summary.choice();
    summary.scores();
    summary.repeats();
    summary.cost();
    run.notes().forEach(note -> summary.line("note", note));
    if (written.isEmpty()) {
      summary.line("written", "nothing: --out DIR keeps the run, and a report to look at");
    } else {
      summary.line("written", written);
      summary.line("report", written + "/" + RunFolder.REPORT);
    }
    return summary.text.toString();
  }

  private void line(String name, String value) {
    text.append("%-9s %s%n".formatted(name, value));
  }

  private void data() {
    text.append("%s: %s%n".formatted(run.data().name(), facts(run)));
  }

  /** How large the data and the search are. */
  static String facts(Run run) {
    SearchResult result = run.result();
    List<String> facts = new ArrayList<>();
    facts.add(counted(run.trainingRows(), "row") + " to train on");
    result.test().ifPresent(t -> facts.add("%,d to test".formatted(t.rows())));
    facts.add(counted(run.data().features().size(), "feature"));
    if (run.isSearch()) {
      facts.add(counted(run.data().assignment().folds(), "fold"));
      facts.add(counted(result.ranked().size(), "candidate"));
    }
    return String.join(", ", facts);
  }

  private void choice() {
    TrialResult refit = result.refit();
    Map<String, String> axes =
        AxisTexts.of(refit.trial().candidate(), refit.trial().epochs(), refit.rate().used());
    String chosen =
        axes.entrySet().stream()
            .filter(axis -> isTelling(axis.getKey(), axis.getValue()))
            .map(axis -> axis.getKey() + "=" + axis.getValue())
            .collect(Collectors.joining(" "));
    line(run.isSearch() ? "chosen" : "fitted", chosen);
    reason();
    List<LinearModel> functions = refit.model().each();
    Equation equation = loudness.verbose() ? Equation.WHOLE : Equation.BRIEF;
    for (int k = 0; k < functions.size() && k < mostFunctions(); k++) {
      LinearModel model = functions.get(k);
      String name = functions.size() == 1 ? predicted() : run.data().classes().names().get(k);
      line(
          k == 0 ? "model" : "",
          equation.of(name, model.powers().intercept(), model.namedPowers()));
    }
    if (functions.size() > mostFunctions()) {
      line(
          "",
          "and %d classes more (--verbose shows them)"
              .formatted(functions.size() - MOST_FUNCTIONS));
    }
  }

  private int mostFunctions() {
    return loudness.verbose() ? Integer.MAX_VALUE : MOST_FUNCTIONS;
  }

  /** Why the chosen candidate is not the one of rank 1. */
  private void reason() {
    CandidateSummary first = run.isSearch() ? result.ranked().get(0) : null;
    result
        .chosen()
        .filter(chosen -> chosen.index() != first.index())
        .ifPresent(chosen -> line("why", run.plan().judging().rule().reason(first)));
  }

  /** What the model gives: the label, or what decides about a class. */
  private String predicted() {
    Loss loss = run.plan().objective().loss();
    if (loss.isLogLink()) {
      return "ln " + run.data().label();
    }
    String decision = loss.isLogOdds() ? "log-odds" : "decision";
    return loss.isBinary() ? decision : run.data().label();
  }

  /** Axes that were searched, that are not at their defaults, or that people always ask for. */
  private boolean isTelling(String label, String value) {
    Axis axis = Axis.of(label).orElseThrow();
    return ALWAYS_TOLD.contains(axis)
        || run.plan().grid().names(axis)
        || !value.equals(axis.defaultValue());
  }

  private void scores() {
    line("training", training());
    result.chosen().ifPresent(chosen -> line("cv", metric.label() + " " + cv(chosen.validation())));
    result.inference().interval().ifPresent(interval -> line("interval", interval(interval)));
    selection();
    worth();
    predictions();
    result.test().ifPresent(test -> line("test", metrics(test, run.toldMetrics())));
    result
        .test()
        .map(test -> ConfusionText.of(test.confusion(), run.data().classes()))
        .filter(table -> !table.isEmpty())
        .ifPresent(table -> text.append(table.stripLeading()));
  }

  /** What training came to, beside the best that it could and beside the best constant. */
  private String training() {
    TrialResult refit = result.refit();
    Convergence convergence = result.convergences().refit();
    Metric loss = Metric.of(refit.trial().candidate().loss());
    Penalty penalty = refit.trial().candidate().penalty();
    boolean penalized = penalty.l1() > 0 || penalty.l2() > 0;
    String score = loss.label() + " " + brief(loss.of(refit.scores().training()));
    double judged = metric.of(refit.scores().training());
    if (metric != loss && !Double.isNaN(judged)) {
      score = metric.label() + " " + brief(judged) + "; " + score;
    }
    String objective = penalized ? "; with penalties " + brief(convergence.objective()) : "";
    return Double.isNaN(convergence.optimum())
        ? score + objective + "; its optimum was " + SOUGHT.get(convergence.known())
        : "%s%s, optimum %s (%s), %s %s"
            .formatted(
                score,
                objective,
                brief(convergence.optimum()),
                above(convergence),
                refit.trial().candidate().form().fitIntercept() ? "best constant" : "always 0",
                brief(convergence.constant()));
  }

  private static String above(Convergence convergence) {
    if (convergence.isReached()) {
      return "reached";
    }
    return convergence.excess() < MOST_ABOVE
        ? percent(convergence.excess()) + " above"
        : percent(convergence.share()) + " of what it gains is missing";
  }

  /** A share as a percentage, with two digits. */
  static String percent(double share) {
    return new BigDecimal(100 * share).round(new MathContext(2)).toPlainString() + " %";
  }

  /** The mean and its error, or the pooled value where a fold's own is undefined. */
  private static String cv(FoldScores scores) {
    String folds = counted(scores.folds().length, "fold");
    return Double.isNaN(scores.mean())
        ? "%s (pooled over %s)".formatted(brief(scores.pooled()), folds)
        : "%s +- %s (mean and standard error over %s)"
            .formatted(brief(scores.mean()), brief(scores.standardError()), folds);
  }

  private String interval(ScoreInterval interval) {
    boolean asked = run.plan().judging().interval().method().isPresent();
    String why =
        interval.reason().isEmpty() || !(asked || loudness.verbose())
            ? ""
            : "; not nested: " + interval.reason();
    return "%s to %s should hold the %s on new rows (%s %%, %s%s)"
        .formatted(
            brief(interval.range().low()),
            brief(interval.range().high()),
            metric.label(),
            brief(100 * interval.confidence()),
            METHODS.get(interval.method()),
            why);
  }

  /** What choosing the best of several does to its score, and how many are as good. */
  private void selection() {
    Inference.Selection selection = result.inference().selection();
    int candidates = selection.pValues().length;
    List<String> told = new ArrayList<>();
    if (candidates > 1 && selection.asGood() > 0) {
      told.add(
          "%d of %d as good as rank 1 (corrected paired t-test, %s)"
              .formatted(selection.asGood(), candidates, Inference.Selection.LEVEL));
    }
    result
        .inference()
        .regrouped()
        .ifPresent(
            all ->
                told.add(
                    "over %d other dealings into folds rank %d is best most often, %d times"
                        .formatted(all.foldings(), all.winner(), all.wins()[all.winner() - 1])));
    if (candidates > 1 && !Double.isNaN(selection.bias())) {
      double mean = result.chosen().orElseThrow().validation().mean();
      told.add(
          "less what choosing flatters: %s %s"
              .formatted(
                  metric.label(), brief(selection.corrected(mean, metric.higherIsBetter()))));
    }
    if (!told.isEmpty()) {
      line("choice", String.join("; ", told));
    }
  }

  /** What more rows would bring, and which features are missed most. */
  private void worth() {
    List<String> told = new ArrayList<>();
    result
        .inference()
        .byRows()
        .filter(curve -> curve.gain() >= LEAST_GAIN)
        .ifPresent(
            curve ->
                told.add(
                    "twice the rows: %s about %s lower"
                        .formatted(metric.label(), percent(curve.gain()))));
    List<Inference.Worth> missed =
        result.inference().columns().stream()
            .filter(column -> column.more() > 0 && column.pValue() < Inference.Selection.LEVEL)
            .toList();
    if (!missed.isEmpty()) {
      String first =
          missed.stream()
              .limit(MISSED)
              .map(column -> column.feature() + " +" + brief(column.more()))
              .collect(Collectors.joining(", "));
      told.add("%s without %s".formatted(metric.label(), first));
    }
    if (!told.isEmpty()) {
      line("worth", String.join("; ", told));
    }
  }

  /** How far labels are from their predictions, in the label's units. */
  private void predictions() {
    PredictionIntervals intervals = result.inference().predictions();
    double confidence = run.plan().judging().interval().confidence();
    if (intervals.tellsOf(confidence)) {
      line(
          "errors",
          "%s %% of new rows within about %s of their prediction (CV+; for each: predict --interval %s)"
              .formatted(
                  brief(100 * confidence),
                  brief(intervals.at(confidence).halfWidth()),
                  confidence));
    }
  }

  /** The names and values of metrics, as in {@code mse 0.1 rmse 0.3}. */
  static String metrics(MetricSums sums, List<Metric> metrics) {
    List<String> values = new ArrayList<>();
    metrics.forEach(each -> values.add(each.label() + " " + brief(each.of(sums))));
    return String.join("  ", values);
  }

  private void repeats() {
    if (run.repeats().size() > 1 && result.test().isPresent()) {
      Spread test =
          Spread.of(run.repeats().stream().mapToDouble(Run.RepeatScore::testMetric).toArray());
      line(
          "repeats",
          "%d with seeds %d to %d: test %s %s, sd %s%s"
              .formatted(
                  run.repeats().size(),
                  run.plan().seed(0),
                  run.plan().seed(run.repeats().size() - 1),
                  metric.label(),
                  brief(test.mean()),
                  deviation(test),
                  otherwise()));
    }
  }

  /** How many of the further repeats chose another candidate, or ended short of their optimum. */
  private String otherwise() {
    int first = run.repeats().get(0).chosen();
    long others = run.repeats().stream().filter(repeat -> repeat.chosen() != first).count();
    long cut = run.repeats().stream().skip(1).filter(Run.RepeatScore::isShort).count();
    return (others == 0 ? "" : "; %d chose another candidate".formatted(others))
        + (cut == 0
            ? ""
            : "; %d of those after the first ended short of the optimum".formatted(cut));
  }

  /** A deviation in words; one that is rounding alone counts as none. */
  private static String deviation(Spread spread) {
    return brief(spread.sd() < ROUNDING * Math.abs(spread.mean()) ? 0 : spread.sd());
  }

  private void cost() {
    Spread fit = Spread.of(run.repeats().stream().mapToDouble(r -> 1e3 * r.fitSeconds()).toArray());
    String most = run.repeats().size() > 1 ? ", at most " + brief(fit.max()) : "";
    line("fit", "%s ms%s (one training on loaded data)".formatted(brief(fit.mean()), most));
    EngineReport engine = result.engine();
    String device = engine.device().toUpperCase(Locale.ROOT);
    String reason = loudness.verbose() ? ": " + engine.reason() : "";
    line(
        "engine",
        "%s (%s), %s%s"
            .formatted(engine.name(), device, counted(engine.dataPasses(), "pass"), reason));
  }

  static String counted(long count, String noun) {
    String plural = noun.endsWith("s") ? "es" : "s";
    return "%,d %s%s".formatted(count, noun, count == 1 ? "" : plural);
  }
}
