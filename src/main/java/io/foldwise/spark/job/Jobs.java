package io.foldwise.spark.job;

import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;

/** What the pages of Spark say of jobs: a description of each, and one group for each run. */
public final class Jobs {
  private static final String DESCRIPTION = "spark.job.description";
  private static final String INTERRUPTED = "spark.job.interruptOnCancel";
  private static final List<String> OF_A_GROUP =
      List.of("spark.jobGroup.id", DESCRIPTION, INTERRUPTED);

  private Jobs() {}

  /** Does work whose jobs are described in plain words; afterwards the words are what they were. */
  public static <T> T described(SparkContext context, String words, Supplier<T> work) {
    String before = context.getLocalProperty(DESCRIPTION);
    context.setLocalProperty(DESCRIPTION, words);
    try {
      return work.get();
    } finally {
      context.setLocalProperty(DESCRIPTION, before);
    }
  }

  /**
   * Does work as {@link #described} does, whose tasks compute for long and read no file: where the
   * job is cancelled, their threads are interrupted, as those of tasks that read are not, since
   * clients of file systems may take that amiss.
   */
  public static <T> T computing(SparkContext context, String words, Supplier<T> work) {
    String before = context.getLocalProperty(INTERRUPTED);
    context.setLocalProperty(INTERRUPTED, "true");
    try {
      return described(context, words, work);
    } finally {
      context.setLocalProperty(INTERRUPTED, before);
    }
  }

  /** Does a run: its jobs are a group of their own, to be seen and cancelled together. */
  public static <T> T grouped(SparkContext context, Supplier<T> run) {
    return grouped(context, "foldwise-" + UUID.randomUUID(), run);
  }

  /** Does a run whose jobs are a group of that name, by which {@code cancelJobGroup} finds it. */
  public static <T> T grouped(SparkContext context, String group, Supplier<T> run) {
    Properties before = new Properties();
    for (String name : OF_A_GROUP) {
      String value = context.getLocalProperty(name);
      if (value != null) {
        before.setProperty(name, value);
      }
    }
    String words = before.getProperty(DESCRIPTION, "foldwise");
    context.setJobGroup(group, words, false);
    try {
      return run.get();
    } finally {
      OF_A_GROUP.forEach(name -> context.setLocalProperty(name, before.getProperty(name)));
    }
  }
}
