package io.foldwise.spark.engine;

import io.foldwise.Asked;
import io.foldwise.TestSpark;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import io.foldwise.spark.engine.rows.EngineRows;

/** Every sum an SQL aggregate: on plain Spark, or on the GPU of a session that has one. */
interface SqlUnderTest extends EngineContract {
  /** auto or reduce. */
  String movement();

  @Override
  default TrialEngine open(SearchPlan plan, EngineRows rows) {
    return SparkEngines.open(plan, rows, Asked.of("sql", movement(), TestSpark.device()));
  }

  @Override
  default boolean takesVectors() {
    return false;
  }

  /** Squared loss from moments. */
  interface Moments extends SqlUnderTest {
    @Override
    default String movement() {
      return "auto";
    }

    @Override
    default boolean solves() {
      return true;
    }
  }

  /** Any loss; one query a step. */
  interface Reducing extends SqlUnderTest {
    @Override
    default String movement() {
      return "reduce";
    }

    @Override
    default long mostEpochs() {
      return 1;
    }

    @Override
    default int mostCandidates() {
      return 2;
    }

    @Override
    default int mostPartitions() {
      return 4;
    }

    @Override
    default int mostOfAKind() {
      return 1;
    }
  }
}
