package io.foldwise.search;

import io.foldwise.learn.loss.Loss;
import java.util.List;

/** The candidates to try, some of which follow the rows that they are tried on. */
public interface CandidateSource {
  /**
   * The candidates in their order.
   *
   * @param loss the kind of loss, which takes δ or τ from its axis
   * @param rows n, the training rows, which {@code auto} and {@code full} batch sizes follow
   * @param labelSpread a robust deviation of the label, which an automatic rate and δ follow; where
   *     it is NaN, they take the standard deviation over the rows trained on and δ = 1
   */
  List<Candidate> candidates(Loss loss, long rows, double labelSpread);
}
