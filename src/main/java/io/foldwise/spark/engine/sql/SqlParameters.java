package io.foldwise.spark.engine.sql;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.foldwise.spark.engine.plan.Processor;
import io.foldwise.spark.engine.plan.SqlPlan;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Numbers that change from query to query, such as weights that descend, as columns of rows they
 * were added to.
 */
public sealed interface SqlParameters {
  /** How parameters come to the rows. */
  enum Kind {
    /**
     * Parameters are literals: a GPU compiles nothing, and a table of one row would have to come
     * from the CPU.
     */
    LITERALS(SqlPlan.MOST_SUMS),
    /**
     * Parameters are a broadcast row: the text of the generated code is the same whatever they are,
     * so Spark compiles it once. Literals would stand in it, and be compiled anew at every step.
     */
    BROADCAST_ROW(200);

    private final int mostTerms;

    Kind(int mostTerms) {
      this.mostTerms = mostTerms;
    }

    /**
     * The approximate limit on the products of parameters in a query: where code is generated,
     * those of a row stand in one method, which the JVM limits to 64 KiB.
     */
    int mostTerms() {
      return mostTerms;
    }

    public static Kind of(Processor device) {
      return device == Processor.GPU ? LITERALS : BROADCAST_ROW;
    }

    public SqlParameters of(double... values) {
      return this == LITERALS ? new Literals(values) : new BroadcastRow(values);
    }
  }

  /** The rows with the parameters beside them. */
  Dataset<Row> addedTo(Dataset<Row> rows);

  /** The i-th parameter. */
  Column at(int i);

  /** See {@link Kind#LITERALS}. */
  record Literals(double[] values) implements SqlParameters {
    @Override
    public Dataset<Row> addedTo(Dataset<Row> rows) {
      return rows;
    }

    @Override
    public Column at(int i) {
      return lit(values[i]);
    }
  }

  /** See {@link Kind#BROADCAST_ROW}. */
  record BroadcastRow(double[] values) implements SqlParameters {
    private static final String NAME = "parameters";
    private static final StructType SCHEMA =
        new StructType().add(NAME, DataTypes.createArrayType(DataTypes.DoubleType, false), false);

    @Override
    public Dataset<Row> addedTo(Dataset<Row> rows) {
      Dataset<Row> row =
          rows.sparkSession().createDataFrame(List.of(RowFactory.create((Object) values)), SCHEMA);
      return rows.crossJoin(broadcast(row));
    }

    @Override
    public Column at(int i) {
      return col(NAME).getItem(i);
    }
  }
}
