package io.foldwise.spark.engine;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contracts, thinned, for every way in which values travel, where the session's serializer is
 * Kryo and may write no class that is not registered: the second execution of Surefire in pom.xml.
 */
@Tag("serializer")
@EnabledIfSystemProperty(named = "spark.serializer", matches = ".*KryoSerializer")
final class SerializerTest {
  /** Numbers were held against the oracle's at length elsewhere. */
  private interface Thinned extends FusedUnderTest.Laborious {
    @Override
    default long mostEpochs() {
      return 1;
    }

    @Override
    default int mostCandidates() {
      return 2;
    }
  }

  @Nested
  final class Moments extends EngineRobustnessContract implements MomentsUnderTest {}

  @Nested
  @Tag("sweep")
  final class Reduced extends EngineRobustnessContract
      implements FusedUnderTest.Reducing, Thinned {}

  @Nested
  @Tag("sweep")
  final class Rotated extends EdgeContract implements FusedUnderTest.Rotating, Thinned {}

  @Nested
  @Tag("sweep")
  final class Replicated extends LossContract implements FusedUnderTest.InPlace, Thinned {
    @Override
    public long mostEpochs() {
      return 2;
    }
  }
}
