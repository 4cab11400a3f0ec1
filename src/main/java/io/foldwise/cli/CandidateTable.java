package io.foldwise.cli;

import io.foldwise.learn.score.Metric;
import io.foldwise.search.Axis;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.CandidateSummary.Ending;
import io.foldwise.search.Figures;
import io.foldwise.search.LearningCurve;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The best candidates, with only the axes that vary, with a mark at the chosen one, and with their
 * mean validation loss by epoch.
 */
record CandidateTable(Run run) {
  private static final int SHOWN = 10;

  /** The characters that a curve takes, and the epochs from which on there is one to draw. */
  private static final int WIDTH = 12;

  private static final int SHORTEST = 3;

  String text() {
    List<CandidateSummary> ranked = run.result().ranked();
    Metric metric = run.plan().judging().metric();
    List<String> axes = varying(ranked);
    TextTable table = new TextTable();
    List<String> header = new ArrayList<>(List.of("  rank"));
    header.addAll(axes);
    header.addAll(List.of(metric.label(), "std error", "train " + metric.label()));
    int[] shown =
        IntStream.range(0, ranked.size())
            .filter(at -> at < SHOWN || isChosen(ranked.get(at)))
            .toArray();
    run.plan().judging().also().forEach(also -> header.add(also.label()));
    Map<Integer, double[]> curves = curves(ranked, shown);
    if (!curves.isEmpty()) {
      header.add("by epoch");
    }
    table.add(header);
    Sparkline drawn = Sparkline.over(curves.values());
    for (int at : shown) {
      List<String> row = row(at + 1, ranked.get(at), axes);
      Optional.ofNullable(curves.get(at)).ifPresent(curve -> row.add(drawn.of(curve, WIDTH)));
      table.add(row);
    }
    return table.text() + remainder(ranked);
  }

  private boolean isChosen(CandidateSummary summary) {
    return run.result().chosen().map(c -> c.index() == summary.index()).orElse(false);
  }

  private List<String> row(int rank, CandidateSummary summary, List<String> axes) {
    Map<String, String> values =
        AxisTexts.of(summary.candidate(), summary.epochs(), run.result().meanRate(summary));
    List<String> cells = new ArrayList<>();
    cells.add((isChosen(summary) ? "* " : "  ") + rank);
    axes.forEach(axis -> cells.add(values.getOrDefault(axis, "")));
    if (summary.diverged()) {
      cells.add("diverged");
    } else {
      cells.add(Figures.brief(summary.validation().ranking()));
      cells.add(Figures.brief(summary.validation().standardError()));
      cells.add(Figures.brief(summary.meanTrain()));
    }
    for (Metric also : run.plan().judging().also()) {
      double value = run.result().scoresOf(summary, also).ranking();
      cells.add(summary.diverged() ? "" : Figures.brief(value));
    }
    return cells;
  }

  /** The mean loss of the held-out rows by epoch, of those ranks that trained for some. */
  private Map<Integer, double[]> curves(List<CandidateSummary> ranked, int... ranks) {
    Map<Integer, double[]> curves = new LinkedHashMap<>();
    for (int at : ranks) {
      LearningCurve curve = LearningCurve.mean(run.result().curvesOf(ranked.get(at)));
      if (!ranked.get(at).diverged() && curve.validation().length >= SHORTEST) {
        curves.put(at, curve.validation());
      }
    }
    return curves;
  }

  private static String remainder(List<CandidateSummary> ranked) {
    long diverged = ranked.stream().filter(CandidateSummary::diverged).count();
    List<String> parts = new ArrayList<>();
    if (ranked.size() > SHOWN) {
      parts.add("and " + (ranked.size() - SHOWN) + " more");
    }
    long dropped = ranked.stream().filter(s -> s.ending() == Ending.DROPPED).count();
    if (dropped > 0) {
      parts.add(dropped + " left behind by halving");
    }
    if (diverged > 0) {
      parts.add(diverged + " diverged");
    }
    return parts.isEmpty() ? "" : "  " + String.join(", ", parts) + "\n";
  }

  /** The names of the axes on which the candidates differ, in the order of {@link Axis}. */
  private static List<String> varying(List<CandidateSummary> ranked) {
    List<Map<String, String>> all =
        ranked.stream().map(s -> AxisTexts.of(s.candidate(), s.epochs(), Double.NaN)).toList();
    return Arrays.stream(Axis.values())
        .map(Axis::label)
        .filter(axis -> all.stream().map(values -> values.get(axis)).distinct().count() > 1)
        .toList();
  }
}
