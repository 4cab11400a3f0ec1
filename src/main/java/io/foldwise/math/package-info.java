/**
 * Kernels on arrays: the moments of rows, packed symmetric matrices, the symmetric eigenproblem,
 * and the two products by which many linear functions are trained on the same rows.
 *
 * <p>{@link io.foldwise.math.MomentsAccumulator} adds rows up, {@link io.foldwise.math.Moments} is
 * what it has seen, frozen. {@link io.foldwise.math.RowMatrix} is the rows themselves, dense or
 * sparse. May import the JDK (its incubating Vector API in the classes {@code Vector…} alone) and
 * netlib only.
 */
package io.foldwise.math;
