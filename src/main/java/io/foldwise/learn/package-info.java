/**
 * The formulas of learning, each once: losses, penalties, schedules, optimisers, the loop of
 * minibatch gradient descent, the exact optimum, models and metrics.
 *
 * <p>Meet {@link io.foldwise.learn.Descent} first: it trains all candidates of a training set side
 * by side over an {@link io.foldwise.learn.Objective}. Arrays only; knows no fold, no Spark. May
 * import {@code math}.
 */
package io.foldwise.learn;
