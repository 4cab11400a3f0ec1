/**
 * What a score is worth: intervals that hold what they say, how much the best of many candidates is
 * flattered, which candidates are as good, and what more rows or fewer columns would do.
 *
 * <p>{@link io.foldwise.search.inference.Inferences} is the way in. For squared loss all of it
 * comes from the moments of blocks of rows ({@link io.foldwise.search.inference.Blocks}), which are
 * dealt into folds anew as often as is wanted without a row being read. Other losses have the
 * scores of their folds.
 *
 * <p>This package knows no Spark. It may import {@code search.training}, and Student's and the
 * normal distribution of Commons Math.
 */
package io.foldwise.search.inference;
