package io.foldwise.spark.engine;

import io.foldwise.oracle.TrainingRows;
import java.util.List;

final class MomentsEngineRowsTest extends RowContract implements MomentsUnderTest {
  @Override
  List<LossCase> cases(TrainingRows rows) {
    return List.of(LossCase.squared(rows));
  }
}
