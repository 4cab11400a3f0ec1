package io.foldwise.spark.data.source;

import io.foldwise.input.InvalidInputException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that are no files: {@code table:NAME}, a table or a view of Spark's catalogs, and {@code
 * jdbc:URL#TABLE}, a table of a database. What names them takes the place of a path. Their rows
 * have no order.
 *
 * <p>User and password of a database come from the environment ({@value #USER}, {@value
 * #PASSWORD}), since a path is shown in outputs; one in a URL is refused and not repeated.
 */
enum TableFormat implements Format {
  TABLE("table") {
    @Override
    Dataset<Row> read(Source source, String name) {
      try {
        return source.spark().table(name);
      } catch (Exception failed) {
        // Spark's Scala throws AnalysisException without declaring it.
        if (failed instanceof AnalysisException unknown
            && "TABLE_OR_VIEW_NOT_FOUND".equals(unknown.getCondition())) {
          throw new InvalidInputException(
              "'%s': the catalogs of this session have no such table or view: check its name"
                  .formatted(source.files().path()),
              failed);
        }
        throw failed;
      }
    }
  },

  JDBC("jdbc") {
    @Override
    Dataset<Row> read(Source source, String name) {
      int hash = name.lastIndexOf('#');
      DataFrameReader reader =
          source
              .spark()
              .read()
              .format("jdbc")
              .option("url", option() + ":" + name.substring(0, hash))
              .option("dbtable", name.substring(hash + 1));
      Map<String, String> environment = System.getenv();
      Optional.ofNullable(environment.get(USER)).ifPresent(user -> reader.option("user", user));
      Optional.ofNullable(environment.get(PASSWORD))
          .ifPresent(password -> reader.option("password", password));
      return reader.load();
    }
  };

  static final String USER = "FOLDWISE_JDBC_USER";
  static final String PASSWORD = "FOLDWISE_JDBC_PASSWORD";

  private static final Pattern SECRET =
      Pattern.compile("(?i).*([?;&:](password|pwd)\\s*=|//[^/@]*:[^/@]*@).*");

  private final String option;

  TableFormat(String option) {
    this.option = option;
  }

  abstract Dataset<Row> read(Source source, String name);

  /** What a path names that is none of files. */
  static Optional<TableFormat> ofPath(String path) {
    return Arrays.stream(values())
        .filter(format -> path.startsWith(format.option + ":"))
        .findFirst();
  }

  /**
   * The rows that a path names.
   *
   * @throws InvalidInputException if a file format is wanted too, or a URL lacks its table or holds
   *     a password
   */
  SourceFiles named(String name, String path, Optional<Format> wanted) {
    if (this == JDBC && SECRET.matcher(path).matches()) {
      throw new InvalidInputException(
          "'%s': the URL of a database holds a password, which outputs would show: leave it out and set the environment variables %s and %s"
              .formatted(name, USER, PASSWORD));
    }
    if (wanted.isPresent()) {
      throw new InvalidInputException(
          "'format' (%s): '%s' is a table, not files: leave the option out"
              .formatted(wanted.get().option(), path));
    }
    if (this == JDBC && !path.matches("[^#]+#.+")) {
      throw new InvalidInputException(
          "'%s' (%s) names no table: write it behind the URL, as in 'jdbc:postgresql://host/database#houses'"
              .formatted(name, path));
    }
    return new SourceFiles(name, path, List.of(), List.of(), this);
  }

  @Override
  public String option() {
    return option;
  }

  /** No file's name tells a table. */
  @Override
  public String suffixes() {
    return "(?!)";
  }

  @Override
  public SourceFrame training(Source source) {
    String path = source.files().path();
    UnaryOperator<String> line =
        why ->
            "'%s' cannot be read: %s%s"
                .formatted(
                    path,
                    why,
                    why.toLowerCase(Locale.ROOT).contains("suitable driver")
                        ? ": give the jar of the database's driver to Spark: submit/foldwise --jars DRIVER.jar --driver-class-path DRIVER.jar"
                        : "");
    try {
      Dataset<Row> rows = read(source, path.substring(option.length() + 1));
      return SparkFormat.flat(rows, path, new SourceFrame.Stands.InPartitions(), source);
    } catch (Exception failed) {
      // Spark's Scala throws SQLException without declaring it.
      Optional<Throwable> sql =
          Stream.iterate((Throwable) failed, cause -> cause != null, Throwable::getCause)
              .filter(SQLException.class::isInstance)
              .findFirst();
      if (sql.isPresent()) {
        throw new InvalidInputException(line.apply(SourceErrors.oneLine(sql.get())), failed);
      }
      throw failed;
    }
  }
}
