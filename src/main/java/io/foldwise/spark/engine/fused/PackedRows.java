package io.foldwise.spark.engine.fused;

import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.learn.model.Shift;
import io.foldwise.search.training.MinibatchBorders;
import io.foldwise.spark.engine.rows.FoldSums;
import io.foldwise.spark.engine.rows.FrameRows;
import io.foldwise.spark.engine.rows.PieceShuffle;
import io.foldwise.spark.engine.rows.ShufflePiece;
import io.foldwise.spark.job.Kept;
import io.foldwise.spark.job.Transport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * The training rows as the kernel wants them, kept in the executors: in memory, on their disks
 * where that is full.
 *
 * @param kept the parts, in the shuffled order within each
 * @param packing how they were packed
 * @param sums the sums of each fold
 * @param labelsFit whether the loss can take every label
 */
record PackedRows(Kept<PackedPart> kept, Packing packing, FoldSums sums, boolean labelsFit)
    implements CachedRows {

  /** Packs rows where they are, without a shuffle: each minibatch has rows in every part. */
  static PackedRows inPlace(Dataset<Row> rows, Packing packing) {
    return kept(FrameRows.of(rows).mapPartitions(packing::inPlace), packing);
  }

  /** Packs the rows of each segment in one partition. */
  static PackedRows bySegment(Dataset<Row> rows, Packing packing, Segmentation segmentation) {
    JavaRDD<Tuple2<ShufflePiece.Origin, PackedPart>> routed =
        FrameRows.of(rows)
            .mapPartitionsWithIndex(
                (partition, part) -> packing.routed(partition, part, segmentation), false);
    return kept(
        PieceShuffle.of(routed.mapToPair(piece -> piece), segmentation.segments())
            .mapPartitions(packing::joined),
        packing);
  }

  private static PackedRows kept(JavaRDD<PackedPart> parts, Packing packing) {
    Kept<PackedPart> kept = Transport.keep(parts);
    FoldSums all = new FoldSums(packing.basis().terms());
    boolean fit = true;
    for (Tuple2<FoldSums, Boolean> part :
        Transport.collect(kept.values().map(part -> new Tuple2<>(part.sums(), part.labelsFit())))) {
      all.merge(part._1());
      fit &= part._2();
    }
    return new PackedRows(kept, packing, all, fit);
  }

  JavaRDD<PackedPart> parts() {
    return kept.values();
  }

  @Override
  public PolynomialBasis basis() {
    return packing.basis();
  }

  @Override
  public Shift shift() {
    return packing.shift();
  }

  @Override
  public MinibatchBorders borders() {
    return packing.borders();
  }

  @Override
  public boolean isSparse() {
    return packing.reader().layout().sparse();
  }

  @Override
  public JavaRDD<FoldLabels> labels() {
    return parts().map(FoldLabels::of);
  }

  @Override
  public void close() {
    kept.close();
  }
}
