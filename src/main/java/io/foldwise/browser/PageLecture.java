package io.foldwise.browser;

import io.foldwise.lecture.Control;
import io.foldwise.lecture.Lecture;
import io.foldwise.lecture.Picture;
import io.foldwise.lecture.Points;
import io.foldwise.lecture.Section;
import java.util.Arrays;
import java.util.List;
import org.teavm.jso.JSExport;

/** The lecture in the page: sections and pictures as JSON. */
public final class PageLecture {
  private final Lecture lecture;

  PageLecture(Lecture lecture) {
    this.lecture = lecture;
  }

  /**
   * The lecture about data.
   *
   * @param linear x, then y
   * @param quiz x, then y
   * @param houses x, then y
   * @param diabetes ten features row after row, then y
   */
  static PageLecture of(
      double[] linear, double[] quiz, double[] houses, double[] diabetes, String[] features) {
    return new PageLecture(
        Lecture.of(
            new Lecture.Data(
                points(linear, 1),
                points(quiz, 1),
                points(houses, 1),
                points(diabetes, features.length),
                List.of(features))));
  }

  private static Points points(double[] both, int d) {
    int n = both.length / (d + 1);
    return new Points(Arrays.copyOf(both, n * d), Arrays.copyOfRange(both, n * d, n * d + n));
  }

  /**
   * The sections with their controls: [{key, controls: [{key, scale, low, high, step, initial}]}].
   */
  @JSExport
  public String sections() {
    Json json = new Json();
    json.list(
        lecture.sections(),
        section ->
            json.open("key", section.key())
                .field("controls", () -> json.list(section.controls(), c -> control(json, c)))
                .close());
    return json.text();
  }

  private static void control(Json json, Control control) {
    json.open("key", control.key())
        .text("scale", control.scale().name())
        .number("low", control.low())
        .number("high", control.high())
        .number("step", control.step())
        .number("initial", control.initial())
        .close();
  }

  /**
   * The picture of a section: {panels: [{key, x, y, series}], facts: [{key, values}], isReached}.
   *
   * @param values those of its controls
   */
  @JSExport
  public String picture(String section, double[] values) {
    Section drawn = lecture.sections().get(lecture.indexOf(section));
    Picture picture = drawn.picture(values);
    Json json = new Json();
    json.open("key", section)
        .field("panels", () -> json.list(picture.panels(), panel -> panel(json, panel)))
        .field("facts", () -> json.list(picture.facts(), fact -> fact(json, fact)))
        .number("reached", picture.isReached() ? 1 : 0)
        .close();
    return json.text();
  }

  private static void fact(Json json, Picture.Fact fact) {
    json.open("key", fact.key()).numbers("values", fact.values()).close();
  }

  private static void panel(Json json, Picture.Panel panel) {
    json.open("key", panel.key())
        .field("x", () -> axis(json, panel.x()))
        .field("y", () -> axis(json, panel.y()))
        .field("series", () -> json.list(panel.series(), series -> series(json, series)))
        .close();
  }

  private static void axis(Json json, Picture.Axis axis) {
    json.open("key", axis.key())
        .number("log", axis.isLogarithmic() ? 1 : 0)
        .number("low", axis.low())
        .number("high", axis.high())
        .close();
  }

  private static void series(Json json, Picture.Series series) {
    json.open("key", series.key())
        .text("shape", series.shape().name())
        .numbers("x", series.x())
        .numbers("y", series.y())
        .numbers("z", series.z())
        .close();
  }
}
