package io.foldwise.spark.engine.sql;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.foldwise.learn.model.PolynomialBasis;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The terms of a basis as columns, the very products that {@link PolynomialBasis#expandInto} takes:
 * one projection for each power, so that none is computed twice.
 */
final class SqlTerms {
  private final PolynomialBasis basis;
  private Dataset<Row> rows;

  private SqlTerms(PolynomialBasis basis, Dataset<Row> rows) {
    this.basis = basis;
    this.rows = rows;
  }

  /** The name of the j-th feature's column. */
  static String feature(int j) {
    return "x" + j;
  }

  /** The name of the i-th term's column. */
  static String term(int i) {
    return "t" + i;
  }

  private static String power(int j, int e) {
    return "p" + j + "_" + e;
  }

  /** The rows with one more column for each term. */
  static Dataset<Row> addedTo(Dataset<Row> rows, PolynomialBasis basis) {
    SqlTerms terms = new SqlTerms(basis, rows);
    for (int e = 1; e <= basis.degree(); e++) {
      terms.addPowers(e);
    }
    terms.addProducts();
    return terms.rows;
  }

  private void addPowers(int e) {
    Map<String, Column> powers = new LinkedHashMap<>();
    for (int j = 0; j < basis.features().size(); j++) {
      powers.put(power(j, e), e == 1 ? scaled(j) : next(j, e));
    }
    rows = rows.withColumns(powers);
  }

  private Column scaled(int j) {
    Column x = col(feature(j));
    Column about = basis.middle(j) == 0 ? x : x.minus(lit(basis.middle(j)));
    return basis.halfWidth(j) == 1 ? about : about.divide(lit(basis.halfWidth(j)));
  }

  private Column next(int j, int e) {
    Column t = col(power(j, 1));
    Column last = col(power(j, e - 1));
    if (basis.kind() == PolynomialBasis.Kind.POWER) {
      return last.multiply(t);
    }
    Column before = e == 2 ? lit(1.0) : col(power(j, e - 2));
    return lit(2.0).multiply(t).multiply(last).minus(before);
  }

  /** Adds the products of one feature first, then those of two, … */
  private void addProducts() {
    int[] depths = new int[basis.terms()];
    int deepest = 0;
    for (int i = 0; i < depths.length; i++) {
      int parent = basis.product(i).parent();
      depths[i] = parent < 0 ? 0 : depths[parent] + 1;
      deepest = Math.max(deepest, depths[i]);
    }
    for (int depth = 0; depth <= deepest; depth++) {
      Map<String, Column> products = new LinkedHashMap<>();
      for (int i = 0; i < depths.length; i++) {
        if (depths[i] == depth) {
          products.put(term(i), product(basis.product(i)));
        }
      }
      rows = rows.withColumns(products);
    }
  }

  private static Column product(PolynomialBasis.Product product) {
    Column power = col(power(product.feature(), product.exponent()));
    return product.parent() < 0 ? power : col(term(product.parent())).multiply(power);
  }
}
