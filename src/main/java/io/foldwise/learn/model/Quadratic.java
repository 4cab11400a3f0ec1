package io.foldwise.learn.model;

/**
 * A mean squared error as a quadratic: its gradient at w is 2(G w − c).
 *
 * @param gram G, p × p, symmetric, full
 * @param linear c, p long
 */
public record Quadratic(double[] gram, double[] linear) {}
