package io.foldwise.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.foldwise.learn.loss.TargetType;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.optim.LearningRate;
import io.foldwise.learn.score.Metric;
import io.foldwise.math.ColumnSums;
import io.foldwise.search.Assignment;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.Figures;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.training.MomentsSnapshot;
import io.foldwise.search.training.RowsInMemory;
import io.foldwise.search.training.RowsSnapshot;
import io.foldwise.spark.data.fold.SampledRow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a page needs to train a run again: its moments, or else rows that a person put there.
 *
 * @param sample rows of the run, none unless they were asked for
 */
record ReportEngine(Run run, List<SampledRow> sample) {
  /** The most bytes of moments or rows in a page, which become 1.6 MB of text. */
  private static final long MOST_BYTES = 1_200_000;

  /**
   * Writes it into the data of a page: {@code moments}, or {@code still}, which says why there is
   * nothing.
   */
  void writeTo(ObjectNode root) {
    root.putNull("moments");
    run.moments().ifPresentOrElse(whole -> ofMoments(root, whole), () -> ofRows(root));
  }

  private void ofMoments(ObjectNode root, MomentsSnapshot whole) {
    span(root, whole);
    boolean fits = whole.bytes() <= MOST_BYTES;
    boolean exact = run.result().refit().trial().candidate().isExact();
    MomentsSnapshot kept = fits || !exact ? whole : whole.withoutMinibatches();
    if (kept.bytes() > MOST_BYTES) {
      still(
          root,
          "the moments of %,d blocks would take %s MB."
              .formatted(whole.table().blocks(), Figures.brief(whole.bytes() / 1e6)));
      return;
    }
    Metric metric = run.plan().judging().metric();
    ObjectNode node = root.putObject("moments");
    node.put("bytes", Base64.getEncoder().encodeToString(bytes(kept::writeTo)));
    boolean needsRows = metric.needsRows(run.plan().objective().loss());
    node.put("metric", needsRows ? Metric.MSE.label() : metric.label());
    node.put("degree", kept.basis().degree());
    node.put("how", "exactly as the run did, from the moments of its blocks");
    node.put(
        "note",
        "This page holds the sums of squares and products of %,d blocks of rows (fold by minibatch),"
                .formatted(kept.table().blocks())
            + " and no row"
            + (sample.isEmpty() ? "" : " but those sampled for it")
            + "; sums over a block of few rows tell much about them.");
  }

  private static void still(ObjectNode root, String why) {
    root.put("still", "The pictures stand still: " + why);
  }

  /** The rows that other training is done again on, where a person put some into the page. */
  private void ofRows(ObjectNode root) {
    if (run.plan().objective().loss().target() == TargetType.MULTICLASS) {
      still(root, "models of several classes are not trained again in the page.");
      return;
    }
    List<SampledRow> training = new ArrayList<>(sample);
    training.removeIf(SampledRow::isTest);
    if (training.isEmpty() || run.data().weighted()) {
      still(
          root,
          "only a squared loss trained from moments can be trained again"
              + " without the rows"
              + (run.data().weighted()
                  ? ", which have weights."
                  : "; --report-rows puts some here."));
      return;
    }
    Assignment assignment = run.data().assignment();
    int[] pieces = training.stream().mapToInt(SampledRow::piece).toArray();
    if (run.isSearch()
        && assignment.splits().stream()
            .anyMatch(
                split ->
                    Arrays.stream(pieces).noneMatch(split::scores)
                        || Arrays.stream(pieces).allMatch(split::leavesOut))) {
      still(
          root,
          "some folds have none of the %,d rows here: ask for more by --report-rows."
              .formatted(training.size()));
      return;
    }
    RowsSnapshot snapshot = snapshot(training);
    if (snapshot.bytes() > MOST_BYTES) {
      still(
          root,
          "the rows would take %s MB: ask for fewer by --report-rows."
              .formatted(Figures.brief(snapshot.bytes() / 1e6)));
      return;
    }
    Metric metric = run.plan().judging().metric();
    boolean whole = training.size() == run.trainingRows();
    ObjectNode node = root.putObject("moments");
    node.put("bytes", Base64.getEncoder().encodeToString(bytes(snapshot::writeTo)));
    node.put("rows", true);
    node.put("sampled", !whole);
    node.put(
        "metric",
        metric == Metric.AUC ? Metric.of(run.plan().objective().loss()).label() : metric.label());
    node.put("degree", snapshot.setting().basis().degree());
    node.put(
        "how",
        whole
            ? "as the run did, on its %,d training rows".formatted(training.size())
            : "on %,d of its %,d training rows, drawn at random: other numbers than the run's, the same behaviour"
                .formatted(training.size(), run.trainingRows()));
    node.put("note", "This page holds %,d training rows.".formatted(training.size()));
  }

  private RowsSnapshot snapshot(List<SampledRow> training) {
    int n = training.size();
    List<String> features = run.data().features();
    int d = features.size();
    double[] x = new double[n * d];
    double[] low = new double[d];
    double[] high = new double[d];
    Arrays.fill(low, Double.POSITIVE_INFINITY);
    Arrays.fill(high, Double.NEGATIVE_INFINITY);
    for (int row = 0; row < n; row++) {
      double[] own = training.get(row).features();
      System.arraycopy(own, 0, x, row * d, d);
      for (int j = 0; j < d; j++) {
        low[j] = Math.min(low[j], own[j]);
        high[j] = Math.max(high[j], own[j]);
      }
    }
    int degree =
        run.result().ranked().stream()
            .mapToInt(summary -> summary.candidate().form().degree())
            .max()
            .orElse(run.result().refit().trial().candidate().form().degree());
    PolynomialBasis.Kind kind = run.result().refit().model().basis().kind();
    SearchPlan.Objective objective = run.plan().objective();
    return new RowsSnapshot(
        x,
        training.stream().mapToDouble(SampledRow::label).toArray(),
        new RowsInMemory.Dealt(
            training.stream().mapToInt(row -> Math.max(0, row.piece())).toArray(),
            IntStream.range(0, n).toArray(),
            run.data().assignment().trainedOn()),
        new RowsInMemory.Setting(
            (kind == PolynomialBasis.Kind.POWER
                    ? PolynomialBasis.power(features, degree)
                    : PolynomialBasis.chebyshev(features, degree, low, high))
                .imputing(run.result().refit().model().basis().imputed()),
            objective.loss(),
            objective.initialWeights(),
            objective.seed(),
            LearningCurve.MOST_POINTS),
        labelSpread());
  }

  /** What candidates whose rate is automatic took for the labels' spread. */
  private double labelSpread() {
    return Stream.concat(
            Stream.of(run.result().refit().trial().candidate()),
            run.result().ranked().stream().map(CandidateSummary::candidate))
        .filter(candidate -> !candidate.isExact())
        .map(candidate -> candidate.descending().learningRate())
        .flatMap(rate -> rate instanceof LearningRate.Auto auto ? Stream.of(auto) : Stream.of())
        .mapToDouble(LearningRate.Auto::labelSpread)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The range that the only feature is drawn over. */
  private void span(ObjectNode root, MomentsSnapshot moments) {
    if (run.data().features().size() != 1) {
      return;
    }
    PolynomialBasis basis = moments.basis();
    ColumnSums sums = moments.all().columns();
    boolean ranged = basis.kind() == PolynomialBasis.Kind.CHEBYSHEV;
    double middle = ranged ? basis.middle(0) : sums.mean(0) + moments.shift().feature(0);
    double reach = ranged ? basis.halfWidth(0) : 2 * Math.sqrt(sums.deviation(0) / sums.weight());
    root.put("low", middle - reach);
    root.put("high", middle + reach);
  }

  /** What writes itself as bytes. */
  private interface Written {
    void writeTo(DataOutputStream out) throws IOException;
  }

  private static byte[] bytes(Written snapshot) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      snapshot.writeTo(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
