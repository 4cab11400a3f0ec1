package io.foldwise.learn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DescentTest {
  /** Half of w² in each of two minibatches, of which a column may have none in the first. */
  private record Bowl(boolean... skipsFirst) implements Objective {
    @Override
    public int minibatches() {
      return 2;
    }

    @Override
    public boolean isEmpty(int b, int column) {
      return b == 0 && skipsFirst[column];
    }

    @Override
    public void gradientInto(int b, double[] w, ActiveColumns active, double[] gradient) {
      for (int i = 0; i < active.count(); i++) {
        gradient[active.column(i)] = w[active.column(i)];
      }
    }
  }

  /** Keeps what it sees. */
  private static final class Diary implements Descent.Monitor {
    private final List<String> seen = new ArrayList<>();

    @Override
    public boolean wants(long epoch) {
      return epoch != 2;
    }

    @Override
    public void epochEnded(long epoch, double[] w, ActiveColumns active) {
      StringBuilder columns = new StringBuilder();
      for (int i = 0; i < active.count(); i++) {
        columns.append(active.column(i));
      }
      seen.add(epoch + ":" + columns);
      active.stop(column -> w[column] > 100);
    }
  }

  @Test
  void columnsRunTheirOwnEpochsAndNoMore() {
    double[] w = {1, 1, 1};
    Diary diary = new Diary();
    descent(w, step(0.5, 1), step(0.5, 3), step(0.5, 2))
        .run(new Bowl(false, false, false), 7, diary);
    assertArrayEquals(new double[] {0.25, 1 / 64.0, 1 / 16.0}, w);
    assertEquals(List.of("1:012", "3:1"), diary.seen);
  }

  @Test
  void aColumnThatTheMonitorStopsStaysAsItIs() {
    double[] w = {1, 1};
    Diary diary = new Diary();
    descent(w, step(21, 9), step(0.5, 3)).run(new Bowl(false, false), 7, diary);
    assertArrayEquals(new double[] {400, 1 / 64.0}, w);
    assertEquals(List.of("1:01", "3:1"), diary.seen);
  }

  @Test
  void aSkippedMinibatchMovesNothingButTheStepCounter() {
    Schedule halves = new Schedule.InverseScaling(1);
    double[] w = {1, 1};
    Descent.Stepper slowing = new Descent.Stepper(new Sgd(), halves, 0.5, 1, 1);
    Descent descent = descent(w, slowing, slowing);
    Bowl bowl = new Bowl(true, false);
    descent.visit(bowl, 0);
    assertArrayEquals(new double[] {1, 0.5}, w);
    descent.visit(bowl, 1);
    // the second step of both, at half the rate
    assertArrayEquals(new double[] {0.75, 0.375}, w);
  }

  @Test
  void aSkippedMinibatchTakesNoPenaltyEither() {
    double[] w = {1, 1};
    List<WeightColumn> columns = new ArrayList<>();
    for (int column = 0; column < 2; column++) {
      columns.add(new WeightColumn(column, 1, 0, new Penalty(0.1, 0.5)));
    }
    Descent descent = new Descent(columns, List.of(step(0.1, 1), step(0.1, 1)), w);
    descent.visit(new Bowl(true, false), 0);
    // 1 − 0.1·(1 + 2·0.5·1) = 0.8, then 0.1·0.1 off
    assertArrayEquals(new double[] {1, 0.79}, w, 1e-15);
  }

  @Test
  void columnsThatLookAheadStandBesideThoseThatDoNot() {
    double[] w = {1, 1};
    Descent.Stepper ahead =
        new Descent.Stepper(new Nesterov(0.5), new Schedule.Constant(), 0.5, 1, 1);
    Descent descent = descent(w, ahead, step(0.5, 1));
    Bowl bowl = new Bowl(false, false);
    descent.visit(bowl, 0);
    descent.visit(bowl, 1);
    // w₁ = ½; v = ½ + ½(½ − 1) = ¼, w₂ = ¼ − ½·¼
    assertArrayEquals(new double[] {0.125, 0.25}, w);
  }

  private static Descent.Stepper step(double rate, long epochs) {
    return new Descent.Stepper(new Sgd(), new Schedule.Constant(), rate, epochs, epochs);
  }

  private static Descent descent(double[] w, Descent.Stepper... steppers) {
    List<WeightColumn> columns = new ArrayList<>();
    for (int column = 0; column < steppers.length; column++) {
      columns.add(new WeightColumn(column, 1, 0, Penalty.NONE));
    }
    return new Descent(columns, List.of(steppers), w);
  }
}
