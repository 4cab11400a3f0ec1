/**
 * Kernels on arrays: packed symmetric matrices, the moments of rows, and the symmetric
 * eigenproblem.
 *
 * <p>{@link io.foldwise.math.MomentsAccumulator} adds rows up, {@link io.foldwise.math.Moments} is
 * what it has seen, frozen. May import the JDK and netlib only.
 */
package io.foldwise.math;
