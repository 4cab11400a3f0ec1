package io.foldwise.spark.data.fold;

import java.util.Map;

/** See {@link FoldStrategy#random}. */
record RandomFolds() implements FoldStrategy {
  @Override
  public String option() {
    return "random";
  }

  @Override
  public String about() {
    return "by chance";
  }

  @Override
  public Dealing dealing(Asked rows, Map<Object, Long> counts) {
    return new Dealing.Spread(rows.folds(), false);
  }
}
