package io.foldwise.lecture;

import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import io.foldwise.search.CandidateSummary;
import io.foldwise.search.EarlyStopping;
import io.foldwise.search.Halving;
import io.foldwise.search.LearningCurve;
import io.foldwise.search.TrialResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Early stopping by patience, and successive halving. */
final class StoppingSection implements Section {
  private static final int EPOCHS = 300;
  private static final int RUNG_EPOCHS = 81;
  private static final String LONG =
      "optimizer=momentum; degree=10; batch-size=full; learning-rate=0.02; epochs=" + EPOCHS;
  private static final String RATES =
      "optimizer=sgd; degree=3; batch-size=full; learning-rate=log(0.002,0.3,16); epochs="
          + RUNG_EPOCHS;

  private final Points few = few();
  private Study.Validated whole;

  /** Few points of a wave with much noise, which a polynomial of degree 10 overfits. */
  private static Points few() {
    Draw draw = new Draw(5);
    double[] x = Numbers.between(0, 3, 36);
    return new Points(x, Numbers.of(x, each -> Math.sin(2 * each) + 0.5 * draw.normal()));
  }

  @Override
  public String key() {
    return "stopping";
  }

  @Override
  public List<Control> controls() {
    return List.of(Control.linear("patience", 1, 60, 1, 1), Control.linear("halving", 2, 4, 1, 2));
  }

  private Study study() {
    return Study.of(few).degree(10).folds(5);
  }

  @Override
  public Picture picture(double... values) {
    if (whole == null) {
      whole = study().validate(LONG);
    }
    long patience = (long) values[0];
    Study.Validated stopped =
        study().validate(LONG, Optional.of(new EarlyStopping(patience, 0)), Optional.empty());
    long epoch = stopped.summaries().get(0).epochs();
    LearningCurve curve = mean(whole.trials());
    double[] unseen = curve.validation();
    double[] seen = curve.training();
    double[] epochs = Arrays.stream(curve.epochs()).asDoubleStream().toArray();
    double least = unseen[Numbers.least(unseen)];
    double kept = stopped.means()[0];
    Study.Validated bracket =
        study()
            .fromZeros()
            .validate(RATES, Optional.empty(), Optional.of(new Halving((int) values[1])));
    double spent = bracket.summaries().stream().mapToDouble(CandidateSummary::epochs).sum();
    return Picture.of(
        kept <= 1.02 * least && epoch < EPOCHS,
        List.of(
            new Fact("stopped", patience, epoch, kept, unseen[unseen.length - 1]),
            new Fact("halving", bracket.summaries().size(), spent, 16.0 * RUNG_EPOCHS)),
        Panel.of(
            "patience",
            Axis.logarithmic("epoch", 1, EPOCHS),
            Axis.logarithmic("mse"),
            Series.of("training", Shape.DASHED, epochs, seen),
            Series.of("validation", Shape.LINE, epochs, unseen),
            Series.point("stop", Shape.CROSS, (double) epoch, kept)),
        new Panel(
            "bracket",
            Axis.logarithmic("epoch", 1, 100),
            Axis.logarithmic("mse"),
            bracket(bracket)));
  }

  /** The mean validation curve of each candidate, as far as it went. */
  private static List<Series> bracket(Study.Validated found) {
    List<Series> series = new ArrayList<>();
    int folds = found.trials().size() / found.summaries().size();
    for (CandidateSummary summary : found.summaries()) {
      LearningCurve curve =
          mean(found.trials().subList(summary.index() * folds, (summary.index() + 1) * folds));
      double[] unseen = curve.validation();
      double[] epochs = Arrays.stream(curve.epochs()).asDoubleStream().toArray();
      if (unseen.length > 0) {
        boolean isLast = summary.isEligible();
        series.add(
            Series.of(
                isLast ? "kept" : "dropped", isLast ? Shape.LINE : Shape.DASHED, epochs, unseen));
        series.add(
            Series.point(
                "",
                isLast ? Shape.CROSS : Shape.HOLLOW,
                epochs[unseen.length - 1],
                unseen[unseen.length - 1]));
      }
    }
    return series;
  }

  private static LearningCurve mean(List<TrialResult> trials) {
    return LearningCurve.mean(trials.stream().map(TrialResult::curve).toList());
  }
}
