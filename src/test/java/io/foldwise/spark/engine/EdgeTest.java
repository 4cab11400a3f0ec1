package io.foldwise.spark.engine;

import io.foldwise.oracle.TrainingRows;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The edges, on each engine and movement. */
final class EdgeTest {
  @Nested
  final class Moments extends EdgeContract implements MomentsUnderTest {
    @Override
    List<LossCase> cases(TrainingRows rows) {
      return List.of(LossCase.squared(rows));
    }
  }

  @Nested
  final class Replicate extends EdgeContract implements FusedUnderTest.BySegment {}

  @Nested
  @Tag("exhaustive")
  final class Reduce extends EdgeContract implements FusedUnderTest.Reducing {}

  @Nested
  @Tag("sweep")
  final class Rotate extends EdgeContract implements FusedUnderTest.Rotating {}
}
