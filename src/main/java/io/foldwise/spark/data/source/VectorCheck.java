package io.foldwise.spark.data.source;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.udf;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.Dimensions;
import io.foldwise.spark.data.schema.VectorColumn;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * Checks vectors of features that someone else made, in the pass that counts the rows, and makes
 * them sparse, so that a dense and a sparse vector of the same numbers have one hash.
 */
final class VectorCheck {

  private static final String FAULT = "__foldwise_fault";
  private static final int ANY = 0;

  private final SourceFrame raw;
  private final Optional<Dimensions> stated;
  private final Column vector = Columns.named(VectorColumn.NAME);

  /** Takes the dimensions, which must be met exactly where they are stated. */
  VectorCheck(SourceFrame raw, Optional<Dimensions> stated) {
    this.raw = raw;
    this.stated = stated;
  }

  /**
   * The frame, counted, with its d.
   *
   * @throws InvalidInputException if a vector is missing, of another size or not finite
   */
  SourceFrame checked() {
    Column size = udf(sizes(), DataTypes.IntegerType).apply(vector);
    Row found = raw.frame().agg(count(lit(1)), count(fault(ANY)), min(size), max(size)).head();
    int largest = found.isNullAt(3) ? ANY : found.getInt(3);
    int d = stated.map(Dimensions::d).orElse(largest);
    boolean uneven = !found.isNullAt(2) && (found.getInt(2) != d || largest != d);
    if (found.getLong(1) > 0 || uneven) {
      throw refusal(d);
    }
    Column sparse = udf(sparse(), SQLDataTypes.VectorType()).apply(vector);
    Dataset<Row> frame = raw.frame().withColumn(VectorColumn.NAME, sparse);
    return new SourceFrame(
        frame,
        found.getLong(0),
        raw.origin(),
        raw.stands(),
        Optional.of(d),
        raw.notes(),
        Optional.empty());
  }

  private InvalidInputException refusal(int d) {
    Dataset<Row> marked = raw.ordered().withColumn(FAULT, fault(d));
    RowSearch.Found row =
        RowSearch.first(marked, Columns.named(FAULT).isNotNull(), List.of(FAULT)).orElseThrow();
    return new InvalidInputException(
        "%s: column '%s' %s: correct the vector or remove the row"
            .formatted(raw.place(row), VectorColumn.NAME, row.cells().get(0)));
  }

  private static Column fault(int d) {
    return udf(faults(d), DataTypes.StringType).apply(Columns.named(VectorColumn.NAME));
  }

  private static UDF1<Vector, String> faults(int d) {
    return vector -> {
      if (vector == null) {
        return "is missing";
      }
      if (vector.size() == 0 || (d != ANY && vector.size() != d)) {
        return "is a vector of %d numbers, not of %d".formatted(vector.size(), Math.max(1, d));
      }
      return entryFault(vector);
    };
  }

  private static String entryFault(Vector vector) {
    SparseVector entries = vector.toSparse();
    for (int at = 0; at < entries.values().length; at++) {
      double value = entries.values()[at];
      if (!Double.isFinite(value)) {
        return "is %s at position %d".formatted(value, 1 + entries.indices()[at]);
      }
    }
    return null;
  }

  private static UDF1<Vector, Integer> sizes() {
    return vector -> vector == null ? null : vector.size();
  }

  private static UDF1<Vector, Vector> sparse() {
    return Vector::toSparse;
  }
}
