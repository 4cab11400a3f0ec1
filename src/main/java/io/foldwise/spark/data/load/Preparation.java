package io.foldwise.spark.data.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is made of a dataset's columns before they are features. */
public sealed interface Preparation {
  /** The most values of a column of text that is taken for a category without being named. */
  int FEW = 20;

  /** Columns are features as they are. */
  Preparation NONE = new Asked(Optional.empty(), Levels.ALL, Missing.REFUSE, Map.of());

  /**
   * What is to be made of them, fitted on the data.
   *
   * @param categorical the columns that are one-hot encoded, one column of 0 and 1 for each of
   *     their values; an empty list stands for all columns of text that have few values, and none
   *     at all for no columns
   * @param levels which of their values get a column
   * @param missing what becomes of missing cells
   * @param dates the columns that are read as dates or times, each with the pattern of Spark that
   *     its texts follow, empty where they follow ISO 8601: they become days since 1970-01-01, UTC
   */
  record Asked(
      Optional<List<String>> categorical, Levels levels, Missing missing, Map<String, String> dates)
      implements Preparation {
    public Asked {
      categorical = categorical.map(List::copyOf);
      dates = Map.copyOf(dates);
    }

    boolean isNothing() {
      return categorical.isEmpty() && missing == Missing.REFUSE && dates.isEmpty();
    }
  }

  /**
   * What was made of the columns that a model was trained on.
   *
   * @param encoding the same for rows to be scored
   */
  record Fitted(Encoding encoding) implements Preparation {}

  /** Which values of a column get a column of their own. */
  enum Levels {
    /** All that training rows have. */
    ALL,
    /** All but the first in their order, which the intercept stands for. */
    WITHOUT_FIRST
  }

  /** What becomes of missing cells. */
  enum Missing {
    /** The first one is refused. */
    REFUSE("refuse"),
    /** Rows with a missing feature or label are left out. */
    DROP("drop"),
    /**
     * A number is filled with its column's mean over the rows that are trained on, in each fold
     * that of its own; a missing text is a value of its own.
     */
    MEAN("mean"),
    /** The same with its column's median. */
    MEDIAN("median"),
    /**
     * A number is filled with its column's mean, and a column of its own says where; a missing text
     * is a value of its own.
     */
    INDICATOR("indicator");

    private final String option;

    Missing(String option) {
      this.option = option;
    }

    /** Whether missing cells are filled. */
    boolean fills() {
      return isInsideFolds() || this == INDICATOR;
    }

    /** Whether each fold fills them with a number of its own. */
    boolean isInsideFolds() {
      return this == MEAN || this == MEDIAN;
    }

    public String option() {
      return option;
    }
  }
}
