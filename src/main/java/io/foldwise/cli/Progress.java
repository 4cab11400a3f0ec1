package io.foldwise.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What is known of how far a run has come: its phase, the job of Spark's that runs, how many of its
 * tasks are done, how many repeats are, and how long what is left will take. Whoever shows it is
 * told as a phase begins, and five times a second. Where nobody does, nothing is watched.
 */
final class Progress extends SparkListener {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final String DESCRIPTION = "spark.job.description";

  /** The share of a job from which on its end can be guessed at. */
  private static final double TELLING = 0.1;

  /**
   * What is known at a time.
   *
   * @param phase the phase, in words
   * @param seconds how long the phase has taken
   * @param sinceStart the seconds since the first phase began
   * @param job the job that runs, in words; empty where none does
   * @param done how many of its tasks are done
   * @param tasks how many tasks it has
   * @param repeat the repeat that runs, from 1; 0 where none does
   * @param repeats how many there are to be
   * @param share the share that is done: of the repeats where there are several, else of the job;
   *     NaN where it is not known
   * @param left the seconds that the rest of the repeats, or of the job, will take; NaN as long as
   *     too little is done to guess
   */
  record At(
      String phase,
      double seconds,
      double sinceStart,
      String job,
      int done,
      int tasks,
      int repeat,
      int repeats,
      double share,
      double left) {}

  private final List<Consumer<At>> shown = new ArrayList<>();
  private final long start = System.nanoTime();
  private SparkContext watched;
  private Thread looking;
  private String phase = "";
  private long phaseStart;
  private String job = "";
  private long jobStart;
  private int tasks;
  private int done;
  private int repeats;
  private int repeated;
  private long repeatsStart;
  private long firstRepeated;
  private long lastRepeated;

  /** Shows what is known to one more. */
  void showTo(Consumer<At> viewer) {
    synchronized (shown) {
      shown.add(viewer);
    }
  }

  /** Begins a phase. */
  void begin(String words) {
    synchronized (shown) {
      if (shown.isEmpty()) {
        return;
      }
      beginWatched(words);
      look();
    }
  }

  private synchronized void beginWatched(String words) {
    if (watched == null && SparkSession.getDefaultSession().isDefined()) {
      watched = SparkSession.getDefaultSession().get().sparkContext();
      watched.addSparkListener(this);
    }
    phase = words;
    phaseStart = System.nanoTime();
    if (looking == null) {
      looking = new Thread(this::lookUntilInterrupted, "progress");
      looking.setDaemon(true);
      looking.start();
    }
  }

  /** Says how many repeats there are to be, the first of which begins. */
  synchronized void repeats(int planned) {
    repeats = planned;
    repeated = 0;
    repeatsStart = System.nanoTime();
  }

  /** Says that a repeat has ended. */
  synchronized void repeated() {
    repeated++;
    lastRepeated = System.nanoTime();
    if (repeated == 1) {
      firstRepeated = lastRepeated;
    }
  }

  /** Ends it all: nobody is shown anything any more. */
  void end() {
    synchronized (shown) {
      shown.clear();
    }
    synchronized (this) {
      if (looking != null) {
        looking.interrupt();
        looking = null;
      }
      if (watched != null) {
        watched.removeSparkListener(this);
        watched = null;
      }
    }
  }

  private void lookUntilInterrupted() {
    try {
      while (true) {
        Thread.sleep(EVERY.toMillis());
        synchronized (shown) {
          look();
        }
      }
    } catch (InterruptedException ended) {
      // Nobody is to be shown anything any more.
    }
  }

  /** Shows what is known now; under the lock of those who are shown, so that time runs forward. */
  private void look() {
    At at = at(System.nanoTime());
    shown.forEach(viewer -> viewer.accept(at));
  }

  /** What is known at a time. */
  synchronized At at(long now) {
    boolean works = !job.isEmpty() && tasks > 1;
    double ofJob = works ? (double) done / tasks : Double.NaN;
    boolean running = repeated < repeats;
    return new At(
        phase,
        seconds(now - phaseStart),
        seconds(now - start),
        job,
        done,
        works ? tasks : 0,
        running ? repeated + 1 : 0,
        repeats,
        repeats > 1 ? (double) repeated / repeats : ofJob,
        repeated > 0 ? leftOfRepeats(now) : leftOfJob(now, ofJob));
  }

  private double leftOfJob(long now, double share) {
    return share >= TELLING ? seconds(now - jobStart) * (1 - share) / share : Double.NaN;
  }

  /**
   * The first repeat takes longer than those that follow, as code is compiled in it, so that it
   * counts as long as it is the only one.
   */
  private double leftOfRepeats(long now) {
    double each =
        repeated > 1
            ? seconds(lastRepeated - firstRepeated) / (repeated - 1)
            : seconds(firstRepeated - repeatsStart);
    return Math.max(0, each * (repeats - repeated) - seconds(now - lastRepeated));
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    job = start.properties() == null ? "" : start.properties().getProperty(DESCRIPTION, "");
    jobStart = System.nanoTime();
    done = 0;
    tasks =
        CollectionConverters.asJava(start.stageInfos()).stream()
            .mapToInt(stage -> stage.numTasks())
            .sum();
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    done = Math.min(tasks, done + 1);
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    job = "";
  }
}
