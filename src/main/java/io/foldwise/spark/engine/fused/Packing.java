package io.foldwise.spark.engine.fused;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.rows.RowReader;
import io.foldwise.spark.engine.rows.ShufflePiece;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.Tuple2;

/**
 * How rows become {@link PackedPart}s: expanded in the fitted basis about the shift, and sorted
 * into the shuffled order, a chunk at a time.
 *
 * @param reader the reader of the rows
 * @param basis the fitted basis
 * @param shift the shift of its terms and the label; no terms are shifted where rows are sparse
 * @param borders the borders of the shuffled order
 * @param loss the loss that labels must suit
 */
record Packing(
    RowReader reader, PolynomialBasis basis, Shift shift, MinibatchBorders borders, Loss loss)
    implements Serializable {
  /** The approximate bytes of a part, which is spilled and read back at once. */
  static final long PART_BYTES = 128L << 20;

  PartBuilder builder() {
    return new PartBuilder(this);
  }

  /** Packs the rows of a partition where they are. */
  Iterator<PackedPart> inPlace(Iterator<InternalRow> rows) {
    return new Chunks<>(rows) {
      @Override
      List<PackedPart> of(PartBuilder chunk) {
        return List.of(chunk.build());
      }
    };
  }

  /** Packs the rows of a partition on their way to where others of their minibatch go. */
  Iterator<Tuple2<ShufflePiece.Origin, PackedPart>> routed(
      int partition, Iterator<InternalRow> rows, Segmentation segmentation) {
    return new Chunks<>(rows) {
      private int sequence;

      @Override
      List<Tuple2<ShufflePiece.Origin, PackedPart>> of(PartBuilder chunk) {
        List<Tuple2<ShufflePiece.Origin, PackedPart>> pieces = new ArrayList<>();
        chunk.split(
            segmentation,
            (segment, part) ->
                pieces.add(
                    new Tuple2<>(new ShufflePiece.Origin(segment, partition, sequence), part)));
        sequence++;
        return pieces;
      }
    };
  }

  /**
   * Joins the parts of one segment into one, or into several where they have many rows; at least
   * one.
   */
  Iterator<PackedPart> joined(Iterator<PackedPart> parts) {
    List<PackedPart> joined = new ArrayList<>();
    PartBuilder all = builder();
    while (parts.hasNext()) {
      all.append(parts.next());
      if (all.isFull()) {
        joined.add(all.build());
        all = builder();
      }
    }
    joined.add(all.build());
    return joined.iterator();
  }

  /** What a partition's rows become, chunk after chunk; a partition without rows gives nothing. */
  private abstract class Chunks<T> implements Iterator<T> {
    private final Iterator<InternalRow> rows;
    private Iterator<T> ready = List.<T>of().iterator();

    Chunks(Iterator<InternalRow> rows) {
      this.rows = rows;
    }

    abstract List<T> of(PartBuilder chunk);

    @Override
    public boolean hasNext() {
      while (!ready.hasNext() && rows.hasNext()) {
        PartBuilder chunk = builder();
        while (rows.hasNext() && !chunk.isFull()) {
          chunk.add(rows.next());
        }
        ready = of(chunk).iterator();
      }
      return ready.hasNext();
    }

    @Override
    public T next() {
      return ready.next();
    }
  }
}
