package io.foldwise.spark.engine.moments;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.spark.engine.plan.Movement;
import io.foldwise.spark.engine.rows.BlockCuts;
import io.foldwise.spark.engine.rows.BlockSums;
import io.foldwise.spark.engine.rows.EngineRows;
import io.foldwise.spark.engine.rows.Meeting;
import io.foldwise.spark.engine.rows.MomentsTable;
import io.foldwise.spark.engine.rows.Piece;
import io.foldwise.spark.engine.rows.RowReader;
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
  /** About that of a piece; a shuffle looks only at every 32nd whether it should spill. */
  private static final int PIECE_BYTES = 1 << 20;

  private final RowReader reader;
  private final PolynomialBasis basis;
  private final Shift shift;
  private final BlockCuts cuts;

  public MomentsAggregate(PolynomialBasis basis, Shift shift, BlockCuts cuts, RowReader reader) {
    this.reader = reader;
    this.basis = basis;
    this.shift = shift;
    this.cuts = cuts;
  }

  /**
   * Runs the aggregate.
   *
   * @param rows as {@link EngineRows#training}
   * @param movement sums or rows
   * @param reducers how many tasks the blocks are brought together in, ≥ 1
   */
  public MomentsTable run(Dataset<Row> rows, Movement movement, int reducers) {
    JavaRDD<InternalRow> internal = rows.queryExecution().toRdd().toJavaRDD();
    if (internal.getNumPartitions() <= 1) {
      return table(
          Transport.collect(internal.mapPartitions(part -> List.of(summed(part)).iterator())));
    }
    JavaRDD<Piece> pieces =
        internal.mapPartitionsWithIndex(
            (partition, part) ->
                movement == Movement.SUMS
                    ? sumPieces(partition, part, reducers)
                    : new RowPieces(this, partition, part, reducers),
            false);
    int features = basis.terms();
    return table(
        Transport.collect(
            Meeting.of(pieces.mapToPair(piece -> new Tuple2<>(piece.origin(), piece)), reducers)
                .mapPartitions(group -> List.of(merged(features, group)).iterator())));
  }

  private MomentsTable table(List<BlockSums> parts) {
    return new MomentsTable(cuts, basis.terms(), parts);
  }

  RowPacker packer() {
    return new RowPacker(basis, shift, cuts, reader);
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

  private Iterator<Piece> sumPieces(int partition, Iterator<InternalRow> rows, int reducers) {
    BlockSums sums = summed(rows);
    int rounds = (int) (sums.bytes() / reducers / PIECE_BYTES) + 1;
    BlockSums[] parts = sums.split(reducers * rounds);
    List<Piece> pieces = new ArrayList<>();
    for (int part = 0; part < parts.length; part++) {
      if (!parts[part].blocks().isEmpty()) {
        Piece.Origin origin = new Piece.Origin(part % reducers, partition, part / reducers);
        pieces.add(new Piece.Sums(origin, parts[part]));
      }
    }
    return pieces.iterator();
  }

  private static BlockSums merged(int features, Iterator<Piece> group) {
    BlockSums sums = new BlockSums(features);
    group.forEachRemaining(piece -> piece.addTo(sums));
    return sums;
  }

  /** Rows on their way to their block, a chunk at a time. */
  private static final class RowPieces implements Iterator<Piece> {
    private final Iterator<InternalRow> rows;
    private final RowPacker packer;
    private final Piece.RowsBuilder[] builders;
    private final List<Piece> ready = new ArrayList<>();

    RowPieces(MomentsAggregate aggregate, int partition, Iterator<InternalRow> rows, int reducers) {
      this.rows = rows;
      this.packer = aggregate.packer();
      this.builders = new Piece.RowsBuilder[reducers];
      Arrays.setAll(builders, r -> new Piece.RowsBuilder(r, partition, aggregate.rowLength()));
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && rows.hasNext()) {
        while (rows.hasNext() && !packer.isFull()) {
          packer.add(rows.next());
        }
        packer.flush(this::add);
        for (Piece.RowsBuilder builder : builders) {
          builder.build().ifPresent(ready::add);
        }
      }
      return !ready.isEmpty();
    }

    private void add(long block, double[] packed, int from, int count) {
      Piece.RowsBuilder builder = builders[(int) (block % builders.length)];
      builder.add(block, packed, from, count);
      if (builder.bytes() > PIECE_BYTES) {
        builder.build().ifPresent(ready::add);
      }
    }

    @Override
    public Piece next() {
      return ready.remove(ready.size() - 1);
    }
  }
}
