package io.foldwise.spark.data.source;

import io.foldwise.spark.data.source.pickle.PickleInventory;
import io.foldwise.spark.data.source.pickle.PickleSource;
import java.util.List;
import java.util.Optional;

/** NumPy arrays in a Python pickle, plain or compressed. */
record PickleFormat() implements Format {
  @Override
  public String option() {
    return "pickle";
  }

  @Override
  public String suffixes() {
    return "(pkl|pickle)(\\.gz)?";
  }

  @Override
  public boolean fits(FileStart start) {
    return !start.isParquet();
  }

  @Override
  public boolean isEvident(FileStart start) {
    return start.isPickle();
  }

  @Override
  public SourceFrame training(Source source) {
    PickleInventory inventory = inventory(source);
    return split(source, "train", inventory.rows()).noting(inventory.notes());
  }

  @Override
  public boolean hasTest(Source source) {
    return inventory(source).test().isPresent();
  }

  @Override
  public SourceFrame test(Source source) {
    return split(source, "test", inventory(source).testRows());
  }

  @Override
  public List<String> arrays(Source source) {
    return inventory(source).lines();
  }

  private static PickleInventory inventory(Source source) {
    return PickleSource.inventory(
        source.spark(), source.files().path(), source.expected().needed());
  }

  private static SourceFrame split(Source source, String split, long rows) {
    String path = source.files().path();
    return SourceFrame.counted(
        source
            .spark()
            .read()
            .format("pickle")
            .option(PickleSource.SPLIT, split)
            .option(PickleSource.NEEDED, String.join("\n", source.expected().needed()))
            .load(path),
        Optional.of(rows),
        path,
        new SourceFrame.Stands.InPartitions(),
        source.expected().dimensions());
  }
}
