package io.foldwise.spark.data.generate;

import static org.apache.spark.sql.functions.cos;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.xxhash64;

import io.foldwise.spark.data.schema.Columns;
import io.foldwise.spark.data.schema.RowHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;

/**
 * Makes data y = f(x) + ε whose f is known.
 *
 * <p>Every number is a function of (seed, row number, stream): u = ((h ≫ 11) + ½)·2⁻⁵³ with h =
 * xxHash64(row, stream, seed), and normal ones by Box and Muller, √(−2 ln u₁)·cos 2πu₂. So the data
 * are the same however they are partitioned. Coefficients are drawn in the same way, rounded to 2
 * digits.
 */
public final class Generator {

  private static final int SPARE_BITS = 11;
  private static final double ULP = 0x1p-53;
  private static final long COEFFICIENTS = -1;
  private static final double REACH = 2;
  private static final int DEGREE = 3;

  private final GeneratorOptions options;

  private Generator(GeneratorOptions options) {
    this.options = options;
  }

  /** The frame x0, …, x{d−1}, y (a single feature is x), not yet computed. */
  public static GeneratedData generate(SparkSession spark, GeneratorOptions options) {
    return new Generator(options).generate(spark);
  }

  private GeneratedData generate(SparkSession spark) {
    List<Column> columns = new ArrayList<>(List.of(Columns.named(Columns.WITHIN)));
    for (int j = 0; j < options.features(); j++) {
      columns.add(feature(j).as(name(j)));
    }
    List<Term> terms = terms();
    double intercept = coefficient(0);
    Dataset<Row> frame =
        spark
            .range(options.rows())
            .toDF(Columns.WITHIN)
            .select(columns.toArray(Column[]::new))
            .withColumn("y", label(intercept, terms))
            .drop(Columns.WITHIN);
    Map<String, Double> coefficients = new LinkedHashMap<>();
    terms.forEach(term -> coefficients.put(term.name(), term.coefficient()));
    return new GeneratedData(frame, options, intercept, coefficients);
  }

  /** A power of a feature and its coefficient. */
  private record Term(String feature, int power, double coefficient) {

    /** The term's name as a model reports it: x, x^2, x^3. */
    String name() {
      return power == 1 ? feature : feature + "^" + power;
    }

    Column value() {
      Column x = Columns.named(feature);
      Column product = IntStream.range(1, power).mapToObj(i -> x).reduce(x, Column::multiply);
      return product.multiply(coefficient);
    }
  }

  private List<Term> terms() {
    int degree = options.shape() == GeneratorOptions.Shape.POLYNOMIAL ? DEGREE : 1;
    List<Term> terms = new ArrayList<>();
    for (int power = 1; power <= degree; power++) {
      for (int j = 0; j < options.features(); j++) {
        terms.add(new Term(name(j), power, coefficient(j * DEGREE + power)));
      }
    }
    return terms;
  }

  private Column label(double intercept, List<Term> terms) {
    Stream<Column> noise = Stream.of(normal(2 * options.features()).multiply(options.noise()));
    Column sum =
        sum(Stream.concat(terms.stream().map(Term::value), noise).toList()).plus(intercept);
    if (options.shape() != GeneratorOptions.Shape.LOGISTIC) {
      return sum;
    }
    Column probability = lit(1.0).divide(exp(sum.multiply(-1)).plus(1));
    return uniform(2 * options.features() + 2).lt(probability).cast(DataTypes.DoubleType);
  }

  /** Adds in pairs, so that the expression is not d deep. */
  private static Column sum(List<Column> terms) {
    int n = terms.size();
    return n == 1 ? terms.get(0) : sum(terms.subList(0, n / 2)).plus(sum(terms.subList(n / 2, n)));
  }

  private String name(int j) {
    return options.features() == 1 ? "x" : "x" + j;
  }

  private Column feature(int j) {
    return options.shape() == GeneratorOptions.Shape.POLYNOMIAL
        ? uniform(2 * j).minus(0.5).multiply(2 * REACH)
        : normal(2 * j);
  }

  private Column normal(int stream) {
    Column angle = uniform(stream + 1).multiply(2 * Math.PI);
    return sqrt(log(uniform(stream)).multiply(-2)).multiply(cos(angle));
  }

  private Column uniform(int stream) {
    Column hash = xxhash64(Columns.named(Columns.WITHIN), lit((long) stream), lit(options.seed()));
    return shiftrightunsigned(hash, SPARE_BITS).cast(DataTypes.DoubleType).plus(0.5).multiply(ULP);
  }

  /** The i-th coefficient, in [−3, 3], to two digits. */
  private double coefficient(int i) {
    long hash = RowHash.hash(RowHash.hash(COEFFICIENTS, i), options.seed());
    double uniform = ((hash >>> SPARE_BITS) + 0.5) * ULP;
    return Math.round((uniform * 6 - 3) * 100) / 100.0;
  }
}
