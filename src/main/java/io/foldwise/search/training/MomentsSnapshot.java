package io.foldwise.search.training;

import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.optim.Split;
import io.foldwise.math.Moments;
import io.foldwise.search.Assignment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;

/**
 * All that the candidates of a squared loss ask of the rows, and of the run: whoever holds it can
 * train any of them again, to the same digits, without a row.
 *
 * <p>The bytes of {@link #writeTo} are big-endian, texts in the UTF-8 of {@link
 * DataOutput#writeUTF}, arrays and lists preceded by their length.
 *
 * @param initialWeights where descent starts
 * @param seed the seed of the order of minibatches and of drawn initial weights
 * @param points the most points of a curve
 */
public record MomentsSnapshot(
    PolynomialBasis basis,
    Shift shift,
    InitialWeights initialWeights,
    long seed,
    int points,
    MomentsTable table)
    implements Serializable {
  private static final int VERSION = 1;

  /** What trials of a group are trained by, given its trainer. */
  public interface OfGroup<T> extends Serializable {
    /** Something for each trial of the group, in their order. */
    List<T> of(MomentsTrainer trainer, TrialGroup group);
  }

  /**
   * Makes something of each trial of some groups.
   *
   * @param <R> what is made of it, with the trial's index
   */
  public <T, R> List<R> each(
      List<TrialGroup> groups, OfGroup<T> work, BiFunction<Integer, T, R> indexed) {
    SplitMoments sums = sums(groups.stream().map(group -> group.shared().split()).toList());
    List<R> made = new ArrayList<>();
    for (TrialGroup group : groups) {
      List<T> results = work.of(new MomentsTrainer(this, sums, group), group);
      for (int i = 0; i < results.size(); i++) {
        made.add(indexed.apply(group.indices().get(i), results.get(i)));
      }
    }
    return made;
  }

  /** The sums of the rows that splits train on and are scored on. */
  SplitMoments sums(Collection<Split> splits) {
    return new SplitMoments(table, splits);
  }

  /** The moments of all rows. */
  public Moments all() {
    return sums(List.of(Split.NONE)).training(Split.NONE);
  }

  public Assignment assignment() {
    return table.borders().assignment();
  }

  /** The bytes that {@link #writeTo} takes for the blocks, nearly all of it. */
  public long bytes() {
    long sums = (basis.terms() + 2L) * (basis.terms() + 3) / 2;
    return 8 * (sums + 2) * table.blocks();
  }

  /**
   * This snapshot with all rows of a fold in one block, for what takes the full batch or no batch:
   * at most as many blocks as folds.
   */
  public MomentsSnapshot withoutMinibatches() {
    return new MomentsSnapshot(
        basis, shift, initialWeights, seed, points, table.cutInto(List.of(1)));
  }

  /** Writes the snapshot so that {@link #readFrom} reads it. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    SnapshotBytes.write(out, basis);
    double[] about = new double[shift.features() + 1];
    Arrays.setAll(about, j -> j < shift.features() ? shift.feature(j) : shift.label());
    SnapshotBytes.write(out, about);
    SnapshotBytes.write(out, initialWeights, basis.terms(), seed);
    out.writeLong(seed);
    out.writeInt(points);
    Assignment assignment = assignment();
    out.writeLong(assignment.rows());
    out.writeInt(assignment.folds());
    out.writeLong(assignment.positions());
    out.writeUTF(assignment.trainedOn().name());
    List<Integer> minibatches = table.borders().minibatches();
    out.writeInt(minibatches.size());
    for (int count : minibatches) {
      out.writeInt(count);
    }
    out.writeInt(table.blocks());
    for (int segment = 0; segment < table.borders().segments(); segment++) {
      for (MomentsTable.Block block : table.segment(segment)) {
        out.writeInt(segment);
        out.writeInt(block.fold());
        out.writeLong(block.moments().rows());
        SnapshotBytes.write(out, block.moments().packed());
      }
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException if it is of another version, or ends early
   */
  public static MomentsSnapshot readFrom(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException("moments of version " + version + ", not " + VERSION);
    }
    PolynomialBasis basis = SnapshotBytes.readBasis(in);
    Shift shift = new Shift(SnapshotBytes.readNumbers(in));
    InitialWeights initialWeights = SnapshotBytes.readInitialWeights(in);
    long seed = in.readLong();
    int points = in.readInt();
    Assignment assignment =
        new Assignment(
            in.readLong(), in.readInt(), in.readLong(), Assignment.TrainedOn.valueOf(in.readUTF()));
    List<Integer> minibatches = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      minibatches.add(in.readInt());
    }
    MinibatchBorders borders = new MinibatchBorders(assignment, minibatches);
    BlockSums sums = new BlockSums(basis.terms());
    for (int left = in.readInt(); left > 0; left--) {
      long segment = in.readInt();
      int fold = in.readInt();
      long rows = in.readLong();
      sums.add(
          segment * borders.pieces() + fold,
          Moments.of(basis.terms(), rows, SnapshotBytes.readNumbers(in)));
    }
    return new MomentsSnapshot(
        basis,
        shift,
        initialWeights,
        seed,
        points,
        new MomentsTable(borders, basis.terms(), List.of(sums)));
  }
}
