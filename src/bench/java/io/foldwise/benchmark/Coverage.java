package io.foldwise.benchmark;

import io.foldwise.search.ScoreInterval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * How often intervals of 90 % hold the error that they are of, over data that are drawn again and
 * again and of which the truth is known.
 */
final class Coverage implements Measurement {
  static final List<CoverageSetting> SETTINGS =
      List.of(
          setting(50, 5, CoverageSetting.Noise.GAUSSIAN, 0, "optimizer=exact"),
          setting(100, 20, CoverageSetting.Noise.GAUSSIAN, 0, "optimizer=exact"),
          setting(200, 60, CoverageSetting.Noise.GAUSSIAN, 0, "optimizer=exact"),
          setting(400, 20, CoverageSetting.Noise.LOUD, 0, "optimizer=exact"),
          setting(2000, 20, CoverageSetting.Noise.UNEVEN, 0, "optimizer=exact"),
          setting(100, 10, CoverageSetting.Noise.LAPLACE, 0, "optimizer=exact"),
          setting(200, 20, CoverageSetting.Noise.STUDENT_5, 0, "optimizer=exact"),
          setting(400, 20, CoverageSetting.Noise.STUDENT_4, 0, "optimizer=exact"),
          setting(
              100, 40, CoverageSetting.Noise.GAUSSIAN, 0, "optimizer=exact; l2=log(1e-3,10,12)"),
          setting(
              200, 60, CoverageSetting.Noise.GAUSSIAN, 0.7, "optimizer=exact; l2=log(1e-3,10,12)"),
          setting(100, 20, CoverageSetting.Noise.LAPLACE, 0.5, "optimizer=exact; l1=log(1e-2,1,8)"),
          setting(200, 10, CoverageSetting.Noise.GAUSSIAN, 0, "optimizer=nesterov; epochs=300"));

  private static final int DRAWS = 400;
  private static final int QUICK_DRAWS = 40;

  /** The bounds of the share: 0.88 to 0.97. */
  private static final double MIDDLE = 0.925;

  private static final double LEAST = 0.88;

  private final Stage stage;

  Coverage(Stage stage) {
    this.stage = stage;
  }

  private static CoverageSetting setting(
      int rows, int features, CoverageSetting.Noise noise, double correlation, String grid) {
    return new CoverageSetting(rows, features, noise, correlation, grid);
  }

  @Override
  public void run() throws IOException {
    int draws = stage.options().rounds() > 1 ? DRAWS : QUICK_DRAWS;
    StringBuilder text = new StringBuilder(header());
    double farthest = 0;
    for (CoverageSetting setting : SETTINGS) {
      Shares shares = Shares.over(setting, draws);
      String row = "| %s | %s |".formatted(setting.label(), shares);
      stage.progress(row);
      text.append(row).append('\n');
      farthest = Math.max(farthest, Math.abs(shares.nested - MIDDLE));
    }
    Path file = stage.options().work().resolve("coverage.md");
    Files.writeString(file, text);
    stage
        .table()
        .remark("Coverage of intervals of 90 %% over %d draws each: %s.".formatted(draws, file));
    stage
        .table()
        .limit("share held by nested intervals, the farthest from 0.925", farthest, MIDDLE - LEAST);
  }

  private static String header() {
    return """
        | n | p | noise | grid | mean ± 1.645 standard errors | corrected | nested | width of nested over the first |
        |---:|---:|---|---|---:|---:|---:|---:|
        """;
  }

  /**
   * The shares of intervals that hold the truth, of each kind.
   *
   * @param wider the mean width of the nested ones over that of the usual ones
   */
  record Shares(double usual, double corrected, double nested, double wider) {
    static Shares over(CoverageSetting setting, int draws) {
      List<CoverageSetting.Drawn> all =
          LongStream.range(0, draws).parallel().mapToObj(setting::draw).toList();
      return new Shares(
          held(all, CoverageSetting.Drawn::usual),
          held(all, CoverageSetting.Drawn::corrected),
          held(all, CoverageSetting.Drawn::nested),
          width(all, CoverageSetting.Drawn::nested) / width(all, CoverageSetting.Drawn::usual));
    }

    @Override
    public String toString() {
      return "%.3f | %.3f | %.3f | %.2f".formatted(usual, corrected, nested, wider);
    }
  }

  private static double held(
      List<CoverageSetting.Drawn> all, Function<CoverageSetting.Drawn, ScoreInterval.Range> of) {
    return all.stream()
        .mapToDouble(drawn -> of.apply(drawn).holds(drawn.truth()) ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static double width(
      List<CoverageSetting.Drawn> all, Function<CoverageSetting.Drawn, ScoreInterval.Range> of) {
    return all.stream()
        .mapToDouble(drawn -> of.apply(drawn).high() - of.apply(drawn).low())
        .average()
        .orElseThrow();
  }
}
