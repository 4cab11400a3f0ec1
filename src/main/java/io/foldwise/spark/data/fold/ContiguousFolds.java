package io.foldwise.spark.data.fold;

import java.util.Map;

/** See {@link FoldStrategy#contiguous}. */
record ContiguousFolds() implements FoldStrategy {
  @Override
  public String option() {
    return "contiguous";
  }

  @Override
  public String about() {
    return "in file order";
  }

  @Override
  public boolean isDrawn() {
    return false;
  }

  @Override
  public boolean byRowNumber() {
    return true;
  }

  @Override
  public Dealing dealing(Asked rows, Map<Object, Long> counts) {
    return new Dealing.Runs(rows.folds(), rows.rows(), 0);
  }
}
