package io.foldwise.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.foldwise.input.InvalidInputException;
import io.foldwise.spark.engine.plan.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link GpuCheck} is made of, without Spark or a GPU. */
final class GpuCheckPartsTest {
  @TempDir private Path folder;

  @Test
  void cardsAndTheirMemoryAreReadFromNvidiaSmi() throws IOException {
    NvidiaSmi one = smi("NVIDIA H100 80GB HBM3, 570.133.20", "2113");
    assertEquals("NVIDIA H100 80GB HBM3, driver 570.133.20", one.cards());
    assertEquals(OptionalLong.of(2113), one.usedMebibytes());
    NvidiaSmi two = smi("NVIDIA L4, 550.1\\nNVIDIA L4, 550.1", "7\\n 450 ");
    assertEquals("NVIDIA L4, driver 550.1; NVIDIA L4, driver 550.1", two.cards());
    assertEquals(OptionalLong.of(450), two.usedMebibytes());
  }

  @Test
  void aDriverThatSaysNothingIsNoCard() throws IOException {
    assertEquals(OptionalLong.empty(), smi("[N/A]", "[N/A]").usedMebibytes());
    NvidiaSmi missing = new NvidiaSmi(folder.resolve("none").toString());
    assertEquals("no card that nvidia-smi names", missing.cards());
    assertEquals(OptionalLong.empty(), missing.usedMebibytes());
    assertEquals(OptionalLong.empty(), GpuMemory.heldMebibytes());
  }

  @Test
  void aMedianIsOfTheRoundsAlone() {
    AtomicInteger runs = new AtomicInteger();
    // Of all four runs the third longest would be the first, which warms up.
    long[] millis = {30, 0, 60, 90};
    Contestant<Integer> contestant =
        new Contestant<>(
            "counts",
            () -> {
              Thread.sleep(millis[runs.get()]);
              return runs.incrementAndGet();
            });
    Contestant.race(1, List.of(contestant));
    Contestant.race(3, List.of(contestant));
    assertEquals(4, runs.get());
    assertEquals(3, contestant.median().value());
  }

  @Test
  void theTableGrowsInItsFileAndRemembersFailures() throws IOException {
    Path file = folder.resolve("new/table.md");
    GpuReport report = GpuReport.in(file);
    report.table("case", "met?");
    report.row("a", report.verdict(true));
    assertTrue(report.isFine());
    report.row("b", report.verdict(false));
    assertFalse(report.isFine());
    assertEquals(
        "\n| case | met? |\n|---|---|\n| a | yes |\n| b | **no** |\n", Files.readString(file));
    assertEquals(Files.readString(file), report.text());
  }

  /** Spark throws checked exceptions that it does not declare. */
  @Test
  void aPartThatFailsIsALineAndEndsNothing() {
    GpuReport report = GpuReport.in(folder.resolve("table.md"));
    report.attempt("fine", () -> report.line("a"));
    assertTrue(report.isFine());
    report.attempt("losses", () -> throwUnannounced(new Exception("no kernel")));
    report.attempt("linked", () -> throwUnannounced(new UnsatisfiedLinkError("cuda")));
    assertFalse(report.isFine());
    assertEquals(
        """
        a

        losses: **failed**, Exception: no kernel

        linked: **failed**, UnsatisfiedLinkError: cuda
        """,
        report.text());
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwUnannounced(Throwable failed) throws T {
    throw (T) failed;
  }

  @Test
  void aFailureIsOneLineThatACellCanHold() {
    assertEquals(
        "IllegalStateException: a / b",
        GpuReport.failure(new IllegalStateException("a | b\nsecond line")));
  }

  @Test
  void whatFailsIsTheChecksFailureNotItsEnd() {
    GpuReport report = GpuReport.in(folder.resolve("table.md"));
    List<String> told = new ArrayList<>();
    report.attempt(() -> {}, told::add);
    assertTrue(report.isFine());
    report.attempt(
        () -> {
          throw new NoClassDefFoundError("x");
        },
        told::add);
    assertEquals(List.of("NoClassDefFoundError: x"), told);
    assertFalse(report.isFine());
    GpuRun none = GpuRun.none(told.get(0));
    assertEquals("", GpuReport.ratio(none.over(none)));
    assertEquals(OptionalDouble.empty(), none.differenceFrom(none));
  }

  @Test
  void quickLeavesOutTheLargeCases() {
    assertEquals(6, GpuCase.all(options().size()).size());
    assertEquals(3, GpuCase.all(options("--quick").size()).size());
    GpuCheckOptions quick = options("--quick", "--on-cpu", "timings", "--rows", "2000");
    assertEquals(List.of(GpuCheckOptions.Part.TIMINGS), quick.parts());
    assertEquals(Device.Use.CPU, quick.processor().device().use());
    assertEquals(3, quick.size().rounds());
    assertFalse(quick.size().isJudged());
    assertEquals("SqlMomentsTest", quick.tests().pattern());
    assertEquals(Path.of("other.md"), options("--out", "other.md").out());
    assertEquals("A", options("--tests", "A", "--quick").tests().pattern());
    assertEquals(3, GpuCase.all(options("--rows", "2000").size()).size());
    assertEquals(
        List.of(2000L, 2000L, 2000L),
        GpuCase.all(quick.size()).stream().map(each -> each.shape().rows()).toList());
  }

  @Test
  void theBoundIsJudgedOnAGpuAndOverRowsEnough() {
    assertJudged(true, "6.50 times as fast as on the CPU; at least 5 times? yes", 6.5);
    assertJudged(false, "4.90 times as fast as on the CPU; at least 5 times? **no**", 4.9);
    assertJudged(false, "not measured; at least 5 times? **no**", Double.NaN);
    assertJudged(true, "4.90 times as fast as on the CPU; judged from", 4.9, "--rows", "2000");
    assertJudged(true, "4.90 times as fast as on the CPU; **no GPU took part", 4.9, "--on-cpu");
  }

  private void assertJudged(boolean fine, String start, double ratio, String... words) {
    GpuReport report = GpuReport.in(folder.resolve("table.md"));
    String judgement = GpuTimings.judgement(ratio, options(words), report);
    assertTrue(judgement.startsWith(start), judgement);
    assertEquals(fine, report.isFine());
  }

  @Test
  void aTableThatCannotBeWrittenIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    InvalidInputException refused =
        assertThrows(InvalidInputException.class, () -> GpuReport.in(file.resolve("table.md")));
    assertTrue(refused.getMessage().startsWith("'out' (" + file), refused.getMessage());
  }

  @Test
  void unreadableOptionsAreRefused() {
    assertRefused("Invalid value for option '--rows': 'many' is not a long", "--rows", "many");
    assertRefused("'rows' (7) must be between 100", "--rows", "7");
    assertRefused("'rows' (1000000001) must be between 100", "--rows", "1000000001");
    assertRefused("Missing required parameter for option '--out' (FILE.md)", "--out");
    assertRefused("Invalid value for option '--tests': cannot convert '['", "--tests", "[");
    assertRefused("'--fast' is unknown; usage: submit/gpu-check [contracts", "--fast");
  }

  @Test
  void aPartIsNamedAndRunsOnceInItsTurn() {
    assertEquals(
        List.of(GpuCheckOptions.Part.LOSSES, GpuCheckOptions.Part.TIMINGS),
        options("timings", "losses", "timings").parts());
    assertEquals(List.of(GpuCheckOptions.Part.values()), options("--quick").parts());
    assertRefused("'all' is unknown; usage: submit/gpu-check [contracts", "all");
  }

  private static void assertRefused(String start, String... words) {
    String message = assertThrows(InvalidInputException.class, () -> options(words)).getMessage();
    assertTrue(message.startsWith(start), message);
    assertEquals(1, message.lines().count(), message);
  }

  private static GpuCheckOptions options(String... words) {
    Stream<String> first = Stream.of("work", "--out", "table.md");
    return GpuCheckOptions.parse(Stream.concat(first, Stream.of(words)).toArray(String[]::new));
  }

  private NvidiaSmi smi(String cards, String memory) throws IOException {
    Path program = folder.resolve("nvidia-smi");
    String body =
        "#!/bin/sh\ncase $1 in *name*) printf '%s\\n' ;; *) printf '%s\\n' ;; esac\n"
            .formatted(cards, memory);
    Files.writeString(program, body).toFile().setExecutable(true);
    return new NvidiaSmi(program.toString());
  }
}
