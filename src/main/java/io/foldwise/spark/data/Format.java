package io.foldwise.spark.data;

import java.util.Locale;
import java.util.Optional;

/** The format of a dataset; {@link #AUTO} goes by the suffix of its files. */
public enum Format {
  /** By suffix: .pkl, .pickle, .csv, .csv.gz or .parquet. */
  AUTO,
  /** NumPy arrays in a Python pickle. */
  PICKLE,
  /** Comma-separated text with one header line in each file. */
  CSV,
  /** Apache Parquet. */
  PARQUET;

  /** The formats a user may name, for messages. */
  static final String NAMES = "pickle, csv or parquet";

  static Optional<Format> ofName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".pkl") || name.endsWith(".pickle")) {
      return Optional.of(PICKLE);
    }
    if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
      return Optional.of(CSV);
    }
    return name.endsWith(".parquet") ? Optional.of(PARQUET) : Optional.empty();
  }

  /** The name on the command line. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }
}
