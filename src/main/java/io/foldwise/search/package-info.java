/**
 * What a search is: the grid and its candidates, how rows are dealt into folds and minibatches, the
 * trials, and how one candidate is chosen of them.
 *
 * <p>{@link io.foldwise.search.Search} is the road; {@link io.foldwise.search.TrialEngine} the port
 * through which trials are computed. This package knows no partition, cluster or GPU. It may import
 * {@code learn}.
 */
package io.foldwise.search;
