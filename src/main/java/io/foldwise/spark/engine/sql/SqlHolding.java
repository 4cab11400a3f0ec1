package io.foldwise.spark.engine.sql;

import io.foldwise.spark.engine.fused.Holding;
import io.foldwise.spark.engine.fused.Reduce;
import io.foldwise.spark.engine.rows.BlockCuts;
import io.foldwise.spark.engine.rows.CarriedBasis;

/**
 * Rows as flat columns that Spark caches, with an aggregate of SQL a step.
 *
 * @param seed of the order of minibatches
 */
public record SqlHolding(SqlPasses passes, long seed) implements Holding {
  @Override
  public Held hold(CarriedBasis carried, BlockCuts cuts, int minibatches) {
    SqlRows columns = SqlRows.of(carried, cuts, passes);
    return new Held(
        columns, new Reduce((trials, count) -> new SqlObjective(trials, count, columns), seed));
  }

  @Override
  public boolean servesAll() {
    return true;
  }

  @Override
  public boolean solvesOptima() {
    return false;
  }
}
