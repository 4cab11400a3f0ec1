package io.foldwise.spark.engine.plan;

/**
 * How fast a core is, as the planner's costs take it. They only have to rank engines and movements,
 * which they do where they are right to a factor of two.
 *
 * <p>{@link #MEASURED} was taken with d = 1,000 terms on one core of a cloud machine (AMD EPYC, 2
 * cores, JDK 17); {@code submit/benchmark --kernels} and {@code growth} show another's.
 *
 * @param building products and sums a second where moments are added up from rows
 * @param descending products and sums a second of a step from moments
 * @param eigenvalues products and sums a second of an eigenvalue, which takes 4/3·d³ of them
 * @param factors products and sums a second of a Cholesky factor, which takes d³/3 and bounds an
 *     eigenvalue
 * @param rows products and sums a second of a step over packed rows
 * @param job the seconds of a small job of Spark
 */
record Machine(
    double building,
    double descending,
    double eigenvalues,
    double factors,
    double rows,
    double job) {
  static final Machine MEASURED = new Machine(3.6e9, 8e9, 1e9, 2e9, 15e9, 0.02);
}
