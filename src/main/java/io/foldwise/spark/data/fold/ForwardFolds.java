package io.foldwise.spark.data.fold;

import io.foldwise.search.Assignment;
import java.util.Map;

/** See {@link FoldStrategy#forward}. */
record ForwardFolds() implements FoldStrategy {
  @Override
  public String option() {
    return "forward";
  }

  @Override
  public String about() {
    return "in file order, trained on earlier folds alone";
  }

  @Override
  public boolean isDrawn() {
    return false;
  }

  @Override
  public Assignment.TrainedOn trainedOn() {
    return Assignment.TrainedOn.EARLIER;
  }

  @Override
  public boolean byRowNumber() {
    return true;
  }

  @Override
  public Dealing dealing(Asked rows, Map<Object, Long> counts) {
    return new Dealing.Runs(rows.folds(), rows.rows());
  }
}
