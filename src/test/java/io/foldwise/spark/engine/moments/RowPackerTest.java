package io.foldwise.spark.engine.moments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.search.Assignment;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.RowReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A chunk of rows, handed over block by block, against a stable sort of the rows by block. */
final class RowPackerTest {
  private static final int FOLDS = 2;

  /** A row in its block, by what it holds. */
  private record Placed(long block, double x) {}

  /** Fewer blocks than rows, as many, more; one block; no row. */
  @ParameterizedTest
  @CsvSource({"300, 7", "300, 150", "300, 299", "300, 1", "1, 1", "0, 3"})
  void rowsGoByBlockInTheOrderInWhichTheyCame(int rows, int minibatches) {
    long positions = Math.max(1, rows);
    Assignment assignment = new Assignment(Math.max(2, rows), FOLDS, Math.max(2, positions));
    MinibatchBorders borders = new MinibatchBorders(assignment, List.of(minibatches));
    RowPacker packer =
        new RowPacker(
            PolynomialBasis.power(List.of("x"), 1),
            new Shift(new double[2]),
            borders,
            new RowReader(EngineRows.Layout.flat(List.of("x"))));
    Random random = new Random(rows + minibatches);
    List<Placed> expected = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      expected.clear();
      for (int i = 0; i < rows; i++) {
        int fold = random.nextInt(FOLDS);
        long position = random.nextInt(rows);
        packer.add(new GenericInternalRow(new Object[] {(double) i, 2.0 * i, fold, position}));
        expected.add(new Placed(borders.block(position, fold), i));
      }
      expected.sort(Comparator.comparingLong(Placed::block));
      List<Placed> actual = new ArrayList<>();
      List<Long> blocks = new ArrayList<>();
      packer.flush(
          (block, all, from, count) -> {
            blocks.add(block);
            for (int row = 0; row < count; row++) {
              assertEquals(1, all[from + 3 * row]);
              assertEquals(2 * all[from + 3 * row + 1], all[from + 3 * row + 2]);
              actual.add(new Placed(block, all[from + 3 * row + 1]));
            }
          });
      assertEquals(expected, actual);
      assertEquals(expected.stream().map(Placed::block).distinct().toList(), blocks);
    }
  }
}
