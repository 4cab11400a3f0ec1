package io.foldwise.benchmark;

import io.foldwise.benchmark.DefaultsData.DataSet;
import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Quantile;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.Adagrad;
import io.foldwise.learn.optim.Adam;
import io.foldwise.learn.optim.Momentum;
import io.foldwise.learn.optim.Nesterov;
import io.foldwise.learn.optim.Optimizer;
import io.foldwise.learn.optim.Rmsprop;
import io.foldwise.learn.optim.Sgd;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.Assignment;
import io.foldwise.search.Candidate;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Convergence;
import io.foldwise.search.Grid;
import io.foldwise.search.Search;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SearchResult;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.spark.data.fold.AssignedRows;
import io.foldwise.spark.data.load.DataLoader;
import io.foldwise.spark.data.load.DataOptions;
import io.foldwise.spark.data.load.LoadedData;
import io.foldwise.spark.data.schema.Labels;
import io.foldwise.spark.engine.SparkEngines;
import io.foldwise.spark.engine.plan.EngineRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How near the defaults come to the optimum in a hundred epochs: every loss by every optimiser over
 * every data set, judged by the mean validation loss over five folds, relative to that of {@code
 * exact}. A cell is met within 1 % (losses with kinks: 2 %), or else has to be said; but where each
 * fold's objective is within as much of its optimum, training did arrive, and other weights that
 * are nearly as good validate otherwise.
 *
 * <p>Beside it stands what the defaults were before version 0.2: a constant rate, minibatches of
 * 256 rows, δ = 1; half the bound of gradient descent, less momentum's share where minibatches
 * differ; a tenth of the label's deviation where the loss has kinks; and 0.01 of adagrad and 0.001
 * of rmsprop and adam, whatever the data.
 */
final class Defaults implements Measurement {
  private static final double MU = Momentum.DEFAULT_MU;
  private static final List<Optimizer.Stepping> OPTIMIZERS =
      List.of(
          new Sgd(), new Momentum(MU), new Nesterov(MU), new Adagrad(), new Rmsprop(), new Adam());
  private static final String EXACT = "optimizer=exact";
  private static final int OLD_BATCH = 256;
  private static final double SMOOTH = 0.01;
  private static final double KINKED = 0.02;

  private final Stage stage;
  private final List<Cell> cells = new ArrayList<>();

  Defaults(Stage stage) {
    this.stage = stage;
  }

  /**
   * How far above the optimum's a validation loss is.
   *
   * @param excess relative to the optimum's, 0 where it is below
   * @param objective the largest excess of a fold's training objective over its optimum
   * @param isSaid whether the run says that training did not arrive, or diverged
   */
  private record Gap(double excess, double objective, boolean isSaid) {
    private static final double ALL = 10;

    @Override
    public String toString() {
      return excess < ALL
          ? String.format(Locale.ROOT, "%.2g", 100 * excess)
          : String.format(Locale.ROOT, "%.0e", 100 * excess);
    }
  }

  /** What became of a cell. */
  private enum Outcome {
    MET("", "within the bound"),
    SAID(" *", "said"),
    ARRIVED(" ~", "training arrived, validation differs"),
    SILENT(" **!**", "not said");

    private final String mark;
    private final String words;

    Outcome(String mark, String words) {
      this.mark = mark;
      this.words = words;
    }
  }

  /** An optimiser on a loss over a data set. */
  private record Cell(DataSet data, Loss loss, Optimizer optimizer, Gap before, Gap after) {
    double bound() {
      return Double.isNaN(loss.curvature()) ? KINKED : SMOOTH;
    }

    boolean isMet(Gap gap) {
      return gap.excess <= bound();
    }

    /** Of today's defaults. */
    Outcome outcome() {
      if (isMet(after)) {
        return Outcome.MET;
      }
      if (after.isSaid) {
        return Outcome.SAID;
      }
      return after.objective <= bound() ? Outcome.ARRIVED : Outcome.SILENT;
    }

    /** As a cell of the table: before and after. */
    String text() {
      return before + " → " + after + outcome().mark;
    }
  }

  @Override
  public void run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Path work = stage.options().work();
    Path shipped = work.resolve("../../data").normalize();
    List<DataSet> all = new DefaultsData(work, shipped).all();
    for (DataSet data : all) {
      over(data);
    }
    Path file = work.resolve("defaults.md");
    Files.writeString(file, whole());
    double seconds = (System.nanoTime() - start) * 1e-9;
    stage.progress("\n" + summary() + "\n" + missed());
    stage
        .table()
        .remark(
            "Defaults: %d data sets, %d cells, %d within their bound before and %d now, %.0f s; all in %s."
                .formatted(
                    all.size(),
                    cells.size(),
                    cells.stream().filter(cell -> cell.isMet(cell.before)).count(),
                    cells.stream().filter(cell -> cell.isMet(cell.after)).count(),
                    seconds,
                    file.getFileName()));
    double silent = 0;
    for (Cell cell : cells) {
      silent += cell.outcome() == Outcome.SILENT ? 1 : 0;
    }
    stage.table().limit("cells of defaults beyond their bound without a word", silent, 0);
  }

  private void over(DataSet data) {
    DataOptions.Roles roles = DataOptions.Roles.defaults().withLabel(data.label());
    if (data.isClasses()) {
      roles = roles.withPositive(data.positive()).with(Labels.BINARY);
    }
    DataOptions options = DataOptions.of(data.path().toString()).with(roles);
    try (LoadedData loaded = DataLoader.load(stage.spark(), options);
        AssignedRows rows = FoldwiseSearch.assigned(loaded, Stage.FOLDS)) {
      for (Loss loss : data.losses()) {
        List<Gap> after = gaps(rows, now(data, loss, rows));
        List<Gap> before = gaps(rows, before(data, loss, rows));
        for (int i = 0; i < OPTIMIZERS.size(); i++) {
          cells.add(new Cell(data, loss, OPTIMIZERS.get(i), before.get(i), after.get(i)));
        }
        stage.progress(row(data, loss));
      }
    }
  }

  private static List<Candidate> now(DataSet data, Loss loss, AssignedRows rows) {
    boolean spread = !(loss instanceof Squared || loss.isBinary());
    double labelSpread = spread ? rows.labelSpread() : Double.NaN;
    String names = String.join(",", OPTIMIZERS.stream().map(Optimizer::label).toList());
    return candidates(
        data, loss, rows.assignment(), labelSpread, List.of("optimizer=" + names + ",exact"));
  }

  private List<Candidate> before(DataSet data, Loss loss, AssignedRows rows) {
    Assignment assignment = rows.assignment();
    String steady =
        "schedule=constant; batch-size=%d".formatted(Math.min(assignment.rows(), OLD_BATCH));
    TrialResult squared = squared(data, rows);
    MetricSums labels = squared.scores().training();
    double sd = loss.isBinary() ? 1 : Math.sqrt(labels.labels().deviation() / labels.weight());
    double l2 = data.grid().startsWith("l2=") ? ridge(data) : 0;
    double largest = 0.5 / squared.rate().used() - l2;
    List<String> grids = new ArrayList<>();
    for (Optimizer.Stepping optimizer : OPTIMIZERS) {
      double share = assignment.rows() > OLD_BATCH ? 1 - optimizer.memory() : 1;
      double rate =
          switch (optimizer.label()) {
            case "adagrad" -> 0.01;
            case "rmsprop", "adam" -> 0.001;
            default ->
                Double.isNaN(loss.curvature())
                    ? 0.1 * share * sd
                    : 0.5 * share / (loss.curvature() * largest + l2);
          };
      grids.add("optimizer=%s; learning-rate=%s; %s".formatted(optimizer.label(), rate, steady));
    }
    grids.add(EXACT);
    return candidates(data, loss, assignment, Double.NaN, grids);
  }

  private static double ridge(DataSet data) {
    return Double.parseDouble(data.grid().substring("l2=".length()));
  }

  /** A fit of squared loss on the full batch, whose rate and labels tell the rates of others. */
  private static TrialResult squared(DataSet data, AssignedRows rows) {
    Loss loss = new Squared();
    String grid = "optimizer=sgd; schedule=constant; batch-size=full; epochs=1";
    List<Candidate> one = candidates(data, loss, rows.assignment(), Double.NaN, List.of(grid));
    SearchPlan plan = plan(rows, loss, one);
    try (TrialEngine engine =
        SparkEngines.open(plan, FoldwiseSearch.rows(rows), EngineRequest.AUTO)) {
      return new Search(plan, engine).fit().refit();
    }
  }

  private static List<Candidate> candidates(
      DataSet data, Loss loss, Assignment assignment, double labelSpread, List<String> grids) {
    String tau = loss instanceof Quantile quantile ? "; tau=" + quantile.tau() : "";
    String delta = loss instanceof Huber && Double.isNaN(labelSpread) ? "; delta=1" : "";
    String more = data.grid().isEmpty() ? "" : "; " + data.grid();
    return grids.stream()
        .map(grid -> Grid.parse(grid + tau + delta + more))
        .flatMap(grid -> grid.candidates(loss, assignment.rows(), labelSpread).stream())
        .toList();
  }

  private static SearchPlan plan(AssignedRows rows, Loss loss, List<Candidate> candidates) {
    return new SearchPlan(
        new SearchPlan.Objective(
            loss, PolynomialBasis.Kind.CHEBYSHEV, new InitialWeights.Baseline(), 42),
        rows.assignment(),
        candidates,
        new SearchPlan.Judging(Metric.of(loss), SelectionRule.BEST, Optional.empty()));
  }

  /** Of every optimiser; the last candidate is the optimum. */
  private static List<Gap> gaps(AssignedRows rows, List<Candidate> candidates) {
    SearchPlan plan = plan(rows, candidates.get(0).loss(), candidates);
    SearchResult result;
    try (TrialEngine engine =
        SparkEngines.open(plan, FoldwiseSearch.rows(rows), EngineRequest.AUTO)) {
      result = new Search(plan, engine).run();
    }
    List<CandidateSummary> inOrder =
        result.ranked().stream().sorted(Comparator.comparingInt(CandidateSummary::index)).toList();
    double optimum = inOrder.get(inOrder.size() - 1).validation().mean();
    return inOrder.stream()
        .limit(OPTIMIZERS.size())
        .map(summary -> gap(summary, optimum, result.convergences().of(summary)))
        .toList();
  }

  private static Gap gap(CandidateSummary summary, double optimum, List<Convergence> folds) {
    if (summary.diverged()) {
      return new Gap(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, true);
    }
    Loss loss = summary.candidate().loss();
    return new Gap(
        Math.max(0, summary.validation().mean() / optimum - 1),
        folds.stream().mapToDouble(Convergence::excess).max().orElseThrow(),
        folds.stream()
            .anyMatch(f -> f.isShort(loss) || f.known() == Convergence.Known.NOT_MEASURED));
  }

  private Stream<Cell> of(DataSet data, Loss loss) {
    return cells.stream().filter(cell -> cell.data.equals(data) && cell.loss.equals(loss));
  }

  private String row(DataSet data, Loss loss) {
    String texts = String.join(" | ", of(data, loss).map(Cell::text).toList());
    return "| %s | %s | %s |".formatted(data.name(), loss.label(), texts);
  }

  private static String header(String first) {
    String names = String.join(" | ", OPTIMIZERS.stream().map(Optimizer::label).toList());
    return "| %s | %s |%n|%s%n"
        .formatted(first, names, "---|".repeat(OPTIMIZERS.size() + first.split("\\|").length));
  }

  /** Every cell. */
  private String whole() {
    StringBuilder text = new StringBuilder();
    text.append("Validation loss above that of the optimum, in percent, before and with today's")
        .append(
            " defaults; * beyond the bound and said, ~ beyond it though training arrived, ! beyond it"
                + " without a word.\n\n");
    text.append(header("data | loss"));
    cells.stream()
        .map(cell -> row(cell.data, cell.loss))
        .distinct()
        .forEach(row -> text.append(row).append('\n'));
    return text.append('\n').append(summary()).append('\n').append(missed()).toString();
  }

  /** How many data sets are within their bound, by loss and optimiser. */
  private String summary() {
    StringBuilder text = new StringBuilder(header("within the bound, of"));
    for (String loss : cells.stream().map(cell -> cell.loss.label()).distinct().toList()) {
      List<String> counts = new ArrayList<>();
      long of = 0;
      for (Optimizer optimizer : OPTIMIZERS) {
        List<Cell> all =
            cells.stream()
                .filter(c -> c.loss.label().equals(loss) && c.optimizer.equals(optimizer))
                .toList();
        of = all.size();
        counts.add(
            "%d → %d"
                .formatted(
                    all.stream().filter(cell -> cell.isMet(cell.before)).count(),
                    all.stream().filter(cell -> cell.isMet(cell.after)).count()));
      }
      text.append("| %s, %d | %s |%n".formatted(loss, of, String.join(" | ", counts)));
    }
    return text.toString();
  }

  /** What is out of reach, by name. */
  private String missed() {
    StringBuilder text = new StringBuilder("Out of reach of today's defaults:\n\n");
    cells.stream()
        .filter(cell -> cell.outcome() != Outcome.MET)
        .forEach(
            cell ->
                text.append(
                    "- %s, %s, %s: %s %% (%s)%n"
                        .formatted(
                            cell.data.name(),
                            cell.loss.label(),
                            cell.optimizer.label(),
                            cell.after,
                            cell.outcome().words)));
    return text.toString();
  }
}
