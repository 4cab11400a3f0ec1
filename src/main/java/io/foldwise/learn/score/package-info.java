/**
 * How well predictions do: sums over scored rows ({@link io.foldwise.learn.score.Sum}), and metrics
 * as formulas of them.
 */
package io.foldwise.learn.score;
