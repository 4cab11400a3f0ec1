package io.foldwise.search.training;

import io.foldwise.learn.optim.Split;
import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The moments of the rows that splits train on, segment by segment. Folds, or pieces of them, are
 * added, never subtracted from a total, which would cancel; prefix and suffix sums over those that
 * any of the splits leaves out keep that linear in their number.
 */
public final class SplitMoments {
  private final MomentsTable table;
  private final int firstFold;
  private final int endFold;
  private final List<Segment> segments = new ArrayList<>();

  /**
   * @param splits the splits that will be asked for
   */
  public SplitMoments(MomentsTable table, Collection<Split> splits) {
    this.table = table;
    this.firstFold =
        splits.stream()
            .filter(split -> !split.isNone())
            .mapToInt(split -> split.out().from())
            .min()
            .orElse(0);
    this.endFold = splits.stream().mapToInt(split -> split.out().end()).max().orElse(0);
    for (int segment = 0; segment < table.borders().segments(); segment++) {
      segments.add(segment(table.segment(segment)));
    }
  }

  /**
   * The sums of a segment.
   *
   * @param folds the folds with rows here among those that splits leave out, ascending
   * @param own the moments of each of these folds
   * @param before before[i] is of those before the i-th, and of the folds that no split leaves out
   * @param after after[i] is of those from the i-th on
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

  /** The moments of the rows of minibatch b of m that a split trains on. */
  public Moments minibatch(int b, int m, Split split) {
    int from = table.borders().firstSegment(b, m);
    int to = table.borders().firstSegment(b + 1, m);
    if (to == from + 1) {
      return training(segments.get(from), split);
    }
    MomentsAccumulator sum = new MomentsAccumulator(table.features());
    for (int segment = from; segment < to; segment++) {
      sum.add(training(segments.get(segment), split));
    }
    return sum.moments();
  }

  /** The moments of all rows that a split trains on. */
  public Moments training(Split split) {
    return minibatch(0, 1, split);
  }

  /** The moments of the rows that a split is scored on. */
  Moments validation(Split split) {
    MomentsAccumulator sum = new MomentsAccumulator(table.features());
    for (Segment segment : segments) {
      int end = firstFrom(segment, split.scored().end());
      for (int i = firstFrom(segment, split.scored().from()); i < end; i++) {
        sum.add(segment.own[i]);
      }
    }
    return sum.moments();
  }

  private Moments training(Segment segment, Split split) {
    int from = firstFrom(segment, split.out().from());
    int to = firstFrom(segment, split.out().end());
    if (split.isNone() || from == to) {
      return segment.before[segment.folds.length];
    }
    Moments after = segment.after[to];
    if (after.count() == 0) {
      return segment.before[from];
    }
    MomentsAccumulator sum = new MomentsAccumulator(table.features());
    sum.add(segment.before[from]);
    sum.add(after);
    return sum.moments();
  }

  /** The index of the first fold with rows that is not below a fold. */
  private static int firstFrom(Segment segment, int fold) {
    int at = Arrays.binarySearch(segment.folds, fold);
    return at < 0 ? -at - 1 : at;
  }
}
