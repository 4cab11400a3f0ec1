package io.foldwise.spark.data.generate;

import io.foldwise.spark.data.source.Format;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A format that data are written in. */
public enum WrittenFormat {
  CSV("csv(\\.gz)?"),
  PARQUET("parquet"),
  PICKLE("(pkl|pickle)(\\.gz)?");

  private final String suffixes;

  WrittenFormat(String suffixes) {
    this.suffixes = suffixes;
  }

  /** The name on the command line; that of CSV and Parquet is also Spark's. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format that a file's name tells. */
  public static Optional<WrittenFormat> ofName(String fileName) {
    return Arrays.stream(values())
        .filter(format -> Format.hasSuffix(fileName, format.suffixes))
        .findFirst();
  }
}
