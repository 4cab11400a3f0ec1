package io.foldwise.spark.data.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.foldwise.TestSpark;
import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Datasets that are loaded, and those that are refused. */
final class Loads {

  private Loads() {}

  static LoadedData load(Path path) {
    return load(DataOptions.of(path.toString()));
  }

  static LoadedData load(DataOptions options) {
    return DataLoader.load(TestSpark.session(), options);
  }

  /** As if the data were large. */
  static LoadedData large(DataOptions options) {
    return new DataLoader(TestSpark.session(), 0).load(options);
  }

  /** The message, which is one line, of a refusal to load. */
  static String refusal(Path path) {
    return refusal(DataOptions.of(path.toString()));
  }

  static String refusal(DataOptions options) {
    String message = assertThrows(InvalidInputException.class, () -> load(options)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  /** Features, label and weight of each row. */
  static List<String> rows(LoadedData data) {
    Column[] columns = Columns.named(data.roles().testColumns());
    return data.rows().select(columns).collectAsList().stream().map(Row::toString).toList();
  }
}
