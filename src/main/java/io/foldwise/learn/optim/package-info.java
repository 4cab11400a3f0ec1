/**
 * How weights are found: objectives over rows or moments, optimisers with their states, rates and
 * schedules, the descent, and the methods that solve for an optimum.
 */
package io.foldwise.learn.optim;
