package io.foldwise.lecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.cli.LectureInJar;
import io.foldwise.input.InvalidInputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the sections of the lecture compute. */
final class LectureTest {
  private static final Lecture.Data DATA = LectureInJar.data();
  private static final Lecture LECTURE = Lecture.of(DATA);

  /** Values of the controls of each section that reach its goal. */
  private static final Map<String, double[]> SOLVED = new LinkedHashMap<>();

  static {
    SOLVED.put("noise", new double[] {0.6, 300});
    SOLVED.put("outlier", new double[] {-6, 0.5});
    SOLVED.put("surface", new double[] {1.95, 1});
    SOLVED.put("rate", new double[] {0.6});
    SOLVED.put("basis", new double[] {56});
    SOLVED.put("minima", new double[] {4, 0.02, 0.95});
    SOLVED.put("split", new double[] {3, 1, 1});
    SOLVED.put("folds", new double[] {10, 1, 1});
    SOLVED.put("time", new double[] {8, 1, 1});
    SOLVED.put("minibatch", new double[] {4, 0.23, 5});
    SOLVED.put("degree", new double[] {4, 40});
    SOLVED.put("classes", new double[] {2});
    SOLVED.put("valley", new double[] {0.9, 1.4});
    SOLVED.put("paths", new double[] {1, 20});
    SOLVED.put("stopping", new double[] {60, 2});
    SOLVED.put("loops", new double[] {4, 0.1});
    SOLVED.put("quiz", new double[] {5});
  }

  private static Section section(String key) {
    return LECTURE.sections().get(LECTURE.indexOf(key));
  }

  @Test
  void everySectionOpensWithAPictureAndAGoalYetToReach() {
    for (Section section : LECTURE.sections()) {
      Picture picture = section.first();
      assertFalse(picture.isReached(), section.key());
      assertFalse(picture.facts().isEmpty(), section.key());
      for (Picture.Panel panel : picture.panels()) {
        assertFalse(panel.series().isEmpty(), section.key());
        for (Picture.Series series : panel.series()) {
          assertTrue(series.x().length > 0, section.key() + " " + series.key());
          if (series.z().length == 0) {
            assertEquals(series.x().length, series.y().length, section.key());
          }
        }
      }
    }
  }

  @Test
  void everyGoalIsReachedByTheControlsThatThereAre() {
    assertEquals(
        LECTURE.sections().stream().map(Section::key).toList(), List.copyOf(SOLVED.keySet()));
    for (Section section : LECTURE.sections()) {
      double[] values = SOLVED.get(section.key());
      for (int i = 0; i < values.length; i++) {
        Control control = section.controls().get(i);
        assertTrue(
            values[i] >= control.low() && values[i] <= control.high(),
            section.key() + " " + control.key());
      }
      if (!section.key().equals("quiz")) {
        assertTrue(section.picture(values).isReached(), section.key());
      }
    }
  }

  @Test
  void theQuizIsSolvedWellBelowItsBound() {
    Picture picture = section("quiz").picture(5);
    double[] score = fact(picture, "score");
    assertTrue(score[0] < 0.02, "mean test MSE " + score[0]);
    assertEquals(3, score[2], "degree");
    assertEquals(4, fact(picture, "polynomial").length);
  }

  private static double[] fact(Picture picture, String key) {
    return picture.facts().stream()
        .filter(f -> f.key().equals(key))
        .findFirst()
        .orElseThrow()
        .values();
  }

  /**
   * Expected: src/test/python/lecture_numpy.py and lecture_torch.py, as LoopsSection names them.
   */
  @Test
  void ourLoopHasTheDigitsOfNumpyAndPytorch() {
    for (int i = 0; i < LoopsSection.EPOCHS.length; i++) {
      double[] ours = LoopsSection.ours(DATA.linear(), 0.1, LoopsSection.EPOCHS[i]);
      for (int j = 0; j < 2; j++) {
        assertEquals(LoopsSection.NUMPY[i][j], ours[j], 1e-13);
        assertEquals(LoopsSection.TORCH[i][j], ours[j], 1e-13);
      }
    }
  }

  @Test
  void aRateAboveTheBoundDivergesAndOneBelowDoesNot() {
    // The Hessian's half of [1, x] over linear.pkl has its largest eigenvalue at 1.266: 1/1.266 =
    // 0.79.
    assertEquals("diverges", section("rate").picture(0.85).facts().get(0).key());
    assertEquals("arrives", section("rate").picture(0.75).facts().get(0).key());
    assertEquals("slow", section("rate").picture(0.01).facts().get(0).key());
  }

  @Test
  void anOutlierMovesTheSquaredLineAndHardlyTheAbsoluteOne() {
    double[] calm = fact(section("outlier").picture(6, 0.5), "slopes");
    double[] pulled = fact(section("outlier").picture(-6, 0.5), "slopes");
    assertTrue(calm[0] - pulled[0] > 0.2);
    assertTrue(Math.abs(calm[1] - pulled[1]) < 0.05);
    double[] wide = fact(section("outlier").picture(-6, 10), "slopes");
    assertEquals(wide[0], wide[2], 0.02, "Huber loss of a large delta is the squared one");
  }

  @Test
  void lassoHasZerosWhereRidgeHasNone() {
    assertTrue(fact(section("paths").picture(1, 20), "zeros")[1] > 0);
    assertEquals(0, fact(section("paths").picture(0, 20), "zeros")[1]);
  }

  @Test
  void aStudentsOwnPointsTakeThePlaceOfTheQuiz() {
    double[] x = Numbers.between(0, 4, 60);
    Points own = new Points(x, Numbers.of(x, each -> 1 + 2 * each + 0.01 * Math.sin(50 * each)));
    Lecture lecture = Lecture.of(DATA.with(own));
    Picture picture = lecture.sections().get(lecture.indexOf("quiz")).picture(5);
    assertEquals(1, fact(picture, "score")[2], "degree");
    assertEquals(2, fact(picture, "polynomial")[1], 0.01);
  }

  @Test
  void arraysThatAreNoPointsAreRefused() {
    double[] twenty = Numbers.between(0, 1, 20);
    StudentData.Named x = new StudentData.Named("x", new int[] {20}, twenty);
    StudentData.Named wide = new StudentData.Named("x", new int[] {10, 2}, twenty);
    StudentData.Named few = new StudentData.Named("y", new int[] {5}, Arrays.copyOf(twenty, 5));
    StudentData.Named same = new StudentData.Named("x", new int[] {20}, new double[20]);
    StudentData.Named y = new StudentData.Named("y", new int[] {20, 1}, twenty);
    assertEquals(20, StudentData.points(List.of(x, y)).rows());
    assertEquals(20, StudentData.points(List.of(y, x)).rows());
    StudentData.Named table =
        new StudentData.Named("", new int[] {20, 2}, Numbers.between(0, 39, 40));
    assertEquals(3, StudentData.points(List.of(table)).y()[1]);
    for (List<StudentData.Named> refused :
        List.of(
            List.of(x),
            List.of(wide, y),
            List.of(x, few),
            List.of(same, y),
            List.<StudentData.Named>of())) {
      assertThrows(InvalidInputException.class, () -> StudentData.points(refused));
    }
  }

  @Test
  void aPictureAsTextFitsItsColumns() {
    for (Section section : LECTURE.sections()) {
      for (Picture.Panel panel : section.first().panels()) {
        List<String> lines = TextPlot.lines(panel, key -> key);
        assertTrue(lines.size() > 2, section.key());
        assertTrue(
            lines.stream().allMatch(line -> TextWidth.of(line) <= 78),
            section.key() + "\n" + String.join("\n", lines));
        String drawn = String.join("", lines).replaceAll("[ │┤└─0-9.]", "");
        assertTrue(drawn.length() > 20, section.key());
      }
    }
  }
}
