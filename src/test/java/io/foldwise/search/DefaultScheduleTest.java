package io.foldwise.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.Loss;
import io.foldwise.learn.Schedule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schedule of a grid that names none. */
final class DefaultScheduleTest {
  private static final Schedule CONSTANT = new Schedule.Constant();

  /** scikit-learn's {@code power_t} is 0.25. */
  private static final Schedule FALLING = new Schedule.InverseScaling(0.25);

  private static final List<Loss> KINKED =
      List.of(new Loss.Absolute(), new Loss.Quantile(0.5), new Loss.Hinge());
  private static final List<Loss> SMOOTH =
      List.of(new Loss.Squared(), new Loss.Huber(1), new Loss.Logistic());

  @Test
  void theAutomaticRateOfKinkedLossesFallsWithTheSteps() {
    for (Loss loss : KINKED) {
      for (String optimizer : List.of("sgd", "momentum", "nesterov")) {
        assertEquals(FALLING, schedule(loss, "optimizer=" + optimizer));
      }
    }
  }

  @Test
  void aRateOrAScheduleThatIsNamedStays() {
    for (Loss loss : KINKED) {
      assertEquals(CONSTANT, schedule(loss, "learning-rate=0.1"));
      assertEquals(CONSTANT, schedule(loss, "schedule=constant"));
      assertEquals(new Schedule.Cosine(), schedule(loss, "schedule=cosine"));
    }
  }

  @Test
  void adaptiveOptimisersAndSmoothLossesKeepTheirRate() {
    for (Loss loss : KINKED) {
      for (String optimizer : List.of("adagrad", "rmsprop", "adam")) {
        assertEquals(CONSTANT, schedule(loss, "optimizer=" + optimizer));
      }
    }
    for (Loss loss : SMOOTH) {
      assertEquals(CONSTANT, schedule(loss, "optimizer=sgd"));
    }
  }

  private static Schedule schedule(Loss loss, String grid) {
    return Grid.parse(grid).candidates(loss, 100).get(0).descending().schedule();
  }
}
