package io.foldwise.spark.data.fold;

import java.util.Map;

/** See {@link FoldStrategy#none}. */
record NoFolds() implements FoldStrategy {
  @Override
  public String option() {
    return "none";
  }

  @Override
  public String about() {
    return "all rows in one";
  }

  @Override
  public boolean takesCount() {
    return false;
  }

  @Override
  public boolean isDrawn() {
    return false;
  }

  @Override
  public Dealing dealing(Asked rows, Map<Object, Long> counts) {
    return new Dealing.Spread(1, false);
  }
}
