package io.foldwise.spark.engine.fused;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.ModelForm;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Quadratic;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.optim.Split;
import io.foldwise.learn.optim.TrialColumns;
import io.foldwise.math.ColumnSums;
import io.foldwise.math.Moments;
import io.foldwise.search.training.Curvature;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.search.training.MomentsTable;
import io.foldwise.search.training.SplitMoments;
import io.foldwise.spark.engine.plan.FusedPlan;
import io.foldwise.spark.engine.rows.Passes;
import io.foldwise.spark.job.Jobs;
import io.foldwise.spark.job.Shared;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * The largest eigenvalue of the mean of x xᵀ over the minibatches of a training set: from the
 * moments of the rows, by one more pass on the first request; or, where moments are too many, by
 * power iteration over the packed rows.
 */
public final class Curvatures {
  /** A training set, its coordinates and its minibatches. */
  record Key(Split split, ModelForm form, int minibatches) implements Serializable {}

  private final CachedRows rows;
  private final Passes passes;
  private final FusedMovement movement;
  private final JavaSparkContext context;
  private final Map<Key, Double> known = new HashMap<>();
  private Shared<MomentsTable> table;

  Curvatures(CachedRows rows, Passes passes, FusedMovement movement, JavaSparkContext context) {
    this.rows = rows;
    this.passes = passes;
    this.movement = movement;
    this.context = context;
  }

  /** Finds the curvatures of many keys at once. */
  void find(Collection<Key> keys) {
    List<Key> missing = keys.stream().distinct().filter(key -> !known.containsKey(key)).toList();
    if (missing.isEmpty()) {
      return;
    }
    String words = "learning rates of %,d training sets".formatted(missing.size());
    known.putAll(
        Jobs.described(
            context.sc(), words, () -> areMomentsFew() ? fromMoments(missing) : iterated(missing)));
  }

  private boolean areMomentsFew() {
    MinibatchBorders borders = rows.borders();
    return FusedPlan.areMomentsFew(rows.basis().terms(), (double) borders.blocks());
  }

  private Map<Key, Double> iterated(List<Key> missing) {
    Map<Key, Double> found = new HashMap<>();
    missing.stream()
        .collect(Collectors.groupingBy(key -> List.of(key.minibatches, key.form.degree())))
        .values()
        .forEach(keys -> iterate(keys, found));
    return found;
  }

  private void iterate(List<Key> keys, Map<Key, Double> all) {
    List<Key> ordered = new ArrayList<>(keys);
    ordered.sort(Comparator.comparing(Key::split));
    TrialColumns columns =
        new TrialColumns(
            ordered.stream().map(this::coordinates).toList(),
            ordered.stream().map(Key::split).toList(),
            ordered.stream().<Loss>map(key -> new Squared()).toList(),
            rows.borders().pieces());
    double[] found = movement.curvatures(columns, keys.get(0).minibatches);
    for (int i = 0; i < found.length; i++) {
      all.put(ordered.get(i), found[i]);
    }
  }

  private Coordinates coordinates(Key key) {
    PolynomialBasis basis = rows.basis().leading(key.form.degree()).without(key.split.fold());
    ColumnSums training = rows.sums().training(key.split, rows.borders().pieces());
    return Coordinates.of(
        key.form, training.leading(basis.terms()), rows.shift().leading(basis.terms()), basis);
  }

  private Map<Key, Double> fromMoments(List<Key> missing) {
    Shared<MomentsTable> moments = moments();
    PolynomialBasis basis = rows.basis();
    Shift shift = rows.shift();
    Map<Key, Double> all = new HashMap<>();
    Transport.collect(
            Transport.parallelize(context.sc(), missing)
                .map(key -> new Tuple2<>(key, largest(key, moments.value(), basis, shift))))
        .forEach(found -> all.put(found._1(), found._2()));
    return all;
  }

  double of(Key key) {
    find(List.of(key));
    return known.get(key);
  }

  /** The number of passes over the rows so far. */
  int passes() {
    return table == null ? 0 : 1;
  }

  private Shared<MomentsTable> moments() {
    if (table == null) {
      MomentsTable moments = passes.moments(rows.basis(), rows.shift(), rows.borders());
      table = Transport.share(context.sc(), moments);
    }
    return table;
  }

  private static double largest(Key key, MomentsTable table, PolynomialBasis all, Shift shift) {
    SplitMoments sums = new SplitMoments(table, List.of(key.split));
    PolynomialBasis basis = all.leading(key.form.degree()).without(key.split.fold());
    Moments training = sums.training(key.split).leading(basis.terms());
    Coordinates coordinates =
        Coordinates.of(key.form, training.columns(), shift.leading(basis.terms()), basis);
    Quadratic[] minibatches = new Quadratic[key.minibatches];
    for (int b = 0; b < minibatches.length; b++) {
      Moments batch = sums.minibatch(b, minibatches.length, key.split).leading(basis.terms());
      minibatches[b] = coordinates.quadratic(batch);
    }
    return new Curvature(minibatches, coordinates.weights()).largest();
  }

  void close() {
    if (table != null) {
      table.destroy();
    }
  }
}
