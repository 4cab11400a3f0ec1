package io.foldwise.browser;

import io.foldwise.learn.score.Metric;
import io.foldwise.lecture.Points;
import io.foldwise.lecture.StudentData;
import io.foldwise.search.EarlyStopping;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.SelectionRule;
import io.foldwise.search.training.MomentsSnapshot;
import io.foldwise.search.training.RowsSnapshot;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.teavm.jso.JSExport;

/** The ways in, which the pages call by their names alone. */
public final class Entrances {
  private Entrances() {}

  /**
   * Opens a run of squared loss.
   *
   * @param moments the bytes of {@link MomentsSnapshot#writeTo}
   * @param metric the name of the metric that ranks
   * @param patience the epochs that early stopping waits; 0 for none
   * @param tolerance the least improvement that it waits for
   * @throws IOException if the bytes are no snapshot
   */
  @JSExport
  public static PageEngine foldwiseEngine(
      byte[] moments, String metric, double patience, double tolerance) throws IOException {
    return PageEngine.of(
        MomentsSnapshot.readFrom(read(moments)), judging(metric, patience, tolerance));
  }

  /**
   * Opens a run of any loss whose rows are there.
   *
   * @param rows the bytes of {@link RowsSnapshot#writeTo}
   * @param metric the name of the metric that ranks; not auc
   * @param patience the epochs that early stopping waits; 0 for none
   * @param tolerance the least improvement that it waits for
   * @throws IOException if the bytes are no snapshot
   */
  @JSExport
  public static PageEngine foldwiseRowsEngine(
      byte[] rows, String metric, double patience, double tolerance) throws IOException {
    return PageEngine.of(RowsSnapshot.readFrom(read(rows)), judging(metric, patience, tolerance));
  }

  private static DataInputStream read(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static SearchPlan.Judging judging(String metric, double patience, double tolerance) {
    return new SearchPlan.Judging(
        Metric.all().stream().filter(m -> m.label().equals(metric)).findFirst().orElseThrow(),
        SelectionRule.BEST,
        patience > 0
            ? Optional.of(new EarlyStopping((long) patience, tolerance))
            : Optional.empty());
  }

  /** See {@link PageLecture#of}. */
  @JSExport
  public static PageLecture foldwiseLecture(
      double[] linear, double[] quiz, double[] houses, double[] diabetes, String[] features) {
    return PageLecture.of(linear, quiz, houses, diabetes, features);
  }

  /**
   * Reads a pickle that was dropped on the page.
   *
   * @return x, then y
   * @throws io.foldwise.input.InvalidInputException if it is damaged, holds what is not read, or
   *     not x and y
   */
  @JSExport
  public static double[] foldwisePickle(byte[] bytes) throws IOException {
    Points points = StudentData.read(bytes);
    return DoubleStream.concat(Arrays.stream(points.x()), Arrays.stream(points.y())).toArray();
  }
}
