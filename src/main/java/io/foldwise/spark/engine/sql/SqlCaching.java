package io.foldwise.spark.engine.sql;

import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.fused.Caching;
import io.foldwise.spark.engine.fused.Reduce;
import io.foldwise.spark.engine.rows.FittedBasis;

/**
 * Rows as flat columns that Spark caches, with an aggregate of SQL for each step.
 *
 * @param seed the seed of the order of minibatches
 */
public record SqlCaching(SqlPasses passes, long seed) implements Caching {
  @Override
  public Cached cache(FittedBasis fitted, MinibatchBorders borders, int minibatches) {
    SqlRows columns = SqlRows.of(fitted, borders, passes);
    return new Cached(
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
