package io.foldwise.browser;

import io.foldwise.lecture.Points;
import io.foldwise.lecture.StudentData;
import io.foldwise.pickle.ByteSource;
import io.foldwise.pickle.PickleReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/** A pickle that was dropped on the page, read by the reader of the command line. */
final class PagePickle {
  private PagePickle() {}

  /**
   * Reads points.
   *
   * @return x, then y
   * @throws io.foldwise.input.InvalidInputException if it does not hold x and y
   * @throws io.foldwise.pickle.UnreadablePickleException if it is damaged or holds what is not read
   */
  static double[] points(byte[] bytes) throws IOException {
    Points points =
        StudentData.points(
            PickleReader.read(ByteSource.of(bytes)).arrays().entrySet().stream()
                .map(
                    array ->
                        new StudentData.Named(
                            array.getKey(), array.getValue().shape(), array.getValue().toArray()))
                .toList());
    return DoubleStream.concat(Arrays.stream(points.x()), Arrays.stream(points.y())).toArray();
  }
}
