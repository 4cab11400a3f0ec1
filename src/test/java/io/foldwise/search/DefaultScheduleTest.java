package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.loss.Huber;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.optim.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schedule of a grid that names none. */
final class DefaultScheduleTest {
  private static final Schedule CONSTANT = new Schedule.Constant();

  /** scikit-learn's {@code power_t} is 0.25. */
  private static final List<String> OPTIMIZERS =
      List.of("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam");

  private static final Schedule COSINE = new Schedule.Cosine();

  @Test
  void theAutomaticRateFallsToZeroOverTheStatedEpochs() {
    for (Loss loss : Loss.kinds()) {
      for (String optimizer : OPTIMIZERS) {
        assertEquals(COSINE, schedule(loss, "optimizer=" + optimizer));
      }
    }
  }

  @Test
  void aRateOrAScheduleThatIsNamedStays() {
    for (Loss loss : Loss.kinds()) {
      for (String optimizer : OPTIMIZERS) {
        String named = "optimizer=" + optimizer + ";";
        assertEquals(CONSTANT, schedule(loss, named + "learning-rate=0.1"));
        assertEquals(CONSTANT, schedule(loss, named + "schedule=constant"));
        assertEquals(COSINE, schedule(loss, named + "schedule=cosine; learning-rate=0.1"));
      }
    }
  }

  @Test
  void huberTakesAMultipleOfTheLabelsRobustDeviation() {
    Loss huber = new Huber(7);
    assertEquals(new Huber(1.345 * 20), tuned(huber, "", 20));
    assertEquals(new Huber(3), tuned(huber, "delta=3", 20));
    assertEquals(new Huber(1), tuned(huber, "", Double.NaN));
  }

  private static Loss tuned(Loss loss, String grid, double labelSpread) {
    return Grid.parse(grid).candidates(loss, 100, labelSpread).get(0).loss();
  }

  private static Schedule schedule(Loss loss, String grid) {
    return Grid.parse(grid).candidates(loss, 100).get(0).descending().schedule();
  }
}
