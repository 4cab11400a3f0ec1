package io.foldwise.lecture;

import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.LinearModel;
import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Quiz 1 on the line, quiz 2 on a curve: which degree, which parameters, which test error. */
final class QuizSection implements Section {
  /** The bounds that the quiz sets: the test MSE, and the milliseconds of one training. */
  static final double MOST_ERROR = 0.05;

  static final double MOST_MILLIS = 500;
  private static final int SEEDS = 10;
  private static final int DEGREES = 8;

  private final Points linear;
  private final Points quiz;

  QuizSection(Points linear, Points quiz) {
    this.linear = linear;
    this.quiz = quiz;
  }

  @Override
  public String key() {
    return "quiz";
  }

  @Override
  public List<Control> controls() {
    return List.of(Control.linear("folds", 2, 10, 1, 3));
  }

  @Override
  public Picture picture(double... values) {
    int k = Math.min((int) values[0], quiz.rows() / 5);
    double[] errors = new double[SEEDS];
    double[] millis = new double[SEEDS];
    double[] degrees = new double[SEEDS];
    List<LinearModel> models = new ArrayList<>();
    for (int seed = 0; seed < SEEDS; seed++) {
      int[] order = Draw.order(quiz.rows(), 100 + seed);
      int test = Math.max(1, quiz.rows() / 5);
      Points training = quiz.at(Arrays.copyOfRange(order, test, order.length));
      Study study = Study.of(training).seed(seed).degree(DEGREES).folds(k);
      degrees[seed] = degree(study);
      long start = System.nanoTime();
      LinearModel model = study.fit(grid((int) degrees[seed])).model();
      millis[seed] = (System.nanoTime() - start) / 1e6;
      models.add(model);
      errors[seed] = Study.squaredError(model, quiz.at(Arrays.copyOf(order, test)));
    }
    double mean = Numbers.mean(errors);
    double slowest = Numbers.largest(millis);
    double[] x = Numbers.between(quiz.low(0), quiz.high(0), 121);
    List<Fact> facts = new ArrayList<>();
    facts.add(line());
    facts.add(parameters(models.get(0)));
    facts.add(new Fact("score", mean, MOST_ERROR, degrees[0]));
    facts.add(new Fact("time", slowest, MOST_MILLIS));
    return Picture.of(
        values[0] >= 5 && mean < MOST_ERROR && slowest < MOST_MILLIS,
        facts,
        Panel.of(
            "fit",
            Axis.of("x"),
            SplitSection.yAxis(quiz),
            Series.of("rows", Shape.POINTS, quiz.x(), quiz.y()),
            Series.of("fit", Shape.LINE, x, Study.predictions(models.get(0), x))),
        Panel.of(
            "errors",
            Axis.of("seed", 0, SEEDS + 1.0),
            Axis.of("mse", 0, Math.max(1.2 * MOST_ERROR, 1.1 * Numbers.largest(errors))),
            Series.of("test", Shape.BARS, Numbers.between(1, SEEDS, SEEDS), errors),
            Series.level("bound", 0, SEEDS + 1.0, MOST_ERROR)));
  }

  /** The least degree within one standard error of the best. */
  private static int degree(Study study) {
    Study.Validated found = study.validate("optimizer=exact; degree=1.." + DEGREES);
    double[] means = found.means();
    int best = Numbers.least(means);
    double most = means[best] + found.summaries().get(best).validation().standardError();
    int degree = 0;
    while (means[degree] > most) {
      degree++;
    }
    return degree + 1;
  }

  private static String grid(int degree) {
    return "optimizer=nesterov; epochs=300; degree=" + degree;
  }

  /** Quiz 1: the line through linear.pkl, and the test MSE of its estimated parameters. */
  private Fact line() {
    int test = linear.rows() / 5;
    LinearModel model =
        Study.of(linear.slice(test, linear.rows())).fit("optimizer=sgd; epochs=100").model();
    AffineFunction line = model.powers();
    return new Fact(
        "first",
        line.intercept(),
        line.coefficient(0),
        Study.squaredError(model, linear.slice(0, test)));
  }

  /** The parameters of a polynomial, from its constant on. */
  private static Fact parameters(LinearModel model) {
    AffineFunction powers = model.powers();
    double[] all = new double[powers.coefficients().length + 1];
    all[0] = powers.intercept();
    System.arraycopy(powers.coefficients(), 0, all, 1, all.length - 1);
    return new Fact("polynomial", all);
  }
}
