package io.foldwise.cli;

import io.foldwise.learn.LinearModel;
import io.foldwise.learn.Metric;
import io.foldwise.learn.MetricSums;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.SearchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a person reads at the end of a run. */
final class SummaryText {
  private final Run run;
  private final SearchResult result;
  private final Metric metric;
  private final StringBuilder text = new StringBuilder();

  private SummaryText(Run run) {
    this.run = run;
    this.result = run.result();
    this.metric = run.plan().judging().metric();
  }

  /** The summary; {@code written} is where the run is, or empty. */
  static String of(Run run, String written) {
    SummaryText summary = new SummaryText(run);
    summary.data();
    if (run.isSearch()) {
      summary.text.append('\n').append(new CandidateTable(run).text()).append('\n');
    }
    summary.choice();
    summary.scores();
    summary.repeats();
    summary.cost();
    summary.line("written", written.isEmpty() ? "nothing: --out DIR keeps the run" : written);
    return summary.text.toString();
  }

  private void line(String name, String value) {
    text.append("%-9s %s%n".formatted(name, value));
  }

  private void data() {
    long rows = run.data().assignment().rows();
    String test =
        result.test().map(t -> ", %,d to test".formatted(Math.round(t.count()))).orElse("");
    String folds =
        run.isSearch()
            ? ", %s, %s"
                .formatted(
                    counted(run.data().assignment().folds(), "fold"),
                    counted(result.ranked().size(), "candidate"))
            : "";
    text.append(
        "%s: %s to train on%s, %s%s%n"
            .formatted(
                run.data().name(),
                counted(rows, "row"),
                test,
                counted(run.data().features().size(), "feature"),
                folds));
  }

  private void choice() {
    Map<String, String> axes =
        AxisTexts.of(result.refit().trial().candidate(), result.refit().trial().epochs());
    double rate = result.refit().rate().used();
    String chosen =
        axes.entrySet().stream()
            .map(
                axis ->
                    axis.getValue().equals("auto")
                        ? axis.getKey() + "=auto (" + brief(rate) + ")"
                        : axis.getKey() + "=" + axis.getValue())
            .collect(Collectors.joining(" "));
    line(run.isSearch() ? "chosen" : "fitted", chosen);
    LinearModel model = result.refit().model();
    line("model", Equation.of(run.data().label(), model.powers().intercept(), model.namedPowers()));
  }

  private void scores() {
    result
        .chosen()
        .map(CandidateSummary::validation)
        .ifPresent(
            cv ->
                line(
                    "cv",
                    "%s %s +- %s (mean and standard error over %s)"
                        .formatted(
                            metric.label(),
                            brief(cv.ranking()),
                            brief(cv.standardError()),
                            counted(cv.folds().length, "fold"))));
    result.test().ifPresent(test -> line("test", metrics(test, ResultJson.TEST_METRICS)));
  }

  /** mse 0.1 rmse 0.3 … */
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
          "%d with seeds %d to %d: test %s %s, sd %s"
              .formatted(
                  run.repeats().size(),
                  run.plan().seed(0),
                  run.plan().seed(run.repeats().size() - 1),
                  metric.label(),
                  brief(test.mean()),
                  brief(test.sd())));
    }
  }

  private void cost() {
    Spread fit = Spread.of(run.repeats().stream().mapToDouble(r -> 1e3 * r.fitSeconds()).toArray());
    String most = run.repeats().size() > 1 ? ", at most " + brief(fit.max()) : "";
    line("fit", "%s ms%s (one training on loaded data)".formatted(brief(fit.mean()), most));
    line(
        "engine",
        "%s, %s over the data: %s"
            .formatted(
                result.engine().name(),
                counted(result.engine().dataPasses(), "pass"),
                result.engine().reason()));
  }

  /** Four significant digits. */
  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return "-";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e6
        ? Long.toString((long) value)
        : "%.4g".formatted(value);
  }

  static String counted(long count, String noun) {
    String plural = noun.endsWith("s") ? "es" : "s";
    return "%,d %s%s".formatted(count, noun, count == 1 ? "" : plural);
  }
}
