package io.foldwise.spark.engine.fused;

import io.foldwise.spark.engine.rows.BlockCuts;
import io.foldwise.spark.engine.rows.CarriedBasis;

/**
 * How the rows of a search are held, and how trials descend over them: the port between the fused
 * engine and what sums over rows.
 */
public interface Holding {
  /**
   * Reads the rows and holds them until they are closed.
   *
   * @param carried the columns to hold, and what about
   * @param cuts of the shuffled order
   * @param minibatches per epoch of the trials that they are held for
   */
  Held hold(CarriedBasis carried, BlockCuts cuts, int minibatches);

  /** Whether rows that are held for one number of minibatches serve trials of any other. */
  boolean servesAll();

  /** Whether a pass costs so little that optima are solved for to say how near trainings came. */
  boolean solvesOptima();

  /**
   * Rows that are held, and the movement over them.
   *
   * @param rows to be closed
   */
  record Held(HeldRows rows, FusedMovement movement) {}
}
