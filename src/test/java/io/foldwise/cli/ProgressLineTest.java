package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import io.foldwise.spark.job.Jobs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** What a terminal says while a run goes on. */
final class ProgressLineTest {
  private static final CountDownLatch HALF = new CountDownLatch(1);

  private final JavaSparkContext context = new JavaSparkContext(TestSpark.session().sparkContext());
  private final StringWriter said = new StringWriter();
  private final ProgressLine line = new ProgressLine(new PrintWriter(said), 60);

  @Test
  void tellsPhaseJobTasksAndTimeAndLeavesNothingBehind() throws Exception {
    line.begin("training on 80 rows");
    Thread job = new Thread(this::jobOfFourTasks);
    job.start();
    awaitText("training on 80 rows: moments, 2 of 4 tasks, ");
    HALF.countDown();
    job.join();
    awaitText("training on 80 rows, ");
    line.end();
    String all = said.toString();
    assertTrue(all.endsWith("\r\u001b[K"), "nothing stands there at the end");
    assertFalse(all.contains("\n"), "one line is written over and over");
    line.erase();
    assertEquals(all, said.toString(), "an ended line is not touched again");
  }

  @Test
  void isNeverLongerThanTheTerminalIsWide() {
    line.begin("x".repeat(200));
    line.end();
    for (String drawn : said.toString().split("\r\u001b\\[K", -1)) {
      assertTrue(drawn.length() < 60, drawn);
    }
  }

  private void jobOfFourTasks() {
    Jobs.described(
        context.sc(),
        "moments",
        () ->
            context
                .parallelize(List.of(0, 1, 2, 3), 4)
                .map(
                    task -> {
                      if (task >= 2) {
                        HALF.await(20, TimeUnit.SECONDS);
                      }
                      return task;
                    })
                .collect());
  }

  private void awaitText(String begin) throws Exception {
    for (int look = 0; look < 400; look++) {
      if (line.text(System.nanoTime()).startsWith(begin)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new TimeoutException(line.text(System.nanoTime()));
  }
}
