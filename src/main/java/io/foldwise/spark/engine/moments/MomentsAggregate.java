package io.foldwise.spark.engine.moments;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.search.training.BlockSums;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.search.training.MomentsTable;
import io.foldwise.spark.engine.plan.Movement;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.FrameRows;
import io.foldwise.spark.engine.rows.PieceShuffle;
import io.foldwise.spark.engine.rows.RowReader;
import io.foldwise.spark.engine.rows.ShufflePiece;
import io.foldwise.spark.job.Transport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * The one distributed aggregate: the moments of every block, read off Spark's internal rows.
 *
 * <p>Each partition adds up what it holds. Then either the partitions' sums meet, block range by
 * block range; or, where sums of many small blocks would outweigh the rows, the rows meet instead
 * and are added up where their block lives. Pieces are merged in the order of partitions, not of
 * arrival: the same partitioning gives the same bits.
 */
public final class MomentsAggregate implements Serializable {
  /**
   * The approximate bytes of a piece; a shuffle looks only at every 32nd whether it should spill.
   */
  private static final int PIECE_BYTES = 1 << 20;

  private final RowReader reader;
  private final PolynomialBasis basis;
  private final Shift shift;
  private final MinibatchBorders borders;

  public MomentsAggregate(
      PolynomialBasis basis, Shift shift, MinibatchBorders borders, RowReader reader) {
    this.reader = reader;
    this.basis = basis;
    this.shift = shift;
    this.borders = borders;
  }

  /**
   * Runs the aggregate.
   *
   * @param rows the rows of {@link EngineRows#training}
   * @param movement sums or rows
   * @param reducers the number of tasks that the blocks are brought together in, ≥ 1
   */
  public MomentsTable run(Dataset<Row> rows, Movement movement, int reducers) {
    JavaRDD<InternalRow> internal = FrameRows.of(rows);
    if (internal.getNumPartitions() <= 1) {
      return table(FrameRows.pass(rows, this::summed));
    }
    JavaRDD<ShufflePiece> pieces =
        internal.mapPartitionsWithIndex(
            (partition, part) ->
                movement == Movement.SUMS
                    ? sumPieces(partition, part, reducers)
                    : new ShufflePieces(this, partition, part, reducers),
            false);
    int features = basis.terms();
    return table(
        Transport.collect(
            PieceShuffle.of(
                    pieces.mapToPair(piece -> new Tuple2<>(piece.origin(), piece)), reducers)
                .mapPartitions(group -> List.of(merged(features, group)).iterator())));
  }

  private MomentsTable table(List<BlockSums> parts) {
    return new MomentsTable(borders, basis.terms(), parts);
  }

  RowPacker packer() {
    return new RowPacker(basis, shift, borders, reader);
  }

  int rowLength() {
    return basis.terms() + 2;
  }

  private BlockSums summed(Iterator<InternalRow> rows) {
    BlockSums sums = new BlockSums(basis.terms());
    RowPacker packer = packer();
    while (rows.hasNext()) {
      packer.add(rows.next());
      if (packer.isFull()) {
        packer.flush(sums::addRows);
      }
    }
    packer.flush(sums::addRows);
    return sums;
  }

  private Iterator<ShufflePiece> sumPieces(
      int partition, Iterator<InternalRow> rows, int reducers) {
    BlockSums sums = summed(rows);
    int rounds = (int) (sums.bytes() / reducers / PIECE_BYTES) + 1;
    BlockSums[] parts = sums.split(reducers * rounds);
    List<ShufflePiece> pieces = new ArrayList<>();
    for (int part = 0; part < parts.length; part++) {
      if (!parts[part].blocks().isEmpty()) {
        ShufflePiece.Origin origin =
            new ShufflePiece.Origin(part % reducers, partition, part / reducers);
        pieces.add(new ShufflePiece.Sums(origin, parts[part]));
      }
    }
    return pieces.iterator();
  }

  private static BlockSums merged(int features, Iterator<ShufflePiece> group) {
    BlockSums sums = new BlockSums(features);
    group.forEachRemaining(piece -> piece.addTo(sums));
    return sums;
  }

  /** Rows on their way to their block, a chunk at a time. */
  private static final class ShufflePieces implements Iterator<ShufflePiece> {
    private final Iterator<InternalRow> rows;
    private final RowPacker packer;
    private final ShufflePiece.RowsBuilder[] builders;
    private final List<ShufflePiece> ready = new ArrayList<>();

    ShufflePieces(
        MomentsAggregate aggregate, int partition, Iterator<InternalRow> rows, int reducers) {
      this.rows = rows;
      this.packer = aggregate.packer();
      this.builders = new ShufflePiece.RowsBuilder[reducers];
      Arrays.setAll(
          builders, r -> new ShufflePiece.RowsBuilder(r, partition, aggregate.rowLength()));
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && rows.hasNext()) {
        while (rows.hasNext() && !packer.isFull()) {
          packer.add(rows.next());
        }
        packer.flush(this::add);
        for (ShufflePiece.RowsBuilder builder : builders) {
          builder.build().ifPresent(ready::add);
        }
      }
      return !ready.isEmpty();
    }

    private void add(long block, double[] packed, int from, int count) {
      ShufflePiece.RowsBuilder builder = builders[(int) (block % builders.length)];
      builder.add(block, packed, from, count);
      if (builder.bytes() > PIECE_BYTES) {
        builder.build().ifPresent(ready::add);
      }
    }

    @Override
    public ShufflePiece next() {
      return ready.remove(ready.size() - 1);
    }
  }
}
