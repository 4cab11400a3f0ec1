package io.foldwise.cli;

import io.foldwise.lecture.Lecture;

/** The data of the lecture, for tests of other packages. */
public final class LectureInJar {
  private LectureInJar() {}

  public static Lecture.Data data() {
    return LectureData.inJar();
  }
}
