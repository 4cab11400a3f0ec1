package io.foldwise.cli;

import static io.foldwise.cli.SpecifiedInput.text;

import java.util.List;

/** Text and Parquet files. */
final class CsvInputs {
  static final List<SpecifiedInput> ALL =
      List.of(
          SpecifiedInput.read(
              "a file of numbers with a header is read",
              text("data.csv", "x,y\n1,3\n2,5\n3,7\n4,9\n5,11\n"),
              "fit --data FOLDER/data.csv --optimizer exact",
              "y = 1 + 2 x"));

  private CsvInputs() {}
}
