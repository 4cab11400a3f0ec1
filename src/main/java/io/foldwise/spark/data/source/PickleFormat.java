package io.foldwise.spark.data.source;

import io.foldwise.spark.data.source.pickle.PickleInventory;
import io.foldwise.spark.data.source.pickle.PickleSource;
import java.util.List;
import java.util.Optional;

/**
 * Arrays as Python keeps them, plain or compressed: in a pickle, or as NumPy writes them. One
 * reader reads them all; it tells them apart by how they begin.
 */
enum PickleFormat implements Format {
  PICKLE("pickle", "(pkl|pickle)(\\.gz)?"),
  NPY("npy", "npy(\\.gz)?"),
  NPZ("npz", "npz");

  private final String option;
  private final String suffixes;

  PickleFormat(String option, String suffixes) {
    this.option = option;
    this.suffixes = suffixes;
  }

  @Override
  public String option() {
    return option;
  }

  @Override
  public String suffixes() {
    return suffixes;
  }

  @Override
  public boolean fits(FileStart start) {
    return switch (this) {
      case PICKLE -> !(start.isParquet() || start.isArray());
      case NPY -> start.isArray() || start.isEmpty();
      case NPZ -> start.isZip() || start.isEmpty();
    };
  }

  @Override
  public boolean isEvident(FileStart start) {
    return this == NPY ? start.isArray() : this == PICKLE && start.isPickle();
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
    Source.Expected expected = source.expected();
    return PickleSource.inventory(
        source.spark(), source.files().path(), expected.needed(), expected.names());
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
            .option(PickleSource.NAMES, String.join("\n", source.expected().names()))
            .load(path),
        Optional.of(rows),
        path,
        new SourceFrame.Stands.InPartitions(),
        source.expected().dimensions());
  }
}
