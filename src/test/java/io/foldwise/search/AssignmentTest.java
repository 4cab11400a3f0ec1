package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class AssignmentTest {

  @Test
  void minibatchesOfRankedPlacesDifferByAtMostOneRow() {
    for (int n = 1; n <= 40; n++) {
      Assignment assignment = new Assignment(n, 1, n);
      for (int batchSize = 1; batchSize <= n + 3; batchSize++) {
        int m = assignment.minibatches(batchSize);
        assertEquals((n + batchSize - 1) / batchSize, m);
        long[] sizes = new long[m];
        for (int position = 0; position < n; position++) {
          sizes[assignment.minibatch(position, m)]++;
        }
        long most = LongStream.of(sizes).max().orElseThrow();
        assertTrue(most <= batchSize, n + " rows by " + batchSize);
        assertTrue(most - LongStream.of(sizes).min().orElseThrow() <= 1);
      }
    }
  }

  @Test
  void hashedPlacesReachEveryMinibatch() {
    Assignment assignment = new Assignment(1_000_000_000L, 5, Assignment.HASHED_POSITIONS);
    int m = assignment.minibatches(1000);
    assertEquals(1_000_000, m);
    assertEquals(0, assignment.minibatch(0, m));
    assertEquals(m - 1, assignment.minibatch(Assignment.HASHED_POSITIONS - 1, m));
    assertEquals(m / 2, assignment.minibatch(Assignment.HASHED_POSITIONS / 2, m));
  }

  @Test
  void foldsHaveBounds() {
    assertThrows(InvalidInputException.class, () -> new Assignment(0, 1, 1));
    assertThrows(InvalidInputException.class, () -> new Assignment(5, 0, 5));
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> new Assignment(80, 81, 80));
    assertEquals("'folds' (81) must be <= rows (80): a fold would be empty", refusal.getMessage());
    assertEquals(80, new Assignment(80, 80, 80).folds());
  }

  @Test
  void ranksAreOneARowAndHashesAsManyAsThereAre() {
    assertThrows(IllegalArgumentException.class, () -> new Assignment(5, 2, 4));
    long rows = 2 * Assignment.HASHED_POSITIONS;
    assertEquals(rows, new Assignment(rows, 2, Assignment.HASHED_POSITIONS).rows());
  }

  @Test
  void aBatchSizeThatMakesTooManyMinibatchesIsRefusedWithTheLeastThatDoesNot() {
    assertEquals(100_000_000, assignment(100_000_000).minibatches(1));
    assertLeastBatchSize(2, 100_000_001);
    assertLeastBatchSize(2, 200_000_000);
    assertLeastBatchSize(3, 200_000_001);
  }

  private static void assertLeastBatchSize(long least, long rows) {
    Assignment assignment = assignment(rows);
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> assignment.minibatches(least - 1));
    String start = "'batch-size' (" + (least - 1) + ") must be >= " + least + ": ";
    assertTrue(refusal.getMessage().startsWith(start), refusal.getMessage());
    assertTrue(assignment.minibatches(least) <= 100_000_000);
  }

  private static Assignment assignment(long rows) {
    return new Assignment(rows, 1, rows);
  }

  /** 24 bytes a point: what the curves of a search take has a bound, however many trials it has. */
  @Test
  void allCurvesTogetherHaveAtMostFourMillionPoints() {
    assertEquals(1000, LearningCurve.points(1));
    assertEquals(1000, LearningCurve.points(4000));
    assertEquals(800, LearningCurve.points(5000));
    assertEquals(40, LearningCurve.points(100_000));
    assertEquals(10, LearningCurve.points(10_000_000));
    long points =
        LongStream.rangeClosed(1, 1000)
            .filter(epoch -> LearningCurve.includes(epoch, 1000, 40))
            .count();
    assertEquals(40, points);
    assertTrue(LearningCurve.includes(1000, 1000, 40));
  }

  @Test
  void aCurveHasAtMostAThousandPointsAndItsLastEpoch() {
    for (long length : new long[] {1, 999, 1000, 1001, 1999, 2000, 123_457, 1_000_000}) {
      long points =
          LongStream.rangeClosed(1, length)
              .filter(epoch -> LearningCurve.includes(epoch, length, 1000))
              .count();
      assertEquals(Math.min(length, 1000), points, "epochs " + length);
      assertTrue(LearningCurve.includes(length, length, 1000));
    }
  }
}
