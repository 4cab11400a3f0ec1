package io.foldwise.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.TestSpark;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A run that is ended from outside. */
final class EarlyEndTest {
  private final JavaSparkContext context = new JavaSparkContext(TestSpark.session().sparkContext());

  @AfterEach
  void hearSparkAgain() {
    Configurator.reconfigure();
  }

  /** As where the run computes something of its own when it is interrupted. */
  @Test
  void aJobThatBeginsAfterTheInterruptIsCancelledToo() throws Exception {
    CompletableFuture<EarlyEnd> end = new CompletableFuture<>();
    CompletableFuture<String> said = new CompletableFuture<>();
    Thread run =
        new Thread(
            () -> {
              end.complete(new EarlyEnd());
              while (!Thread.interrupted()) {
                Thread.onSpinWait();
              }
              said.complete(messageOfAJobWithoutEnd());
            });
    run.start();
    end.get().now(new Failure(130, "interrupted", null));
    String message = said.get(20, TimeUnit.SECONDS);
    assertTrue(message.contains("cancelled"), message);
  }

  private String messageOfAJobWithoutEnd() {
    try {
      context
          .parallelize(List.of(1), 1)
          .foreach(
              element -> {
                while (!TaskContext.get().isInterrupted()) {
                  Thread.sleep(10);
                }
              });
      return "the job ended by itself";
    } catch (Exception cancelled) {
      return cancelled.getMessage();
    }
  }
}
