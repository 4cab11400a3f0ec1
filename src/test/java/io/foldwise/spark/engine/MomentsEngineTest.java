package io.foldwise.spark.engine;

import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;

final class MomentsEngineTest extends TrialEngineContract {
  @Override
  public TrialEngine open(SearchPlan plan, EngineRows rows) {
    return SparkEngines.open(plan, rows, new SparkEngines.Wanted("moments", "auto"));
  }
}
