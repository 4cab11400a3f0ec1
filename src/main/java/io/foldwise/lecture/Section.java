package io.foldwise.lecture;

import java.util.List;

/** One section of the lecture. */
public interface Section {
  /** The name by which texts know it. */
  String key();

  /** Its sliders. */
  List<Control> controls();

  /**
   * Computes what the section shows.
   *
   * @param values those of the controls, in their order
   */
  Picture picture(double... values);

  /** The picture before anything was moved. */
  default Picture first() {
    return picture(controls().stream().mapToDouble(Control::initial).toArray());
  }
}
