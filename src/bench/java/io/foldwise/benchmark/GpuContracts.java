package io.foldwise.benchmark;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The contract suite of the SQL engine, as Maven runs it, in this JVM and its session: on the GPU
 * where the session has the plugin.
 */
record GpuContracts(GpuCheckOptions options, GpuReport report) implements Measurement {
  private static final String PACKAGE = "io.foldwise.spark.engine";

  /** Says what has run, since it takes minutes. */
  private static final class Progress implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest()) {
        System.err.printf("%-10s %s%n", result.getStatus(), name(test));
      }
    }
  }

  @Override
  public void run() {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(PACKAGE))
            .filters(includeClassNamePatterns(".*\\.(" + options.tests() + ")"))
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener, new Progress());
    summarize(listener.getSummary());
  }

  private void summarize(TestExecutionSummary summary) {
    List<TestExecutionSummary.Failure> failures = summary.getFailures();
    long ran = summary.getTestsSucceededCount();
    double seconds = (summary.getTimeFinished() - summary.getTimeStarted()) / 1e3;
    report.line("");
    report.line(
        "Contract suite (%s): %d tests passed, %d failed, %d skipped, in %.0f s: all as they must? %s"
            .formatted(
                options.tests(),
                ran,
                failures.size(),
                summary.getTestsSkippedCount() + summary.getTestsAbortedCount(),
                seconds,
                report.verdict(failures.isEmpty() && ran > 0)));
    for (TestExecutionSummary.Failure failure : failures) {
      report.line(
          "- %s: %s"
              .formatted(
                  name(failure.getTestIdentifier()), GpuReport.failure(failure.getException())));
    }
  }

  /** Its classes and its method, without packages. */
  private static String name(TestIdentifier test) {
    return test.getUniqueIdObject().getSegments().stream()
        .skip(1)
        .map(segment -> segment.getValue().replaceFirst("^[a-z.]*\\.(?=[A-Z])", ""))
        .collect(Collectors.joining("."));
  }
}
