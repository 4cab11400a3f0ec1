package io.foldwise.spark.engine.rows;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.learn.score.Metric;
import io.foldwise.learn.score.MetricSums;
import io.foldwise.search.SearchPlan;
import io.foldwise.search.TrialEngine;
import io.foldwise.search.TrialResult;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.search.training.MomentsTable;
import java.util.List;

/** The passes over the rows that every engine makes, however they are computed. */
public interface Passes {
  /** The columns that are fitted, and the point that sums are taken about. */
  FittedBasis fitted(SearchPlan plan);

  /** The moments of every block. */
  MomentsTable moments(PolynomialBasis basis, Shift shift, MinibatchBorders borders);

  /** See {@link TrialEngine#score}. */
  TrialEngine.Scored score(List<TrialResult> trained, Metric metric);

  /** See {@link TrialEngine#scoreTest}. */
  MetricSums scoreTest(TrialResult trained);
}
