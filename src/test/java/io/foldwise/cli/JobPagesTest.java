package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's pages show of a run. */
final class JobPagesTest {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  @TempDir private Path directory;

  private final SparkContext context = TestSpark.session().sparkContext();
  private final List<Properties> jobs = Collections.synchronizedList(new ArrayList<>());
  private final SparkListener listener =
      new SparkListener() {
        @Override
        public void onJobStart(SparkListenerJobStart job) {
          jobs.add(job.properties());
        }
      };

  @BeforeEach
  void listen() {
    context.addSparkListener(listener);
    context.setLocalProperty(GROUP, "a person's own");
    context.setLocalProperty(DESCRIPTION, "before");
  }

  @AfterEach
  void leave() {
    context.removeSparkListener(listener);
    context.setLocalProperty(GROUP, null);
    context.setLocalProperty(DESCRIPTION, null);
  }

  @Test
  void everyJobIsDescribedInWordsAndOfTheRunsOwnGroup() throws Exception {
    String data = directory.resolve("data.csv").toString();
    Outcome.of("generate", "--rows", "20000", "--features", "4", "--out", data).succeeded();
    search(data, "--loss", "huber", "--movement", "rotate", "--metric", "mae", "--epochs", "2");
    assertShown(
        "reading " + data,
        "packing the rows",
        "best constants",
        "learning rates of 5 training sets",
        "epoch 2 of 5 trials, round 2",
        "mae of each trial",
        "score of the test rows");
    search(data, "--degree", "2", "--batch-size", "9000", "--epochs", "9000");
    assertShown("ranges of the features", "moments of 300 blocks", "5 trials from moments");
    search(
        data, "--loss", "huber", "--movement", "reduce", "--epochs", "1", "--batch-size", "4500");
    assertShown("gradients of minibatch 4 of 4", "losses of the trials");
    search(data, "--loss", "huber", "--movement", "replicate", "--epochs", "1");
    assertShown("5 trials, every task with all rows");
  }

  private void search(String data, String... more) {
    jobs.clear();
    List<Object> words =
        new ArrayList<>(List.of("search", "--data", data, "--test-fraction", "0.1"));
    words.addAll(List.of(more));
    assertEquals(0, Outcome.of(words.toArray()).status());
  }

  private void assertShown(String... words) throws Exception {
    context.listenerBus().waitUntilEmpty();
    List<String> shown = new ArrayList<>();
    for (Properties job : jobs) {
      assertNotNull(job.getProperty(DESCRIPTION));
      shown.add(job.getProperty(DESCRIPTION));
    }
    for (String word : words) {
      assertTrue(shown.contains(word), word + " is none of " + shown);
    }
    List<String> groups =
        jobs.stream().map(job -> job.getProperty(GROUP)).distinct().collect(Collectors.toList());
    assertEquals(1, groups.size(), groups.toString());
    assertTrue(groups.get(0).startsWith("foldwise-"), groups.toString());
    assertEquals("a person's own", context.getLocalProperty(GROUP), "the session is as it was");
  }
}
