package io.foldwise.learn.model;

import java.io.Serializable;

/**
 * A feature whose missing cells are filled with its mean over the rows that are trained on, in each
 * fold that of its own: x̂ = x̃ + δ·m, where x̃ holds a constant c in place of missing cells, m is
 * 1 in their rows and 0 in others, and δ = mean of the cells that are there − c. So x̂ is a feature
 * in the columns that rows have, and training it needs their sums alone; a model of x̂ with the
 * coefficient β is one of x̃ and m with β and β·δ.
 *
 * @param value the column of x̃
 * @param missing the column of m, which has no weight of its own
 * @param filled c
 */
public record Imputed(int value, int missing, double filled) implements Serializable {}
