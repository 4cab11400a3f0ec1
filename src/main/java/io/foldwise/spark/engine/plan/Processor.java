package io.foldwise.spark.engine.plan;

import java.util.Locale;

/** The processor that trains. */
public enum Processor {
  CPU,
  GPU;

  /** The name on the command line and in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
