package io.foldwise.lecture;

import io.foldwise.learn.optim.ActiveColumns;
import io.foldwise.learn.optim.Descent;
import io.foldwise.learn.optim.Momentum;
import io.foldwise.learn.optim.Objective;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.optim.Schedule;
import io.foldwise.learn.optim.WeightColumn;
import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import io.foldwise.search.training.WeightPath;
import java.util.List;

/**
 * A loss of one weight with several minima, which no loss of Foldwise has: f(w) = w²/10 + 0.4·(1 −
 * cos 2.5w), least at 0.
 */
final class MinimaSection implements Section {
  private static final int STEPS = 120;
  private static final double WAVES = 2.5;
  private static final double HEIGHT = 0.4;

  @Override
  public String key() {
    return "minima";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.linear("start", -6, 6, 0.1, 5.2),
        Control.logarithmic("rate", 0.005, 1, 1.1, 0.02),
        Control.linear("momentum", 0, 0.95, 0.05, 0));
  }

  static double loss(double w) {
    return w * w / 10 + HEIGHT * (1 - Math.cos(WAVES * w));
  }

  /** The slope of that loss, wherever the weight is. */
  private static final class Wiggly implements Objective {
    @Override
    public int minibatches() {
      return 1;
    }

    @Override
    public boolean isEmpty(int b, int column) {
      return false;
    }

    @Override
    public void gradientInto(int b, double[] w, ActiveColumns active, double[] gradient) {
      gradient[0] = w[0] / 5 + HEIGHT * WAVES * Math.sin(WAVES * w[0]);
    }
  }

  @Override
  public Picture picture(double... values) {
    Descent descent =
        new Descent(
            List.of(new WeightColumn(0, 1, 0, Penalty.NONE)),
            List.of(
                new Descent.Stepper(
                    new Momentum(values[2]), new Schedule.Constant(), values[1], STEPS, STEPS)),
            new double[] {values[0]});
    double[] road =
        WeightPath.of(descent, new Wiggly(), STEPS, 1, STEPS + 2).stream()
            .mapToDouble(point -> point.weights()[0])
            .toArray();
    double end = road[road.length - 1];
    double[] w = Numbers.between(-7, 7, 281);
    boolean isGlobal = Math.abs(end) < 0.3;
    return Picture.of(
        isGlobal && Math.abs(values[0]) >= 3,
        List.of(new Fact(isGlobal ? "global" : "local", end, loss(end))),
        Panel.of(
            "wiggly",
            Axis.of("weight", -7, 7),
            Axis.of("loss", 0, 6),
            Series.of("loss", Shape.LINE, w, Numbers.of(w, MinimaSection::loss)),
            Series.of("road", Shape.DASHED_ROAD, road, Numbers.of(road, MinimaSection::loss)),
            Series.point("global", Shape.CROSS, 0, 0)));
  }
}
