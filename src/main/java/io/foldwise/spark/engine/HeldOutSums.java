package io.foldwise.spark.engine;

import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The moments of each segment without one fold, for the folds of a range. The other folds are
 * added, never subtracted from a total, which would cancel; prefix and suffix sums over the folds
 * keep that linear in their number.
 */
final class HeldOutSums {
  private final MomentsTable table;
  private final int firstFold;
  private final int endFold;
  private final List<Segment> segments = new ArrayList<>();

  /**
   * @param firstFold first fold of the range that may be held out
   * @param endFold the fold after its last
   */
  HeldOutSums(MomentsTable table, int firstFold, int endFold) {
    this.table = table;
    this.firstFold = firstFold;
    this.endFold = endFold;
    for (int segment = 0; segment < table.cuts().segments(); segment++) {
      segments.add(segment(table.segment(segment)));
    }
  }

  /**
   * A segment's sums.
   *
   * @param folds those of the range with rows here, ascending
   * @param own each one's moments
   * @param before before[i]: outside and the range's folds before the i-th
   * @param after after[i]: the range's folds from the i-th on
   */
  private record Segment(int[] folds, Moments[] own, Moments[] before, Moments[] after) {}

  private Segment segment(List<MomentsTable.Block> blocks) {
    MomentsAccumulator outside = new MomentsAccumulator(table.features());
    List<MomentsTable.Block> inside = new ArrayList<>();
    for (MomentsTable.Block block : blocks) {
      if (block.fold() >= firstFold && block.fold() < endFold) {
        inside.add(block);
      } else {
        outside.add(block.moments());
      }
    }
    int count = inside.size();
    Moments[] before = new Moments[count + 1];
    Moments[] after = new Moments[count + 1];
    MomentsAccumulator suffix = new MomentsAccumulator(table.features());
    after[count] = suffix.moments();
    for (int i = count - 1; i >= 0; i--) {
      suffix.add(inside.get(i).moments());
      after[i] = suffix.moments();
    }
    for (int i = 0; i <= count; i++) {
      before[i] = outside.moments();
      if (i < count) {
        outside.add(inside.get(i).moments());
      }
    }
    return new Segment(
        inside.stream().mapToInt(MomentsTable.Block::fold).toArray(),
        inside.stream().map(MomentsTable.Block::moments).toArray(Moments[]::new),
        before,
        after);
  }

  /** The rows of minibatch b of m that are not of the fold. */
  Moments minibatch(int b, int m, int heldOut) {
    int from = table.cuts().firstSegment(b, m);
    int to = table.cuts().firstSegment(b + 1, m);
    if (to == from + 1) {
      return without(segments.get(from), heldOut);
    }
    MomentsAccumulator sum = new MomentsAccumulator(table.features());
    for (int segment = from; segment < to; segment++) {
      sum.add(without(segments.get(segment), heldOut));
    }
    return sum.moments();
  }

  /** All rows that are not of the fold. */
  Moments training(int heldOut) {
    return minibatch(0, 1, heldOut);
  }

  /** The rows of a fold of the range. */
  Moments validation(int fold) {
    MomentsAccumulator sum = new MomentsAccumulator(table.features());
    for (Segment segment : segments) {
      int at = Arrays.binarySearch(segment.folds, fold);
      if (at >= 0) {
        sum.add(segment.own[at]);
      }
    }
    return sum.moments();
  }

  private Moments without(Segment segment, int fold) {
    int at = Arrays.binarySearch(segment.folds, fold);
    if (at < 0) {
      return segment.before[segment.folds.length];
    }
    Moments after = segment.after[at + 1];
    if (after.count() == 0) {
      return segment.before[at];
    }
    MomentsAccumulator sum = new MomentsAccumulator(table.features());
    sum.add(segment.before[at]);
    sum.add(after);
    return sum.moments();
  }
}
