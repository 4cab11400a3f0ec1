package io.foldwise.spark.data.source;

import io.foldwise.input.Checks;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A format of data files. A format is one class, which owns its name, its suffixes and its reading;
 * it is registered in {@link #all}.
 */
public interface Format {
  /** The formats that are read, in the order in which people read them. */
  static List<Format> all() {
    return List.of(pickle(), npy(), npz(), csv(), parquet(), orc(), json(), libsvm());
  }

  /** Arrays of NumPy and frames of pandas in a Python pickle. */
  static Format pickle() {
    return PickleFormat.PICKLE;
  }

  /** An array that {@code numpy.save} wrote. */
  static Format npy() {
    return PickleFormat.NPY;
  }

  /** Named arrays that {@code numpy.savez} or {@code numpy.savez_compressed} wrote. */
  static Format npz() {
    return PickleFormat.NPZ;
  }

  /** Text of cells, separated by commas or another character. */
  static Format csv() {
    return new CsvFormat();
  }

  /** Apache Parquet. */
  static Format parquet() {
    return new ParquetFormat();
  }

  /** Apache ORC. */
  static Format orc() {
    return SparkFormat.ORC;
  }

  /** JSON of an object a row, one on each line or in one array. */
  static Format json() {
    return SparkFormat.JSON;
  }

  /** Text of lines {@code label index:value …}, indices from 1: sparse rows. */
  static Format libsvm() {
    return new LibsvmFormat();
  }

  /** The name on the command line. */
  String option();

  /** The suffixes of its files, without the first point, as a regular expression in lower case. */
  String suffixes();

  /** The rows to train on. */
  SourceFrame training(Source source);

  /** Whether its files are lines of text. */
  default boolean isText() {
    return false;
  }

  /** Whether its files are lines of cells, which a {@link Dialect} describes. */
  default boolean isOfCells() {
    return false;
  }

  /** Whether a file that begins so is certainly of this format. */
  default boolean isEvident(FileStart start) {
    return false;
  }

  /** Whether a file that begins so can be of this format. */
  default boolean fits(FileStart start) {
    return !(isText() && start.isBinary());
  }

  /** Whether a source sets rows apart for testing. */
  default boolean hasTest(Source source) {
    return false;
  }

  /** The rows that a source sets apart for testing; asked for only where it has some. */
  default SourceFrame test(Source source) {
    throw new IllegalStateException("'" + option() + "' sets no rows apart for testing");
  }

  /** What a source holds: name, shape and type, or why it is not read; none where it is a table. */
  default List<String> arrays(Source source) {
    return List.of();
  }

  /** The formats a person may name, for messages. */
  static String names() {
    return Checks.alternatives(all().stream().map(Format::option).toList());
  }

  /** The format that a file's name tells. */
  static Optional<Format> ofName(String fileName) {
    return all().stream().filter(format -> hasSuffix(fileName, format.suffixes())).findFirst();
  }

  /** The format of a file whose name tells none: of cells where it is text of no other. */
  static Optional<Format> ofStart(FileStart start) {
    return all().stream()
        .filter(format -> format.isEvident(start))
        .findFirst()
        .or(() -> start.isBinary() ? Optional.empty() : Optional.of(csv()));
  }

  /** Whether a file's name tells nothing of its format, so that it is looked at. */
  static boolean isOpen(String fileName) {
    return ofName(fileName).isEmpty() && OtherFormat.advice(fileName).isEmpty();
  }

  /** What is wrong with a name that tells no format, and what helps. */
  static String unknown(String fileName) {
    return OtherFormat.advice(fileName)
        .map(advice -> "'%s' is not read: %s".formatted(fileName, advice))
        .orElseGet(
            () ->
                "neither the suffix of '%s' nor how it begins tells a known file type: use --format %s"
                    .formatted(fileName, names()));
  }

  /** Whether a file's name ends in a suffix, whatever its case. */
  static boolean hasSuffix(String fileName, String suffixes) {
    return fileName.toLowerCase(Locale.ROOT).matches("(?s).*\\.(" + suffixes + ")");
  }
}
