package io.foldwise.learn.loss;

/** The labels that a loss is defined for. */
public enum LabelDomain {
  NUMBERS("are any numbers"),
  NON_NEGATIVE("are >= 0"),
  POSITIVE("are > 0"),
  BINARY("are 0 or 1"),
  /** Of K classes, 0 to K − 1. */
  CLASSES("are classes");

  private final String words;

  LabelDomain(String words) {
    this.words = words;
  }

  /** What such labels are, in words that follow "labels that". */
  public String words() {
    return words;
  }

  /** Whether a label is of the domain; NaN never is, but among numbers. */
  public boolean has(double label) {
    return switch (this) {
      case NUMBERS -> true;
      case NON_NEGATIVE -> label >= 0;
      case POSITIVE -> label > 0;
      case BINARY -> label == 0 || label == 1;
      case CLASSES -> label >= 0 && label == Math.rint(label);
    };
  }

  /** Whether every label of this domain is of the other too, classes apart. */
  public boolean isWithin(LabelDomain other) {
    return this == other || (other.compareTo(this) < 0 && compareTo(BINARY) < 0);
  }
}
