package io.foldwise.spark.data.fold;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Assignment;
import java.util.Map;

/**
 * See {@link FoldStrategy#forward}.
 *
 * @param purge the number of rows just before a fold that are not trained on where it is scored
 */
record ForwardFolds(long purge) implements FoldStrategy {
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
    return purge > 0 ? Assignment.TrainedOn.EARLIER_PURGED : Assignment.TrainedOn.EARLIER;
  }

  @Override
  public FoldStrategy purged(double rows) {
    if (!(rows >= 0 && rows == Math.rint(rows) && rows < Long.MAX_VALUE)) {
      throw new InvalidInputException(
          "'purge' (%s) must be a whole number of rows >= 0 where 'fold-strategy' is forward"
              .formatted(Timeline.plain(rows)));
    }
    return new ForwardFolds((long) rows);
  }

  @Override
  public boolean byRowNumber() {
    return true;
  }

  @Override
  public Dealing dealing(Asked rows, Map<Object, Long> counts) {
    return new Dealing.Runs(rows.folds(), rows.rows(), purge);
  }
}
