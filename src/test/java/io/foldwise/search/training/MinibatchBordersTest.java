package io.foldwise.search.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.search.Assignment;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Segments against the definition: positions whose minibatches are the same of every count. */
final class MinibatchBordersTest {
  private static final int FOLDS = 3;

  static Stream<Arguments> cuts() {
    long hashed = Assignment.HASHED_POSITIONS;
    return Stream.of(
        Arguments.of(61, 61L, List.of(1)),
        Arguments.of(61, 61L, List.of(61)),
        Arguments.of(61, 61L, List.of(2, 3, 7)),
        Arguments.of(1000, 1000L, List.of(1, 999)),
        Arguments.of(1000, hashed, List.of(7, 300)),
        Arguments.of(5_000_000, hashed, List.of(60)),
        Arguments.of(5_000_000, hashed, List.of(2, 100_000)));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void aSegmentLiesBetweenNeighbouringBorders(int rows, long positions, List<Integer> minibatches) {
    Assignment assignment = new Assignment(rows, FOLDS, positions);
    MinibatchBorders borders = new MinibatchBorders(assignment, minibatches);
    assertEquals((long) FOLDS * borders.segments(), borders.blocks());
    assertEquals(0, borders.segment(0));
    assertEquals(borders.segments() - 1, borders.segment(positions - 1));
    for (int segment = 1; segment < borders.segments(); segment++) {
      long start = borders.start(segment);
      assertEquals(segment, borders.segment(start));
      assertEquals(segment - 1, borders.segment(start - 1));
      assertEquals(1, Math.min(1, borders.bordersUpTo(start) - borders.bordersUpTo(start - 1)));
    }
    LongStream drawn = new Random(7).longs(2000, 0, positions);
    drawn.forEach(
        position -> {
          int segment = borders.segment(position);
          assertEquals(borders.bordersUpTo(borders.start(segment)), borders.bordersUpTo(position));
        });
  }
}
