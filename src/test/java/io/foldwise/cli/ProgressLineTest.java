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
  private final Progress progress = new Progress();

  @Test
  void tellsPhaseJobTasksAndTimeAndLeavesNothingBehind() throws Exception {
    progress.showTo(line::draw);
    progress.begin("training on 80 rows");
    Thread job = new Thread(this::jobOfFourTasks);
    job.start();
    awaitText("training on 80 rows: moments, 2 of 4 tasks, ");
    HALF.countDown();
    job.join();
    awaitText("training on 80 rows, ");
    progress.end();
    line.erase();
    String all = said.toString();
    assertTrue(all.endsWith("\r\u001b[K"), "nothing stands there at the end");
    assertFalse(all.contains("\n"), "one line is written over and over");
    line.erase();
    Thread.sleep(500);
    assertEquals(all, said.toString(), "an ended line is not touched again");
  }

  @Test
  void isNeverLongerThanTheTerminalIsWide() {
    progress.showTo(line::draw);
    progress.begin("x".repeat(200));
    progress.end();
    for (String drawn : said.toString().split("\r\u001b\\[K", -1)) {
      assertTrue(drawn.length() < 60, drawn);
    }
  }

  /** Of thirty repeats two are done, the second in a little more than a tenth of a second. */
  @Test
  void afterTheFirstRepeatsItTellsHowLongTheRestWillTake() throws Exception {
    progress.repeats(30);
    progress.repeated();
    long first = System.nanoTime();
    Thread.sleep(100);
    progress.repeated();
    long second = System.nanoTime();
    Progress.At at = progress.at(second);
    assertEquals(2.0 / 30, at.share());
    assertEquals(3, at.repeat());
    assertEquals(28 * (second - first) / 1e9, at.left(), 0.3);
    assertTrue(ProgressLine.text(at).matches(".*, about \\d s left"), ProgressLine.text(at));
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
      if (text().startsWith(begin)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new TimeoutException(text());
  }

  private String text() {
    return ProgressLine.text(progress.at(System.nanoTime()));
  }
}
