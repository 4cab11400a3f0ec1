package io.foldwise.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.service.launcher.IrqHandler;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.SparkSession;

/**
 * Ends a run before its time: at a signal, or where its cluster gives it nothing to run on. Jobs
 * are cancelled and the thread of the run is interrupted, so that it clears up as after any failure
 * and then tells why.
 */
final class EarlyEnd {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration CANCELLING = Duration.ofMillis(100);

  /** The exit statuses by signal, as shells have them. */
  private static final Map<String, Integer> SIGNALS = Map.of("INT", 130, "TERM", 143, "HUP", 129);

  private final Thread run;
  private final AtomicReference<Failure> why = new AtomicReference<>();
  private final Runnable atRest;
  private final CountDownLatch restEnded = new CountDownLatch(1);
  private boolean resting;
  private volatile boolean over;

  /** Makes an end for the run in this thread. */
  EarlyEnd() {
    this(() -> {});
  }

  /**
   * Makes an end for the run in this thread.
   *
   * @param atRest gives back what a run that only rests needs no more
   */
  EarlyEnd(Runnable atRest) {
    this.run = Thread.currentThread();
    this.atRest = atRest;
  }

  /** Ends the run at a signal; a second one ends the JVM there and then. */
  EarlyEnd atSignals() {
    SIGNALS.forEach(
        (signal, status) ->
            new IrqHandler(
                    signal,
                    data -> {
                      if (why.get() == null) {
                        now(new Failure(status, "interrupted", null));
                      } else {
                        Runtime.getRuntime().halt(status);
                      }
                    })
                .bind());
    return this;
  }

  /** Ends the JVM at a signal that is to end it, where no run is going on. */
  static void leaveAtSignals() {
    List.of("TERM", "HUP")
        .forEach(signal -> new IrqHandler(signal, data -> System.exit(SIGNALS.get(signal))).bind());
  }

  /**
   * Ends the run, unless it is about to end for another reason, or its rest, which is no failure.
   * From here on Spark's log tells only what becomes of work that was cut off.
   */
  void now(Failure failure) {
    if (endsRest() || !why.compareAndSet(null, failure)) {
      return;
    }
    silenceLogs();
    run.interrupt();
    Thread last = new Thread(() -> cancelUntilEnd(failure.status()), "early end");
    last.setDaemon(true);
    last.start();
  }

  private synchronized boolean endsRest() {
    boolean ends = resting;
    resting = false;
    if (ends) {
      restEnded.countDown();
    }
    return ends;
  }

  /** Rests, for a run that has done what it was for, until it is ended. */
  void rest() {
    synchronized (this) {
      resting = true;
    }
    atRest.run();
    try {
      restEnded.await();
    } catch (InterruptedException endedBefore) {
      throw new IllegalStateException("ended before it came to rest", endedBefore);
    }
  }

  /** Silences logs, for when all that Spark has left to say is of its own end. */
  static void silenceLogs() {
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
  }

  /**
   * Cancels jobs again and again, for a run that computes as it is interrupted goes on to its next
   * job, which would outlive it: Spark waits for half a minute for tasks that nobody cancelled. The
   * last resort, where the run minds no interrupt, is to end the JVM.
   */
  private void cancelUntilEnd(int status) {
    long last = System.nanoTime() + GRACE.toNanos();
    try {
      while (isGoingOn() && System.nanoTime() < last) {
        cancelJobs();
        run.join(CANCELLING.toMillis());
      }
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    }
    if (isGoingOn()) {
      exit(status);
    }
  }

  private boolean isGoingOn() {
    return !over && run.isAlive();
  }

  /** Says that the run has ended, though its thread may go on with other things. */
  void tooLate() {
    over = true;
  }

  private static void cancelJobs() {
    try {
      if (SparkSession.getDefaultSession().isDefined()) {
        SparkSession.getDefaultSession().get().sparkContext().cancelAllJobs();
      }
    } catch (IllegalStateException stopped) {
      // Spark has stopped, and its jobs with it.
    }
  }

  /** Why the run was ended, if it was; the thread is free for other things then. */
  Optional<Failure> why() {
    Failure failure = why.get();
    if (failure != null) {
      Thread.interrupted();
    }
    return Optional.ofNullable(failure);
  }

  /**
   * Ends the JVM; after an early end, without what the threads that are still at work say of it.
   */
  void exit(int status) {
    if (why.get() != null) {
      System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    }
    System.exit(status);
  }
}
