package io.foldwise.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.foldwise.Experiment;
import io.foldwise.Foldwise;
import io.foldwise.input.Checks;
import io.foldwise.input.InvalidInputException;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.score.Metric;
import io.foldwise.search.Axis;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Convergence;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.SearchResult;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.data.schema.Classes;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
  private String label = "";
  private String positive = "";
  private List<Metric> also = List.of();

  public PythonSearch(Dataset<Row> rows) {
    this.search = Foldwise.on(rows);
  }

  public void label(String name) {
    label = name;
    search.label(name);
  }

  /** Says which value of the label counts as 1. */
  public void positive(String value) {
    positive = value;
    search.positive(value);
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
    search.grid(axes);
  }

  public void sample(int candidates) {
    search.sample(candidates);
  }

  public void folds(int count) {
    search.folds(count);
  }

  /** Keeps the errors of held-out rows. */
  public void residuals() {
    search.residuals();
  }

  public void seed(long number) {
    search.seed(number);
  }

  /**
   * Names the loss.
   *
   * @throws InvalidInputException if there is none of that name
   */
  public void loss(String name) {
    search.loss(named("loss", name, Loss.kinds(), Loss::label));
  }

  /**
   * Names the metric that ranks, and behind commas those that are told beside it.
   *
   * @throws InvalidInputException if there is none of a name, or one is named twice
   */
  public void metric(String names) {
    List<Metric> asked =
        Metric.listed(names, name -> named("metric", name, Metric.all(), Metric::label));
    also = List.copyOf(asked.subList(1, asked.size()));
    search.metric(asked.get(0), also.toArray(Metric[]::new));
  }

  /**
   * Names the rule of the choice.
   *
   * @throws InvalidInputException if there is none of that name
   */
  public void select(String name) {
    search.select(
        named("select", name, Arrays.asList(SelectionRule.values()), SelectionRule::label));
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
    Experiment.Outcome found = search.outcome();
    return new Found(found.result(), found.rows().classes(), also, label, positive);
  }

  /**
   * What a search found, as Python reads it.
   *
   * @param classes the classes that labels were read as, none where they were 0 and 1 or numbers
   * @param also the metrics beside the one that ranks
   * @param label the column that was predicted
   * @param positive its value that counts as 1; empty where labels were not mapped
   */
  public record Found(
      SearchResult result, Classes classes, List<Metric> also, String label, String positive) {
    /** The axes of the chosen candidate, as JSON. */
    public String chosen() {
      return json(axes(result.chosen().orElseThrow()));
    }

    private static Map<String, Object> axes(CandidateSummary summary) {
      Map<String, Object> axes = new LinkedHashMap<>();
      summary.candidate().values().forEach((axis, value) -> axes.put(column(axis), value));
      return axes;
    }

    private static String column(Axis axis) {
      return axis.label().replace('-', '_');
    }

    /** The axes that have several values. */
    private Set<String> varied() {
      return Arrays.stream(Axis.values())
          .map(Found::column)
          .filter(
              name ->
                  result.ranked().stream().map(each -> axes(each).get(name)).distinct().count() > 1)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The candidates by rank, as JSON of columns, with the axes of several values. Behind the
     * metric that ranks stand mean, deviation and standard error of the others.
     */
    public String candidates() {
      Map<String, List<Object>> columns = new LinkedHashMap<>();
      Set<String> varied = varied();
      List<CandidateSummary> ranked = result.ranked();
      for (int rank = 1; rank <= ranked.size(); rank++) {
        CandidateSummary summary = ranked.get(rank - 1);
        Map<String, Object> axes = axes(summary);
        add(columns, "rank", rank);
        varied.forEach(axis -> add(columns, axis, axes.get(axis)));
        add(columns, "mean", summary.validation().mean());
        add(columns, "sd", summary.validation().sd());
        add(columns, "standard_error", summary.validation().standardError());
        add(columns, "mean_train", summary.meanTrain());
        for (Metric other : also) {
          CandidateSummary.FoldScores told = result.scoresOf(summary, other);
          String name = "_" + other.label().replace('-', '_');
          add(columns, "mean" + name, told.mean());
          add(columns, "sd" + name, told.sd());
          add(columns, "standard_error" + name, told.standardError());
        }
        add(columns, "mean_learning_rate_used", result.meanRate(summary));
        add(columns, "short_of_optimum", result.convergences().mean(summary, Convergence::share));
        add(columns, "diverged", summary.diverged());
        double[] folds = summary.validation().folds();
        for (int fold = 0; fold < folds.length; fold++) {
          add(columns, "fold_" + fold, folds[fold]);
        }
      }
      return json(columns);
    }

    /** The learning curves of all candidates, as JSON of columns, with the same axes. */
    public String curves() {
      Map<String, List<Object>> columns = new LinkedHashMap<>();
      Set<String> varied = varied();
      for (int rank = 1; rank <= result.ranked().size(); rank++) {
        CandidateSummary summary = result.ranked().get(rank - 1);
        Map<String, Object> axes = axes(summary);
        for (TrialResult trial : result.trialsOf(summary)) {
          LearningCurve curve = trial.curve();
          for (int at = 0; at < curve.epochs().length; at++) {
            add(columns, "rank", rank);
            varied.forEach(axis -> add(columns, axis, axes.get(axis)));
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
      TrialResult refit = result.refit();
      TrainedFunction trained =
          new TrainedFunction(refit.model(), refit.trial().candidate().loss(), positive)
              .with(classes)
              .with(result.inference().predictions());
      SGDSummary summary = SGDSummary.of(result);
      SGDModel model =
          trained.loss().isOfClasses()
              ? SGDClassificationModel.of(trained).withSummary(summary)
              : SGDRegressionModel.of(trained).withSummary(summary);
      return model.setLabelCol(label);
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
