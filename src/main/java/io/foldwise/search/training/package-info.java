/**
 * How trials are trained, whoever holds their rows: trials in groups that descend side by side
 * ({@link io.foldwise.search.training.TrialGroup}), the shuffled order cut at the borders of
 * minibatches ({@link io.foldwise.search.training.MinibatchBorders}), curves as they grow.
 *
 * <p>For squared loss the moments of the blocks ({@link io.foldwise.search.training.MomentsTable})
 * are all that is asked of the rows, so that {@link io.foldwise.search.training.MomentsTrainer} is
 * the whole training: in the tasks of a cluster and, compiled to JavaScript, in the report.
 *
 * <p>This package knows no Spark. It may import {@code search}.
 */
package io.foldwise.search.training;
