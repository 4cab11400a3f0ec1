package io.foldwise.benchmark;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The kernels of {@code io.foldwise.math} against their peers, by JMH, as Markdown: what {@code
 * submit/benchmark --kernels} runs. The median of single calls counts, which other processes hardly
 * disturb; compilers run in the foreground, so that the warm-up is one.
 */
public final class KernelBenchmark {
  private static final TimeValue ITERATION = TimeValue.milliseconds(100);

  /** Nanoseconds a call by "benchmark" or "benchmark p m". */
  private final Map<String, Double> times = new TreeMap<>();

  private KernelBenchmark(Collection<RunResult> results) {
    for (RunResult result : results) {
      BenchmarkParams run = result.getParams();
      String name = run.getBenchmark().substring(run.getBenchmark().lastIndexOf('.') + 1);
      String shape =
          run.getParamsKeys().isEmpty() ? "" : shape(run.getParam("p"), run.getParam("m"));
      times.put(name + shape, result.getPrimaryResult().getStatistics().getPercentile(50));
    }
  }

  /** Runs it. */
  public static void main(String[] words) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(ProductBenchmark.class.getName())
        .include(ExponentialBenchmark.class.getName())
        .mode(Mode.SampleTime)
        .timeUnit(TimeUnit.NANOSECONDS)
        .forks(1)
        .jvmArgsAppend("-Xbatch")
        .warmupIterations(4)
        .warmupTime(ITERATION)
        .measurementIterations(5)
        .measurementTime(ITERATION)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
    System.out.print(new KernelBenchmark(new Runner(options.build()).run()).markdown());
  }

  private String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("GFLOP/s of one thread, %d rows:\n\n".formatted(ProductBenchmark.ROWS));
    text.append("| p | m | X·B | netlib | ratio | Xᵀ·R | netlib | ratio |\n");
    text.append("|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (String p : new String[] {"21", "101", "1001"}) {
      for (String m : new String[] {"1", "5", "30", "60"}) {
        text.append("| %s | %s |".formatted(p, m));
        appendRates(text, "scores", p, m);
        appendRates(text, "gradients", p, m);
        text.append('\n');
      }
    }
    text.append(
        "\nNanoseconds a number:\n\n| | ours | java.lang.Math | ratio |\n|---|---:|---:|---:|\n");
    for (String function : new String[] {"exp", "sigmoid", "softplus"}) {
      double ours = times.get(function) / ExponentialBenchmark.NUMBERS;
      double peer = times.get(function + "ByMath") / ExponentialBenchmark.NUMBERS;
      text.append(
          String.format(
              Locale.ROOT, "| %s | %.2f | %.2f | %.1f |%n", function, ours, peer, peer / ours));
    }
    return text.toString();
  }

  private void appendRates(StringBuilder text, String product, String p, String m) {
    double operations = 2.0 * ProductBenchmark.ROWS * Integer.parseInt(p) * Integer.parseInt(m);
    double ours = operations / times.get(product + shape(p, m));
    double netlib = operations / times.get(product + "ByNetlib" + shape(p, m));
    text.append(String.format(Locale.ROOT, " %.1f | %.1f | %.1f |", ours, netlib, ours / netlib));
  }

  private static String shape(String p, String m) {
    return " " + p + " " + m;
  }
}
