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
  private static final int CANDIDATES = 2;

  @Nested
  final class Moments extends EngineRobustnessContract implements MomentsUnderTest {}

  @Nested
  final class Reduced extends EngineRobustnessContract implements FusedUnderTest.Reducing {
    @Override
    public long mostEpochs() {
      return 1;
    }

    @Override
    public int mostCandidates() {
      return CANDIDATES;
    }
  }

  @Nested
  final class Rotated extends EdgeContract implements FusedUnderTest.Rotating {
    @Override
    public long mostEpochs() {
      return 1;
    }

    @Override
    public int mostCandidates() {
      return CANDIDATES;
    }
  }

  @Nested
  final class Replicated extends LossContract implements FusedUnderTest.InPlace {
    @Override
    public long mostEpochs() {
      return 2;
    }

    @Override
    public int mostCandidates() {
      return CANDIDATES;
    }

    @Override
    public int mostLosses() {
      return 2;
    }
  }
}
