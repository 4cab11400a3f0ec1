package io.foldwise.benchmark;

import io.foldwise.benchmark.BenchmarkData.Label;
import io.foldwise.benchmark.BenchmarkData.Shape;
import io.foldwise.learn.loss.Logistic;
import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.loss.Squared;
import java.util.List;
import java.util.stream.Stream;

/**
 * A search to be timed: of the full batch but for one. In minibatches of wide rows the descent, the
 * CPU's either way, takes most of the time.
 *
 * @param movement that SQL is asked for
 */
record GpuCase(Shape shape, Loss loss, String grid, String movement) {
  static final int WIDE = 100;
  private static final String FULL = "full";
  private static final String SQUARED =
      "optimizer=nesterov,adam; l2=log(0.0001,1,6); epochs=50; batch-size=";
  private static final String LOGISTIC =
      "optimizer=nesterov; l2=log(0.0001,1,6); epochs=5; batch-size=" + FULL;

  /** All of them, the smallest first. */
  static List<GpuCase> all(GpuCheckOptions.Size size) {
    long unit = size.unit();
    return Stream.of(
            squared(unit, BenchmarkData.FEATURES, "auto"),
            new GpuCase(
                new Shape(Label.LOGISTIC, unit, BenchmarkData.FEATURES),
                new Logistic(),
                LOGISTIC,
                "reduce"),
            squared(unit, WIDE, FULL),
            squared(10 * unit, BenchmarkData.FEATURES, FULL),
            squared(10 * unit, WIDE, FULL),
            squared(100 * unit, BenchmarkData.FEATURES, FULL))
        .filter(each -> each.shape.rows() <= size.most() * unit)
        .toList();
  }

  private static GpuCase squared(long rows, int features, String batchSize) {
    return new GpuCase(
        new Shape(Label.LINEAR, rows, features), new Squared(), SQUARED + batchSize, "auto");
  }

  /** About the bytes of its rows. */
  long bytes() {
    return 8 * shape.rows() * (shape.features() + 1L);
  }

  /** Whether the bound on the GPU's ratio is about it. */
  boolean isJudged() {
    return shape.features() == WIDE;
  }

  String label() {
    return "%s, %,d × %d, %s"
        .formatted(
            loss.label(),
            shape.rows(),
            shape.features(),
            grid.endsWith(FULL) ? "full batch" : "minibatches");
  }
}
