package io.foldwise.spark.engine.fused;

import io.foldwise.search.training.MinibatchBorders;
import java.io.Serializable;

/**
 * The shuffled order cut into segments of whole minibatches, of about the same number of rows, for
 * one number of minibatches.
 *
 * @param borders the borders of the shuffled order
 * @param minibatches the number of minibatches in an epoch, m
 * @param segments the number of segments, at most m
 */
record Segmentation(MinibatchBorders borders, int minibatches, int segments)
    implements Serializable {

  /** The first minibatch of a segment; m where {@code segment = segments}. */
  int firstMinibatch(int segment) {
    return (int) (((long) segment * minibatches + segments - 1) / segments);
  }

  /** The first of the order's borders that belongs to a segment. */
  int firstBorder(int segment) {
    return borders.firstSegment(firstMinibatch(segment), minibatches);
  }
}
