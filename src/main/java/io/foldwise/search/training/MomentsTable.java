package io.foldwise.search.training;

import io.foldwise.math.Moments;
import io.foldwise.math.MomentsAccumulator;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The moments of every block that has rows: by segment of the shuffled order, then by fold. */
public final class MomentsTable implements Serializable {
  /**
   * A block of a segment.
   *
   * @param fold the fold whose rows these are, or the piece of one
   */
  public record Block(int fold, Moments moments) implements Serializable {}

  private final MinibatchBorders borders;
  private final int features;
  private final List<List<Block>> segments;

  public MomentsTable(MinibatchBorders borders, int features, List<BlockSums> parts) {
    this.borders = borders;
    this.features = features;
    this.segments = new ArrayList<>();
    for (int segment = 0; segment < borders.segments(); segment++) {
      segments.add(new ArrayList<>(borders.pieces() < 100 ? borders.pieces() : 0));
    }
    for (BlockSums part : parts) {
      for (Map.Entry<Long, MomentsAccumulator> block : part.blocks().entrySet()) {
        int segment = (int) (block.getKey() / borders.pieces());
        int fold = (int) (block.getKey() % borders.pieces());
        segments.get(segment).add(new Block(fold, block.getValue().moments()));
      }
    }
    segments.forEach(blocks -> blocks.sort((a, b) -> Integer.compare(a.fold, b.fold)));
  }

  /** This table cut at the borders of some of its numbers of minibatches alone. */
  public MomentsTable cutInto(List<Integer> minibatches) {
    MinibatchBorders coarse = new MinibatchBorders(borders.assignment(), minibatches);
    BlockSums sums = new BlockSums(features);
    for (int segment = 0; segment < segments.size(); segment++) {
      long position = borders.start(segment);
      segments
          .get(segment)
          .forEach(block -> sums.add(coarse.block(position, block.fold), block.moments));
    }
    return new MomentsTable(coarse, features, List.of(sums));
  }

  public MinibatchBorders borders() {
    return borders;
  }

  public int features() {
    return features;
  }

  /** The blocks of a segment, by fold. */
  public List<Block> segment(int segment) {
    return segments.get(segment);
  }

  /** The number of blocks that have rows. */
  public int blocks() {
    return segments.stream().mapToInt(List::size).sum();
  }

  public boolean isFinite() {
    return segments.stream()
        .allMatch(blocks -> blocks.stream().allMatch(block -> block.moments.isFinite()));
  }

  /** The number of rows of each fold, or of each piece. */
  public long[] foldSizes() {
    long[] sizes = new long[borders.pieces()];
    for (List<Block> blocks : segments) {
      for (Block block : blocks) {
        sizes[block.fold] += block.moments.rows();
      }
    }
    return sizes;
  }
}
