package io.foldwise.search.training;

import io.foldwise.learn.loss.Loss;
import io.foldwise.learn.model.InitialWeights;
import io.foldwise.learn.model.PolynomialBasis;
import io.foldwise.search.Assignment;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Rows and how they are trained on: whoever holds it can train any candidate again, of any loss.
 *
 * @param x features, row-major n × d
 * @param labels y, n long
 * @param dealt the folds of the rows, and their order
 * @param setting how they are trained on
 * @param labelSpread what {@code auto} takes for the labels' spread; NaN stands for their standard
 *     deviation
 */
public record RowsSnapshot(
    double[] x,
    double[] labels,
    RowsInMemory.Dealt dealt,
    RowsInMemory.Setting setting,
    double labelSpread) {
  private static final int VERSION = 1;

  /** The rows, to be trained on. */
  public RowsInMemory rows() {
    return new RowsInMemory(x, labels, dealt, setting);
  }

  /** The bytes that {@link #writeTo} takes for the rows, nearly all of it. */
  public long bytes() {
    return 8L * (x.length + 3L * labels.length);
  }

  /** Writes the snapshot so that {@link #readFrom} reads it. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    SnapshotBytes.write(out, setting.basis());
    SnapshotBytes.write(out, setting.initialWeights(), setting.basis().terms(), setting.seed());
    out.writeUTF(setting.loss().label());
    out.writeLong(setting.seed());
    out.writeInt(setting.points());
    out.writeUTF(dealt.trainedOn().name());
    SnapshotBytes.write(out, Arrays.stream(dealt.folds()).asDoubleStream().toArray());
    SnapshotBytes.write(out, Arrays.stream(dealt.positions()).asDoubleStream().toArray());
    SnapshotBytes.write(out, labels);
    SnapshotBytes.write(out, x);
    out.writeDouble(labelSpread);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException if it is of another version, or ends early
   */
  public static RowsSnapshot readFrom(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException("rows of version " + version + ", not " + VERSION);
    }
    PolynomialBasis basis = SnapshotBytes.readBasis(in);
    InitialWeights initialWeights = SnapshotBytes.readInitialWeights(in);
    String loss = in.readUTF();
    RowsInMemory.Setting setting =
        new RowsInMemory.Setting(
            basis,
            Loss.kind(loss).orElseThrow(() -> new IOException("no loss " + loss)),
            initialWeights,
            in.readLong(),
            in.readInt());
    Assignment.TrainedOn trainedOn = Assignment.TrainedOn.valueOf(in.readUTF());
    RowsInMemory.Dealt dealt = new RowsInMemory.Dealt(whole(in), whole(in), trainedOn);
    double[] labels = SnapshotBytes.readNumbers(in);
    return new RowsSnapshot(SnapshotBytes.readNumbers(in), labels, dealt, setting, in.readDouble());
  }

  private static int[] whole(DataInput in) throws IOException {
    return Arrays.stream(SnapshotBytes.readNumbers(in)).mapToInt(number -> (int) number).toArray();
  }
}
