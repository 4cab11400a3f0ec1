package io.foldwise.cli;

import static io.foldwise.cli.SpecifiedInput.read;
import static io.foldwise.cli.SpecifiedInput.refused;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Frames, arrays of NumPy, labels in a file of their own, ORC and JSON, which {@code
 * src/test/resources/inputs/tables/make_tables.py} wrote. The models are of scikit-learn 1.9.1's
 * LinearRegression, as that script prints them.
 */
final class TableInputs {
  private static final String FIT = "fit --optimizer exact --data FOLDER/";
  private static final String ALL_ROWS = "price = 2.043 + 3.023 size - 1.183 age + 0.4405 floor";
  private static final String BY_NUMBER = "y = 2.072 + 2.950 x0 - 1.148 x1 + 0.4797 x2";
  private static final String FIRST_ROWS = "mse 0.1736";

  static final List<SpecifiedInput> ALL =
      Stream.of(frames(), labels(), unfitLabels(), formats(), tables())
          .flatMap(List::stream)
          .toList();

  private TableInputs() {}

  private static SpecifiedInput.Files files(String... names) {
    return folder -> {
      for (String name : names) {
        Path input = Path.of("src/test/resources/inputs/tables", name);
        java.nio.file.Files.copy(input, folder.resolve(name));
      }
    };
  }

  private static List<SpecifiedInput> frames() {
    return List.of(
        read(
            "the columns of a DataFrame are features by their names, its index and texts are not",
            files("frame.pkl"),
            FIT + "frame.pkl --label price",
            "16 rows to train on, 3 features",
            ALL_ROWS,
            "mse 0.1529",
            "texts are not features and were left out: street",
            "column 'house' is taken for the index of a pandas DataFrame and is not a feature"),
        read(
            "a DataFrame is inspected with the types of its columns",
            files("frame.pkl"),
            "inspect --data FOLDER/frame.pkl",
            "(16, 6) DataFrame of 2 text, 4 float64; its index, no feature unless named: house",
            "house   string        0        16   house 0"),
        refused(
            "a text of a DataFrame that is named as a feature is refused",
            files("frame.pkl"),
            FIT + "frame.pkl --label price --features street",
            "row 1: column 'street' holds 'street 0', which is not a number: correct it, encode the column (--categorical), or leave it out of 'features'"));
  }

  private static List<SpecifiedInput> labels() {
    return List.of(
        read(
            "features and labels in two arrays are put together row by row",
            files("X.npy", "y.npy"),
            FIT + "X.npy --labels FOLDER/y.npy",
            "12 rows to train on, 3 features",
            BY_NUMBER,
            FIRST_ROWS,
            "note      the label 'y' of each row is that of the same row of 'FOLDER/y.npy'"),
        read(
            "test rows may have their labels in a file too",
            files("X.npy", "y.npy", "X_test.npy", "y_test.npy"),
            FIT
                + "X.npy --labels FOLDER/y.npy --test-data FOLDER/X_test.npy --test-labels FOLDER/y_test.npy",
            "12 rows to train on, 4 to test",
            BY_NUMBER,
            "test      mse 0.1212"),
        read(
            "labels in a file of another format, one of its columns",
            files("X.parquet", "prices.csv"),
            FIT + "X.parquet --labels FOLDER/prices.csv --label price",
            "price = 2.072 + 2.950 size - 1.148 age + 0.4797 floor",
            FIRST_ROWS),
        read(
            "the label of a Series bears its name, and all columns of a file without a header are features",
            files("X.csv", "y.pkl"),
            FIT + "X.csv --header false --labels FOLDER/y.pkl",
            "price = 2.072 + 2.950 x0 - 1.148 x1 + 0.4797 x2",
            FIRST_ROWS),
        read(
            "labels that are texts need --positive",
            files("X.npy", "sides.npy"),
            "fit --loss logistic --l2 0.1 --positive high --data FOLDER/X.npy --labels FOLDER/sides.npy",
            "12 rows to train on, 3 features",
            "log-odds = "));
  }

  private static List<SpecifiedInput> unfitLabels() {
    return List.of(
        refused(
            "labels of another number of rows are refused",
            files("X.npy", "y_test.npy"),
            FIT + "X.npy --labels FOLDER/y_test.npy",
            "'labels' (FOLDER/y_test.npy) has 4 rows, and 'FOLDER/X.npy' has 12: each row needs one label"),
        refused(
            "test labels of another number of rows are refused",
            files("X.npy", "y.npy", "X_test.npy"),
            FIT
                + "X.npy --labels FOLDER/y.npy --test-data FOLDER/X_test.npy --test-labels FOLDER/y.npy",
            "'test-labels' (FOLDER/y.npy) has 12 rows, and 'FOLDER/X_test.npy' has 4: each row needs one label"),
        refused(
            "several columns of labels are refused",
            files("X.npy", "prices.csv"),
            FIT + "X.npy --labels FOLDER/prices.csv",
            "'labels' (FOLDER/prices.csv) holds 2 columns: name the one of labels with --label: id, price"),
        refused(
            "a label that is a feature too is refused",
            files("flat.orc"),
            FIT + "flat.orc --labels FOLDER/flat.orc --label price",
            "'labels' (FOLDER/flat.orc): its column 'price' is one of 'FOLDER/flat.orc' too: leave it out of one of them, or name another by --label"),
        refused(
            "a file of labels that is missing is refused",
            files("X.npy"),
            FIT + "X.npy --labels FOLDER/nothing.npy",
            "'labels' (FOLDER/nothing.npy): no such file or directory: check the path"),
        refused(
            "test labels without test data are refused",
            files("X.npy", "y.npy"),
            FIT + "X.npy --labels FOLDER/y.npy --test-labels FOLDER/y.npy",
            "'test-labels' (FOLDER/y.npy) needs 'test-data': name the file of the features"),
        refused(
            "a missing label is refused by its row",
            folder -> {
              files("X.npy").into(folder);
              java.nio.file.Files.writeString(
                  folder.resolve("y.csv"),
                  "price\n" + "1\n".repeat(7) + "\"\"\n" + "1\n".repeat(4));
            },
            FIT + "X.npy --labels FOLDER/y.csv",
            "row 8: column 'price' is NaN: fill it in or remove the row"));
  }

  private static List<SpecifiedInput> formats() {
    return List.of(
        fitted("ORC is read", "flat.orc"),
        fitted("JSON of an object a line is read", "flat.jsonl"),
        fitted("JSON of an array of objects is read", "array.json"),
        read(
            "nested columns of JSON are left out, and named",
            files("nested.jsonl"),
            FIT + "nested.jsonl --label price",
            "note      column 'rooms' is nested (array<bigint>) and is left out: make columns of what it holds",
            "mse 0.1529"),
        refused(
            "JSON of a column a record is refused",
            files("columns.json"),
            FIT + "columns.json --label price",
            "'FOLDER/columns.json' has no column of numbers or texts; column 'age' is nested (struct<0:double,1:double,10:double,11:double,12:double,13:do…): write a row a record, as pandas does by to_json(orient='records', lines=True)"),
        refused(
            "a line that is no JSON is refused by its row",
            files("broken.jsonl"),
            FIT + "broken.jsonl --label price",
            "'FOLDER/broken.jsonl', row 5: '{\"size\": 1,' is no JSON object: correct or remove it"),
        refused(
            "a cell that a record lacks is refused by its row",
            files("missing.ndjson"),
            FIT + "missing.ndjson --label price",
            "'FOLDER/missing.ndjson', row 5: column 'age' is missing: fill it in (as --missing does), remove the row, or choose other features"),
        refused(
            "text in place of JSON is refused",
            SpecifiedInput.text("d.json", "x,y\n1,2\n"),
            FIT + "d.json",
            "'data' (FOLDER/d.json): 'd.json' is a text file, not json: choose the right --format (pickle, npy, npz, csv, parquet, orc, json or libsvm)"));
  }

  private static SpecifiedInput fitted(String what, String name) {
    return read(
        what,
        files(name),
        FIT + name + " --label price --features size,age,floor",
        "16 rows to train on, 3 features",
        ALL_ROWS,
        "mse 0.1529");
  }

  private static List<SpecifiedInput> tables() {
    SpecifiedInput.Files none = folder -> {};
    return List.of(
        refused(
            "a table that no catalog has is refused",
            none,
            "fit --data table:no_such_table",
            "'table:no_such_table': the catalogs of this session have no such table or view: check its name"),
        refused(
            "a table has no format",
            none,
            "fit --data table:houses --format csv",
            "'format' (csv): 'table:houses' is a table, not files: leave the option out"),
        refused(
            "a URL that names no table is refused",
            none,
            "fit --data jdbc:h2:mem:houses",
            "'data' (jdbc:h2:mem:houses) names no table: write it behind the URL, as in 'jdbc:postgresql://host/database#houses'"),
        refused(
            "a password in a URL is refused and not repeated",
            none,
            "fit --data jdbc:h2:mem:houses;USER=sa;PASSWORD=secret#houses",
            "'data': the URL of a database holds a password, which outputs would show: leave it out and set the environment variables FOLDWISE_JDBC_USER and FOLDWISE_JDBC_PASSWORD"),
        refused(
            "a database whose driver is not there is refused",
            none,
            "fit --data jdbc:nothing:here#houses",
            "'jdbc:nothing:here#houses' cannot be read: No suitable driver: give the jar of the database's driver to Spark: submit/foldwise --jars DRIVER.jar --driver-class-path DRIVER.jar"));
  }
}
