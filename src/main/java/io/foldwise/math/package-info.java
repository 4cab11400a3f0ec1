/**
 * Kernels on arrays: sums and moments of rows, symmetric matrices, their systems and eigenvalues,
 * the exponential, and the two products by which many linear functions are trained on the same
 * rows.
 *
 * <p>{@link io.foldwise.math.MomentsAccumulator} adds rows up, {@link io.foldwise.math.Moments} is
 * what it has seen, frozen. {@link io.foldwise.math.RowMatrix} is the rows themselves, dense or
 * sparse. This package may import the JDK (its incubating Vector API in the classes {@code Vector…}
 * alone) and netlib only.
 */
package io.foldwise.math;
