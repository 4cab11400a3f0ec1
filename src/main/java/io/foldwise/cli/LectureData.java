package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.lecture.Lecture;
import io.foldwise.lecture.Points;
import io.foldwise.lecture.StudentData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The data of the lecture, which the jar holds, and a student's own. */
final class LectureData {
  private LectureData() {}

  static Lecture.Data inJar() {
    Table diabetes = table("diabetes.csv");
    return new Lecture.Data(
        pickled("linear.pkl"),
        pickled("quiz_data.pkl"),
        table("housing.csv").points(),
        diabetes.points(),
        diabetes.names.subList(0, diabetes.names.size() - 1));
  }

  /**
   * The points of a student's pickle.
   *
   * @throws InvalidInputException if it cannot be read, or does not hold x and y
   */
  static Points own(String path) {
    try {
      return StudentData.read(Files.readAllBytes(Path.of(path)));
    } catch (InvalidInputException refused) {
      throw new InvalidInputException("'data' (" + path + "): " + refused.getMessage(), refused);
    } catch (IOException | InvalidPathException failed) {
      throw new InvalidInputException(
          "'data' (" + path + ") cannot be read: give the path of a pickle", failed);
    }
  }

  private static Points pickled(String name) {
    try {
      return StudentData.read(bytes(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** A table of numbers whose last column is the label. */
  private record Table(List<String> names, List<double[]> rows) {
    Points points() {
      int d = names.size() - 1;
      return new Points(
          rows.stream().flatMapToDouble(row -> Arrays.stream(row).limit(d)).toArray(),
          rows.stream().mapToDouble(row -> row[d]).toArray());
    }
  }

  private static Table table(String name) {
    String[] lines = new String(bytes(name), StandardCharsets.UTF_8).strip().split("\\R", -1);
    List<double[]> rows = new ArrayList<>();
    for (String line : List.of(lines).subList(1, lines.length)) {
      rows.add(Arrays.stream(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray());
    }
    return new Table(List.of(lines[0].split(",", -1)), rows);
  }

  private static byte[] bytes(String name) {
    try (InputStream in = LectureData.class.getResourceAsStream("lecture/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name + ", which it was built with");
      }
      return in.readAllBytes();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
