package io.foldwise.spark.engine.fused;

import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.rows.FittedBasis;

/**
 * How the rows of a search are held, and how trials descend over them: the port between the fused
 * engine and what sums over rows.
 */
public interface Caching {
  /**
   * Reads the rows and holds them until they are closed.
   *
   * @param fitted the basis and the shift that the rows are cached in
   * @param borders the borders of the shuffled order
   * @param minibatches the minibatches in an epoch of the trials that the rows are held for
   */
  Cached cache(FittedBasis fitted, MinibatchBorders borders, int minibatches);

  /** Whether rows that are held for one number of minibatches serve trials of any other. */
  boolean servesAll();

  /** Whether a pass costs so little that optima are solved for to say how near trainings came. */
  boolean solvesOptima();

  /**
   * Rows that are held, and the movement over them.
   *
   * @param rows the rows, which are to be closed
   */
  record Cached(CachedRows rows, FusedMovement movement) {}
}
