package io.foldwise.spark.engine.plan;

/**
 * What training may run on, which is known before Spark starts.
 *
 * @param why what is missing for a GPU, in a few words; empty where nothing is, or where the CPU
 *     was asked for
 */
public record Device(Use use, String why) {
  /** The plugin of Spark that runs SQL on a GPU. */
  public static final String RAPIDS = "com.nvidia.spark.SQLPlugin";

  /** What training may run on. */
  public enum Use {
    /** The CPU alone. */
    CPU,
    /** The GPU, as was asked for. */
    GPU,
    /** A GPU is there, and nobody said which: the planner takes the CPU until a GPU is measured. */
    EITHER
  }
}
