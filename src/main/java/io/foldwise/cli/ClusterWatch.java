package io.foldwise.cli;

import io.foldwise.input.InvalidInputException;
import io.foldwise.search.Figures;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.sql.SparkSession;

/**
 * Watches, beside a run, whether its cluster gives it anything to run on: says what is waited for,
 * and ends the run when that takes longer than {@code --wait}. Spark itself would wait for ever.
 */
final class ClusterWatch {
  /** The time between two looks. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /**
   * The time before anything is said: what Spark reports of running tasks may be 10 seconds old.
   */
  private static final Duration SHORT = Duration.ofSeconds(15);

  private static final double MINUTES = 10;

  private final Console console;
  private final EarlyEnd end;
  private final double minutes;
  private final Thread thread = new Thread(this::watch, "cluster watch");

  private ClusterWatch(Console console, EarlyEnd end, double minutes) {
    this.console = console;
    this.end = end;
    this.minutes = minutes;
  }

  /**
   * Begins to watch; a local master needs none.
   *
   * @throws InvalidInputException if the time to wait is not a number of minutes > 0
   */
  static ClusterWatch begin(Settings settings, Console console, EarlyEnd end) {
    double minutes = settings.number(Options.WAIT).orElse(MINUTES);
    if (!(minutes > 0)) {
      throw new InvalidInputException("'wait' (" + minutes + ") must be > 0 minutes");
    }
    ClusterWatch watch = new ClusterWatch(console, end, minutes);
    if (!new SparkConf().get("spark.master", "local").startsWith("local")) {
      watch.thread.setDaemon(true);
      // Where Spark has stopped meanwhile, the run ends by itself.
      watch.thread.setUncaughtExceptionHandler((thread, stopped) -> {});
      watch.thread.start();
    }
    return watch;
  }

  private void watch() {
    long idleSince = System.nanoTime();
    boolean said = false;
    while (true) {
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException over) {
        return;
      }
      if (!isIdle()) {
        idleSince = System.nanoTime();
        said = false;
        continue;
      }
      double seconds = (System.nanoTime() - idleSince) / 1e9;
      if (seconds >= 60 * minutes) {
        end.now(new Failure(1, "%s in %s minutes: %s".formatted(lack(), number(), advice()), null));
        return;
      }
      if (!said && seconds >= SHORT.toSeconds()) {
        console.note(
            "%s yet: %s; gives up after %s minutes (--wait)".formatted(lack(), advice(), number()));
        said = true;
      }
    }
  }

  private String number() {
    return Figures.brief(minutes);
  }

  private static Optional<SparkContext> context() {
    return SparkSession.getDefaultSession().isDefined()
        ? Optional.of(SparkSession.getDefaultSession().get().sparkContext())
        : Optional.empty();
  }

  /** Whether Spark has not started, or a job has not one task that runs. */
  private static boolean isIdle() {
    if (context().isEmpty()) {
      return true;
    }
    SparkStatusTracker tracker = context().get().statusTracker();
    return tracker.getActiveJobIds().length > 0
        && Arrays.stream(tracker.getActiveStageIds())
            .mapToObj(tracker::getStageInfo)
            .allMatch(stage -> stage.isEmpty() || stage.get().numActiveTasks() == 0);
  }

  private static int executors(SparkContext context) {
    return context.statusTracker().getExecutorInfos().length - 1;
  }

  private static String lack() {
    SparkConf conf = context().map(SparkContext::getConf).orElseGet(SparkConf::new);
    String master = conf.get("spark.master");
    if (context().isEmpty()) {
      return "Spark has not started on " + master;
    }
    int executors = executors(context().get());
    return executors == 0
        ? master + " gives no executor"
        : "no task runs on the %d executors of %s".formatted(executors, master);
  }

  /** Says what was asked for, what is there, and what to do. */
  private static String advice() {
    SparkConf conf = context().map(SparkContext::getConf).orElseGet(SparkConf::new);
    String cores = conf.contains("spark.executor.cores") ? conf.get("spark.executor.cores") : "any";
    return "an executor is to have %s of memory and %s cores, and %s; ask for less with"
            .formatted(
                conf.get("spark.executor.memory", "1g"), cores, StandaloneMaster.offer(context()))
        + " --executor-memory or --executor-cores before the command, or see to the cluster";
  }

  void stop() {
    thread.interrupt();
  }
}
