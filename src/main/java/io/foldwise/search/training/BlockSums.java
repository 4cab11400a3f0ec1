package io.foldwise.search.training;

import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import io.foldwise.math.PackedSymmetric;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The moments of some blocks while they are being added up, ordered by block. */
public final class BlockSums implements Serializable {
  private final int features;
  private final TreeMap<Long, MomentsAccumulator> blocks = new TreeMap<>();
  private transient double[] scratch;

  /**
   * @param features d, the number of fitted columns
   */
  public BlockSums(int features) {
    this.features = features;
  }

  /** Adds consecutive rows of one block. */
  public void addRows(long block, double[] rows, int from, int count) {
    if (scratch == null) {
      scratch = new double[MomentsAccumulator.scratchLength(features)];
    }
    accumulator(block).addRows(rows, from, count, scratch);
  }

  /** Adds rows of one block that were summed elsewhere. */
  public void add(long block, Moments moments) {
    accumulator(block).add(moments);
  }

  /** Adds what another has summed. */
  public void merge(BlockSums other) {
    other.blocks.forEach((block, sums) -> accumulator(block).merge(sums));
  }

  /** Deals the blocks into parts by block modulo their number. */
  public BlockSums[] split(int parts) {
    BlockSums[] split = new BlockSums[parts];
    Arrays.setAll(split, part -> new BlockSums(features));
    blocks.forEach((block, sums) -> split[(int) (block % parts)].blocks.put(block, sums));
    return split;
  }

  private MomentsAccumulator accumulator(long block) {
    return blocks.computeIfAbsent(block, b -> new MomentsAccumulator(features));
  }

  public Map<Long, MomentsAccumulator> blocks() {
    return blocks;
  }

  /** The bytes that the sums take: two doubles for each moment. */
  public long bytes() {
    return 16L * blocks.size() * PackedSymmetric.length(features + 2);
  }
}
