package io.foldwise.search.inference;

import io.foldwise.learn.model.AffineFunction;
import io.foldwise.learn.model.Coordinates;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.optim.ExactSolver;
import io.foldwise.learn.optim.Penalty;
import io.foldwise.learn.optim.Split;
import io.foldwise.math.Moments;
import io.foldwise.search.Candidate;
import io.foldwise.search.training.MomentsSnapshot;

/**
 * Trains a candidate to its optimum from moments, with the intercept, the standardising and the
 * penalties that the search trains it with.
 *
 * @param basis the terms of the candidate
 * @param shift the point that moments are about
 */
record MomentsFit(Candidate candidate, PolynomialBasis basis, Shift shift) {

  static MomentsFit of(Candidate candidate, MomentsSnapshot setting) {
    PolynomialBasis basis = setting.basis().leading(candidate.form().degree());
    return new MomentsFit(candidate, basis, setting.shift().leading(basis.terms()));
  }

  /** The number of terms, p. */
  int terms() {
    return basis.terms();
  }

  /**
   * The optimum of a training set, as a function about the shift.
   *
   * @param training moments of the candidate's own terms
   */
  AffineFunction train(Moments training) {
    return solved(solver(training), training);
  }

  /** What all candidates of the same form have in common on a training set. */
  ExactSolver solver(Moments training) {
    return new ExactSolver(
        Coordinates.of(candidate.form(), training.columns(), shift, basis), training);
  }

  /**
   * See {@link #train}.
   *
   * @param solver the {@link #solver} of the training set, of any candidate of this form
   */
  AffineFunction solved(ExactSolver solver, Moments training) {
    Penalty penalty = candidate.penalty().over(Split.NONE, training.columns());
    return solver.coordinates().aboutShift(solver.solveBriefly(penalty), 0);
  }

  /** About how many operations a training takes: moments to coordinates, and solving. */
  double operations() {
    double p = terms() + 1.0;
    double solving = p * p * p / 3 + 10 * p * p;
    return candidate.penalty().l1() > 0 ? SWEEPS * p * p + solving : solving;
  }

  /** What coordinate descent takes, in products of a matrix and a vector. */
  private static final double SWEEPS = 100;
}
