package io.foldwise.spark.engine;

import io.foldwise.Asked;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import io.foldwise.spark.engine.rows.EngineRows;

/** Squared loss from moments. */
interface MomentsUnderTest extends EngineContract {
  @Override
  default TrialEngine open(SearchPlan plan, EngineRows rows) {
    return SparkEngines.open(plan, rows, Asked.of("moments", "auto"));
  }

  @Override
  default boolean solves() {
    return true;
  }
}
