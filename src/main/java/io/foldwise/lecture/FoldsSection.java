package io.foldwise.lecture;

import io.foldwise.lecture.Picture.Axis;
import io.foldwise.lecture.Picture.Fact;
import io.foldwise.lecture.Picture.Panel;
import io.foldwise.lecture.Picture.Series;
import io.foldwise.lecture.Picture.Shape;
import io.foldwise.search.CandidateSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Ten houses in k folds; each fold is held out once. */
final class FoldsSection implements Section {
  private final Points houses;

  FoldsSection(Points houses) {
    this.houses = houses;
  }

  @Override
  public String key() {
    return "folds";
  }

  @Override
  public List<Control> controls() {
    return List.of(
        Control.linear("folds", 2, houses.rows(), 1, 5),
        Control.linear("turn", 1, houses.rows(), 1, 1),
        Control.linear("degree", 1, 3, 1, 1));
  }

  @Override
  public Picture picture(double... values) {
    int k = (int) values[0];
    int turn = Math.min(k, (int) values[1]) - 1;
    int degree = (int) values[2];
    Study study = Study.of(houses).degree(degree).folds(k);
    Study.Validated found = study.validate("optimizer=exact; degree=" + degree);
    CandidateSummary summary = found.summaries().get(0);
    double[] x = Numbers.between(houses.low(0), houses.high(0), 61);
    List<Series> series = new ArrayList<>();
    for (int fold = 0; fold < k; fold++) {
      if (fold != turn) {
        series.add(line("others", Shape.THIN, found, fold, x));
      }
    }
    series.add(line("fit", Shape.LINE, found, turn, x));
    int[] folds = study.folds();
    Points kept = houses.at(rows(folds, turn, false));
    Points out = houses.at(rows(folds, turn, true));
    series.add(Series.of("training", Shape.POINTS, kept.x(), kept.y()));
    series.add(Series.of("heldout", Shape.HOLLOW, out.x(), out.y()));
    double[] roots = Numbers.of(summary.validation().folds(), Math::sqrt);
    double[] piles = Arrays.stream(folds).asDoubleStream().toArray();
    return Picture.of(
        k == houses.rows(),
        List.of(
            new Fact(
                "score", summary.validation().mean(), Math.sqrt(summary.validation().mean()), k),
            new Fact("turn", turn + 1.0, roots[turn])),
        new Panel(
            "cards",
            Axis.of("fold", 0, k - 1.0),
            Axis.of("price"),
            List.of(new Series("houses", Shape.CARDS, piles, houses.y(), new double[] {turn}))),
        new Panel("lines", Axis.of("size"), Axis.of("price", 100, 600), series),
        Panel.of(
            "errors",
            Axis.of("fold", 0, k + 1.0),
            Axis.of("rmse"),
            Series.of("rmse", Shape.BARS, Numbers.between(1, k, k), roots)));
  }

  private static Series line(String key, Shape shape, Study.Validated found, int fold, double[] x) {
    return Series.of(key, shape, x, Study.predictions(found.trials().get(fold).model(), x));
  }

  private static int[] rows(int[] folds, int turn, boolean isOut) {
    return IntStream.range(0, folds.length).filter(i -> (folds[i] == turn) == isOut).toArray();
  }
}
