package io.foldwise.spark.engine;

import io.foldwise.oracle.RotatedOrder;
import io.foldwise.oracle.VisitingOrder;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.Trial;
import io.foldwise.search.TrialEngine;
import io.foldwise.spark.engine.plan.Engine;
import io.foldwise.spark.engine.plan.EnginePlan;
import io.foldwise.spark.engine.plan.Movement;
import io.foldwise.spark.engine.plan.Processor;
import io.foldwise.spark.engine.rows.EngineRows;
import java.util.List;

/**
 * Any loss over rows, each movement with as many segments as is wanted, whatever a planner says.
 */
interface FusedUnderTest extends EngineContract {
  Movement movement();

  int segments();

  @Override
  default TrialEngine open(SearchPlan plan, EngineRows rows) {
    return SparkEngines.open(
        plan,
        rows,
        new EnginePlan(
            Engine.FUSED,
            new EnginePlan.Moving(movement(), segments()),
            Movement.SUMS,
            Processor.CPU,
            "a test wants it",
            new EnginePlan.Cost(1, 1, 1)),
        query -> {});
  }

  /** Rows stay in their partitions until every task gets them all. */
  interface InPlace extends FusedUnderTest {
    @Override
    default Movement movement() {
      return Movement.REPLICATE;
    }

    @Override
    default int segments() {
      return 0;
    }
  }

  /** Rows of a minibatch are brought together first. */
  interface BySegment extends InPlace {
    @Override
    default int segments() {
      return 4;
    }
  }

  /** Each step costs a job, or each segment of an epoch. */
  interface Laborious extends FusedUnderTest {
    @Override
    default long mostEpochs() {
      return 2;
    }

    @Override
    default int mostOfAKind() {
      return 2;
    }

    @Override
    default int mostCandidates() {
      return 6;
    }
  }

  /** One job a step. */
  interface Reducing extends Laborious {
    @Override
    default Movement movement() {
      return Movement.REDUCE;
    }

    @Override
    default int segments() {
      return 0;
    }
  }

  /** One job a segment and epoch; wherever there are several minibatches, several segments. */
  interface Rotating extends Laborious {
    @Override
    default Movement movement() {
      return Movement.ROTATE;
    }

    @Override
    default int segments() {
      return 3;
    }

    @Override
    default VisitingOrder visiting(SearchPlan plan, List<Trial> trials) {
      return new RotatedOrder(plan, trials, segments());
    }
  }
}
