package io.foldwise.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.Foldwise;
import io.foldwise.input.Checks;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Axis;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.SearchResult;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.TrialResult;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@link Foldwise} for {@code foldwise.search} of Python: it is told in texts and numbers, and
 * tells tables as JSON, since a call from Python for every number would take longer than the
 * search.
 */
public final class PythonSearch {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Foldwise search;
  private final List<String> features = new ArrayList<>();

  public PythonSearch(Dataset<Row> rows) {
    this.search = Foldwise.on(rows);
  }

  public void label(String name) {
    search.label(name);
  }

  /** Adds a column to predict from. */
  public void feature(String name) {
    features.add(name);
  }

  public void weight(String name) {
    search.weight(name);
  }

  public void foldColumn(String name) {
    search.foldColumn(name);
  }

  public void group(String name) {
    search.group(name);
  }

  public void grid(String axes) {
    told(() -> search.grid(axes));
  }

  public void folds(int count) {
    search.folds(count);
  }

  public void seed(long number) {
    search.seed(number);
  }

  /**
   * Names the loss.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public void loss(String name) {
    told(() -> search.loss(named("loss", name, Loss.kinds(), Loss::label)));
  }

  /**
   * Names the metric.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public void metric(String name) {
    told(() -> search.metric(named("metric", name, Metric.all(), Metric::label)));
  }

  /**
   * Names the rule of the choice.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public void select(String name) {
    told(
        () ->
            search.select(
                named(
                    "select", name, Arrays.asList(SelectionRule.values()), SelectionRule::label)));
  }

  private static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidInputException refused) {
      throw new IllegalArgumentException(refused.getMessage(), refused);
    }
  }

  private static <T> T named(String option, String name, List<T> kinds, Function<T, String> label) {
    return kinds.stream()
        .filter(kind -> label.apply(kind).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "'%s' (%s) must be %s"
                        .formatted(
                            option,
                            name,
                            Checks.alternatives(kinds.stream().map(label).toList()))));
  }

  /** Runs the search. */
  public Found run() {
    if (!features.isEmpty()) {
      search.features(features.toArray(String[]::new));
    }
    return new Found(told(search::search));
  }

  /** What a search found, as Python reads it. */
  public record Found(SearchResult result) {
    /** The axes of the chosen candidate, as JSON. */
    public String chosen() {
      return json(axes(result.chosen().orElseThrow()));
    }

    private static Map<String, Object> axes(CandidateSummary summary) {
      return summary.candidate().values().entrySet().stream()
          .collect(
              Collectors.toMap(
                  value -> value.getKey().label(),
                  Map.Entry::getValue,
                  (one, other) -> one,
                  LinkedHashMap::new));
    }

    /** The candidates by rank, as JSON of columns, with the axes of several values. */
    public String candidates() {
      Map<String, List<Object>> columns = new LinkedHashMap<>();
      List<CandidateSummary> ranked = result.ranked();
      for (int rank = 1; rank <= ranked.size(); rank++) {
        CandidateSummary summary = ranked.get(rank - 1);
        Map<String, Object> axes = axes(summary);
        add(columns, "rank", rank);
        for (Axis axis : Axis.values()) {
          add(columns, axis.label().replace('-', '_'), axes.get(axis.label()));
        }
        add(columns, "mean", summary.validation().mean());
        add(columns, "sd", summary.validation().sd());
        add(columns, "standard_error", summary.validation().standardError());
        add(columns, "mean_train", summary.meanTrain());
        add(columns, "diverged", summary.diverged());
        double[] folds = summary.validation().folds();
        for (int fold = 0; fold < folds.length; fold++) {
          add(columns, "fold_" + fold, folds[fold]);
        }
      }
      for (Axis axis : Axis.values()) {
        columns.computeIfPresent(
            axis.label().replace('-', '_'),
            (name, cells) -> cells.stream().distinct().count() > 1 ? cells : null);
      }
      return json(columns);
    }

    /** The learning curves of all candidates, as JSON of columns. */
    public String curves() {
      Map<String, List<Object>> columns = new LinkedHashMap<>();
      List.of("rank", "fold", "epoch", "train", "validation")
          .forEach(name -> columns.put(name, new ArrayList<>()));
      for (int rank = 1; rank <= result.ranked().size(); rank++) {
        for (TrialResult trial : result.trialsOf(result.ranked().get(rank - 1))) {
          LearningCurve curve = trial.curve();
          for (int at = 0; at < curve.epochs().length; at++) {
            add(columns, "rank", rank);
            add(columns, "fold", trial.trial().heldOut());
            add(columns, "epoch", curve.epochs()[at]);
            add(columns, "train", curve.training()[at]);
            add(columns, "validation", curve.validation()[at]);
          }
        }
      }
      return json(columns);
    }

    private static void add(Map<String, List<Object>> columns, String name, Object cell) {
      boolean finite = !(cell instanceof Double number) || Double.isFinite(number);
      columns.computeIfAbsent(name, key -> new ArrayList<>()).add(finite ? cell : null);
    }

    /** What a person should know, each one line. */
    public List<String> notes() {
      return result.engine().notes();
    }

    /** The chosen model, trained on all rows, with its summary. */
    public SGDModel model() {
      TrainedFunction trained = TrainedFunction.of(result.refit());
      SGDSummary summary = SGDSummary.of(result);
      return trained.loss().isBinary()
          ? SGDClassificationModel.of(trained).withSummary(summary)
          : SGDRegressionModel.of(trained).withSummary(summary);
    }

    private static String json(Object value) {
      try {
        return MAPPER.writeValueAsString(value);
      } catch (JsonProcessingException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}
