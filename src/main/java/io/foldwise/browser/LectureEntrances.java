package io.foldwise.browser;

import java.io.IOException;
import org.teavm.jso.JSExport;

/** The ways in of the lecture, which its page calls by their names alone. */
public final class LectureEntrances {
  private LectureEntrances() {}

  /** See {@link PageRows#of}. */
  @JSExport
  public static PageRows foldwiseRows(
      double[] x, double[] labels, double[] folds, String loss, double degree, double seed) {
    return PageRows.of(x, labels, folds, loss, degree, seed);
  }

  /** See {@link PageLecture#of}. */
  @JSExport
  public static PageLecture foldwiseLecture(
      double[] linear, double[] quiz, double[] houses, double[] diabetes, String[] features) {
    return PageLecture.of(linear, quiz, houses, diabetes, features);
  }

  /** See {@link PagePickle#points}. */
  @JSExport
  public static double[] foldwisePickle(byte[] bytes) throws IOException {
    return PagePickle.points(bytes);
  }
}
