package io.foldwise.spark.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The format of a dataset; {@link #AUTO} goes by the suffix of its files. */
public enum Format {
  /**
   * By suffix: .pkl, .pickle, .csv, .parquet, .libsvm, .svm or .svmlight; all but .parquet also
   * with .gz behind it.
   */
  AUTO(""),
  /** NumPy arrays in a Python pickle. */
  PICKLE("(pkl|pickle)(\\.gz)?"),
  /** Comma-separated text with one header line in each file. */
  CSV("csv(\\.gz)?"),
  /** Apache Parquet. */
  PARQUET("parquet"),
  /** Text of lines {@code label index:value …}, indices from 1: sparse rows. */
  LIBSVM("(libsvm|svm|svmlight)(\\.gz)?");

  /** The formats a user may name, for messages. */
  static final String NAMES = "pickle, csv, parquet or libsvm";

  private final String suffixes;

  Format(String suffixes) {
    this.suffixes = suffixes;
  }

  static Optional<Format> ofName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format != AUTO && name.matches("(?s).*\\.(" + format.suffixes + ")"))
        .findFirst();
  }

  /** The name on the command line. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }
}
