package io.foldwise.cli;

import java.io.PrintWriter;
import java.time.Duration;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One line of a terminal that says, over and over in its place, what a run is at: the phase, the
 * job of Spark's that runs, how many of its tasks are done, the seconds that the phase has taken
 * and, once some tasks are done, about how many the job will still take.
 */
final class ProgressLine extends SparkListener {
  private static final Duration EVERY = Duration.ofMillis(200);
  private static final String ERASE = "\r\u001b[K";
  private static final String DESCRIPTION = "spark.job.description";

  /** The share of a job from which on its end can be guessed at. */
  private static final double TELLING = 0.1;

  private final PrintWriter terminal;
  private final int width;
  private SparkContext watched;
  private Thread drawing;
  private String drawn = "";
  private String phase = "";
  private long phaseStart;
  private String job = "";
  private long jobStart;
  private int tasks;
  private int done;

  /**
   * Makes a line that shows nothing yet.
   *
   * @param width the columns of the terminal
   */
  ProgressLine(PrintWriter terminal, int width) {
    this.terminal = terminal;
    this.width = width;
  }

  /** Begins a phase. */
  synchronized void begin(String words) {
    watch();
    phase = words;
    phaseStart = System.nanoTime();
    if (drawing == null) {
      drawing = new Thread(this::drawUntilInterrupted, "progress line");
      drawing.setDaemon(true);
      drawing.start();
    }
    draw();
  }

  /** Takes the line away, until the next look. */
  synchronized void erase() {
    if (drawing != null) {
      terminal.print(ERASE);
      terminal.flush();
      drawn = "";
    }
  }

  /** Takes the line away for good. */
  synchronized void end() {
    erase();
    if (drawing != null) {
      drawing.interrupt();
      drawing = null;
    }
    if (watched != null) {
      watched.removeSparkListener(this);
      watched = null;
    }
  }

  private void watch() {
    if (watched == null && SparkSession.getDefaultSession().isDefined()) {
      watched = SparkSession.getDefaultSession().get().sparkContext();
      watched.addSparkListener(this);
    }
  }

  private void drawUntilInterrupted() {
    try {
      while (true) {
        Thread.sleep(EVERY.toMillis());
        synchronized (this) {
          if (Thread.currentThread() != drawing) {
            return;
          }
          draw();
        }
      }
    } catch (InterruptedException ended) {
      // Nothing is to be drawn any more.
    }
  }

  private void draw() {
    String text = text(System.nanoTime());
    if (!text.equals(drawn)) {
      terminal.print(ERASE + text.substring(0, Math.min(text.length(), width - 1)));
      terminal.flush();
      drawn = text;
    }
  }

  /** What the line says at a time. */
  synchronized String text(long now) {
    StringBuilder text = new StringBuilder(phase);
    double left = Double.NaN;
    if (!job.isEmpty()) {
      text.append(job.equals(phase) ? "" : ": " + job);
      if (tasks > 1) {
        text.append(", %d of %d tasks".formatted(done, tasks));
        double share = (double) done / tasks;
        left = share < TELLING ? Double.NaN : seconds(now - jobStart) * (1 - share) / share;
      }
    }
    text.append(", %.0f s".formatted(seconds(now - phaseStart)));
    return left >= 1
        ? text.append(", about %.0f s left".formatted(left)).toString()
        : text.toString();
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
