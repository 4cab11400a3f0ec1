package io.foldwise.cli;

import java.io.PrintWriter;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.SparkUserAppException;
import org.apache.spark.sql.SparkSession;

/** The entry: {@code foldwise COMMAND [options]}. */
public final class Main {
  static final List<Command> COMMANDS =
      List.of(
          new SearchCommand(),
          new FitCommand(),
          new EvaluateCommand(),
          new PredictCommand(),
          new InspectCommand(),
          new GenerateCommand(),
          new ExplainCommand(),
          new ReportCommand(),
          new CompareCommand(),
          new LectureCommand(),
          new ShellCommand(),
          new CompletionCommand());

  private static final String DEPLOY_MODE = "spark.submit.deployMode";

  private static final Duration LEFT_BEHIND = Duration.ofSeconds(10);

  /** The loggers that tell of a cluster; conf/log4j2.properties keeps them silent. */
  private static final List<String> WAITING =
      List.of(
          "org.apache.spark.deploy",
          "org.apache.spark.scheduler",
          "org.apache.spark.scheduler.TaskSetManager",
          "org.apache.spark.scheduler.cluster.StandaloneSchedulerBackend",
          "org.apache.spark.executor.Executor");

  private Main() {}

  /**
   * Runs a command. Returns where it is done, since YARN takes a call of {@link System#exit} for a
   * failure; else ends the JVM with its exit status, or has Spark do so where that runs the driver.
   */
  public static void main(String[] args) throws SparkUserAppException {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    EarlyEnd end = new EarlyEnd(Main::stopSpark);
    inBackground("signals", end::atSignals); // It loads logging, for which a refusal need not wait.
    int status = run(args, out, err, end);
    boolean driven = isDrivenByCluster();
    if (status != 0 && driven) {
      throw failed(status);
    } else if (status != 0) {
      end.exit(status);
    }
    stopSpark();
    if (!driven) {
      exitInTheEnd();
    }
  }

  /** Whether the driver runs somewhere in a cluster rather than where it was started. */
  static boolean isDrivenByCluster() {
    return System.getProperty(DEPLOY_MODE, "").equals("cluster");
  }

  /** What tells Spark of the status: that of Spark 4.1 and later takes a cause beside it. */
  private static SparkUserAppException failed(int status) {
    Constructor<?> taking = SparkUserAppException.class.getConstructors()[0];
    Object[] arguments = new Object[taking.getParameterCount()];
    arguments[0] = status;
    try {
      return (SparkUserAppException) taking.newInstance(arguments);
    } catch (ReflectiveOperationException unknown) {
      throw new IllegalStateException("the run failed with status " + status, unknown);
    }
  }

  /**
   * Ends the JVM after a while, since a plugin of Spark may leave threads behind that would keep
   * it.
   */
  private static void exitInTheEnd() {
    inBackground(
        "exit",
        () -> {
          try {
            Thread.sleep(LEFT_BEHIND.toMillis());
          } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
          }
          System.exit(0);
        });
  }

  private static void inBackground(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void stopSpark() {
    EarlyEnd.silenceLogs();
    if (SparkSession.getDefaultSession().isDefined()) {
      SparkSession.getDefaultSession().get().stop();
    }
  }

  /**
   * Runs a command.
   *
   * @param args the command and its options
   * @param out takes the result, for people or as JSON
   * @param err takes progress and, on failure, exactly one line
   * @return 0 done; 1 the run failed; 2 bad usage or bad data
   */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    return run(args, out, err, new EarlyEnd());
  }

  /** Runs a command that an end may come to before its time. */
  static int run(String[] args, PrintWriter out, PrintWriter err, EarlyEnd end) {
    boolean traced = Arrays.asList(args).contains(Options.VERBOSE.dashed());
    try {
      Console plain = Console.of(out, err, new Settings(Map.of(), Map.of()));
      Optional<Invocation> invocation = Invocation.parse(COMMANDS, args, plain);
      if (invocation.isPresent()) {
        Settings settings = invocation.get().settings();
        traced |= settings.flag(Options.VERBOSE);
        run(invocation.get(), Console.of(out, err, settings), end);
      }
      return 0;
    } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError failure) {
      return end.why().orElseGet(() -> Failure.of(failure)).print(err, traced);
    } finally {
      end.tooLate();
      end.why(); // An interrupt that the command did not mind is not the next one's.
      out.flush();
      err.flush();
    }
  }

  private static void run(Invocation invocation, Console console, EarlyEnd end) {
    Settings settings = invocation.settings();
    if (settings.flag(Options.VERBOSE)) {
      WAITING.forEach(logger -> Configurator.setLevel(logger, Level.WARN));
    }
    ClusterWatch watch = ClusterWatch.begin(settings, console, end);
    try (console) {
      conduct(invocation, console, end);
      watch.stop();
      console.linger(end::rest);
    } finally {
      watch.stop();
    }
  }

  private static void conduct(Invocation invocation, Console console, EarlyEnd end) {
    try {
      invocation.command().run(invocation.settings(), console);
    } catch (RuntimeException | Error failure) {
      console.fail(end.why().orElseGet(() -> Failure.of(failure)));
      throw failure;
    }
  }
}
